"""The audit of a finished message lets nothing through that the edition does not hold."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.ui.digest_message import digest_message
from bot.ui.message_audit import audit_message, audit_messages
from bot.ui.payload import Payload
from tests.ui.samples import EDITIONS, STANDARD, UPDATE


def changed(payload: Payload, change: Callable[[str], str]) -> Payload:
    return Payload.from_json(change(payload.to_json()))


@pytest.mark.parametrize("name", EDITIONS)
def test_untouched_messages_pass_one_by_one_and_together(name: str) -> None:
    messages = digest_message(EDITIONS[name])

    assert audit_messages(messages, EDITIONS[name]).ok
    assert all(audit_message(message, EDITIONS[name]).ok for message in messages)
    assert sum(audit_message(message, EDITIONS[name]).checked for message in messages) > 300


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("three Estmark", "four Estmark"),
        ("turned back", "turned  back"),
        ("214 articles", "215 articles"),
        ("+5)", "+6)"),
        ("[Harbour Ledger]", "[Meridian Post]"),
        ("ledger.example/2026", "evil.example/2026"),
        ("ledger.example/2026", "ledger.example/2027"),
        ("“We will", "We will"),
        ("Sun 16 Aug", "Sun 17 Aug"),
        (" · one outlet", ""),
        ("1786766400", "1786766401"),
        ("2. **Parliament", "3. **Parliament"),
        ("**Background** · ", ""),
        (r"\\*against\\*", "*against*"),
        (r"mark\\_x", "mark_x"),
        (r"\\[15 Aug\\]", "[15 Aug]"),
        ("](https", "] (https"),
    ],
)  # fmt: skip
def test_each_changed_character_is_found(old: str, new: str) -> None:
    first, second = digest_message(STANDARD)
    assert old in first.to_json()

    touched = changed(first, lambda words: words.replace(old, new, 1))

    assert not audit_message(touched, STANDARD).ok
    assert not audit_messages([touched, second], STANDARD).ok


def test_missing_repeated_and_foreign_lines_are_found() -> None:
    first, second = digest_message(STANDARD)

    assert not audit_messages([first], STANDARD).ok
    assert not audit_messages([second, first], STANDARD).ok
    assert not audit_messages([first, second, second], STANDARD).ok
    assert not audit_message(first, UPDATE).ok
    assert "missing: 'Also'" in audit_messages([first], STANDARD).problems


def test_changed_label_of_the_news_is_found() -> None:
    (message,) = digest_message(UPDATE)

    assert not audit_message(changed(message, lambda words: words.replace("**Update:** ", "")), UPDATE).ok
    assert not audit_message(changed(message, lambda words: words.replace("New since 15", "New since 14")), UPDATE).ok
    assert not audit_message(message, replace(UPDATE, bullets=UPDATE.bullets[1:])).ok
