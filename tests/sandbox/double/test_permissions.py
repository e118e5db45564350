"""Permissions: as discord.py computes them from the same objects, and what is denied along with something else."""

from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.double import objects
from bot.sandbox.double.permissions import (
    ADMINISTRATOR,
    ALL,
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
    channel_permissions,
    guild_permissions,
)

NOW = datetime(2026, 3, 2, tzinfo=UTC)
STATE: Any = discord.Client(intents=discord.Intents(guilds=True))._connection
COMPARED = discord.Permissions.all_channel().value & ~discord.Permissions.voice().value
BITS = st.sampled_from(
    [VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, 1 << 17, 1 << 12]
)
SETS = st.sets(BITS).map(sum)


@st.composite
def places(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return a server, a member of it and a channel, with roles and overwrites of all kinds."""
    guild = objects.guild("1", "G", draw(st.sampled_from(["10", "11"])), objects.iso(NOW))
    guild["roles"] = [objects.role("1", "@everyone", draw(SETS), 0)]
    guild["roles"] += [objects.role(str(n), "r", draw(SETS) | draw(st.sampled_from([0] * 9 + [ADMINISTRATOR])), n)
                       for n in (2, 3, 4)]  # fmt: skip
    roles = draw(st.lists(st.sampled_from(["2", "3", "4"]), unique=True))
    member = objects.member(objects.user("10", "ada"), roles, objects.iso(NOW))
    channel = objects.channel("20", "1", "news", objects.TEXT, 0)
    targets = draw(st.lists(st.sampled_from(["1", "2", "3", "4", "10"]), unique=True))
    channel["permission_overwrites"] = [
        objects.overwrite(target, allow=draw(SETS), deny=draw(SETS), is_member=target == "10") for target in targets
    ]
    return guild, member, channel


@given(places())
def test_the_result_is_discord_py_s(place: tuple[dict[str, Any], dict[str, Any], dict[str, Any]]) -> None:
    guild, member, channel = place
    whole: Any = guild | {"channels": [channel]}
    theirs = discord.Guild(data=whole, state=STATE)
    known = theirs.get_channel(20)
    data: Any = member
    person = discord.Member(data=data, guild=theirs, state=STATE)
    assert isinstance(known, discord.TextChannel)

    ours = channel_permissions(guild, member, channel, now=NOW)

    assert ours & COMPARED == known.permissions_for(person).value & COMPARED
    assert ours == 0 or ours & VIEW_CHANNEL
    assert (guild_permissions(guild, member) == ALL) == person.guild_permissions.administrator


def simple(everyone: int, *, kind: int = objects.TEXT, until: str | None = None) -> int:
    guild = objects.guild("1", "G", "99", objects.iso(NOW))
    guild["roles"] = [objects.role("1", "@everyone", everyone, 0)]
    member = objects.member(objects.user("10", "ada"), [], objects.iso(NOW)) | {"communication_disabled_until": until}
    channel = objects.channel("20", "1", "news", kind, 0)
    return channel_permissions(guild, member, channel, now=NOW)


@pytest.mark.parametrize(
    ("granted", "left"),
    [
        (SEND_MESSAGES | EMBED_LINKS, 0),
        (VIEW_CHANNEL | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY, VIEW_CHANNEL | READ_MESSAGE_HISTORY),
        (VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS, VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS),
    ],
    ids=["nothing is seen", "nothing is sent", "all there"],
)
def test_what_goes_along(granted: int, left: int) -> None:
    assert simple(granted) == left


def test_in_a_thread_its_own_permission_to_send_counts() -> None:
    of_threads = VIEW_CHANNEL | SEND_MESSAGES_IN_THREADS | EMBED_LINKS

    assert simple(of_threads, kind=objects.PUBLIC_THREAD) == of_threads
    assert simple(VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS, kind=objects.PUBLIC_THREAD) & EMBED_LINKS == 0


@pytest.mark.parametrize(
    ("until", "silent"), [("2026-03-02T01:00:00+00:00", True), ("2026-03-01T00:00:00+00:00", False)]
)
def test_a_timeout_leaves_reading(until: str, silent: bool) -> None:
    granted = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY

    assert simple(granted, until=until) == (VIEW_CHANNEL | READ_MESSAGE_HISTORY if silent else granted)
