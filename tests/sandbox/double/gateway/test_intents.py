"""Intents: which events pass, and how much of a message."""

import pytest

from bot.sandbox.double.gateway.intents import (
    DIRECT_MESSAGES,
    GUILD_MEMBERS,
    GUILD_MESSAGES,
    GUILDS,
    MESSAGE_CONTENT,
    cut_to,
    is_heard,
)

IN_GUILD = {"guild_id": "1", "author": {"id": "5"}}


@pytest.mark.parametrize(
    ("kind", "data", "needed"),
    [
        ("CHANNEL_CREATE", {"id": "2", "guild_id": "1"}, GUILDS),
        ("GUILD_DELETE", {"id": "1"}, GUILDS),
        ("MESSAGE_CREATE", IN_GUILD, GUILD_MESSAGES),
        ("MESSAGE_DELETE", {"id": "3"}, DIRECT_MESSAGES),
        ("GUILD_MEMBER_ADD", {"guild_id": "1", "user": {"id": "5"}}, GUILD_MEMBERS),
    ],
)
def test_an_event_needs_its_intent(kind: str, data: dict[str, object], needed: int) -> None:
    others = (GUILDS | GUILD_MEMBERS | GUILD_MESSAGES | DIRECT_MESSAGES) & ~needed

    assert is_heard(kind, data, needed, bot_id="9")
    assert not is_heard(kind, data, others, bot_id="9")


@pytest.mark.parametrize("kind", ["INTERACTION_CREATE", "READY", "RESUMED"])
def test_some_need_none(kind: str) -> None:
    assert is_heard(kind, {}, 0, bot_id="9")


def test_of_its_own_membership_a_bot_always_hears() -> None:
    assert is_heard("GUILD_MEMBER_UPDATE", {"user": {"id": "9"}}, 0, bot_id="9")
    assert not is_heard("GUILD_MEMBER_UPDATE", {"user": {"id": "5"}}, 0, bot_id="9")


@pytest.mark.parametrize(
    ("message", "intents", "is_whole"),
    [
        (IN_GUILD, 0, False),
        (IN_GUILD, MESSAGE_CONTENT, True),
        ({"author": {"id": "5"}}, 0, True),
        ({"guild_id": "1", "author": {"id": "9"}}, 0, True),
        (IN_GUILD | {"mentions": [{"id": "9"}]}, 0, True),
    ],
    ids=["another's", "with the intent", "direct", "own", "mentioning"],
)
def test_content_is_cut(message: dict[str, object], intents: int, is_whole: bool) -> None:
    cut = cut_to(message | {"content": "x", "embeds": [1]}, intents, bot_id="9")

    assert (cut["content"], cut["embeds"]) == (("x", [1]) if is_whole else ("", []))
