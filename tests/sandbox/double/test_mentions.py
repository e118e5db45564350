"""pings: only what is written, allowed and permitted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.double.mentions import Pings, pings, words_of

TEXT = "<@1> <@!2> <@1> <@&5> <@&6> @everyone"


@pytest.mark.parametrize(
    ("allowed", "may_ping_all", "expected"),
    [
        (None, False, Pings(("1", "2"), ("5",))),
        (None, True, Pings(("1", "2"), ("5", "6"), everyone=True)),
        ({"parse": []}, True, Pings()),
        ({}, True, Pings()),
        ({"parse": ["everyone"]}, True, Pings(everyone=True)),
        ({"parse": ["users"]}, True, Pings(("1", "2"))),
        ({"users": ["2"], "roles": [6]}, True, Pings(("2",), ("6",))),
    ],
)
def test_who_is_pinged(allowed: dict[str, Any] | None, may_ping_all: bool, expected: Pings) -> None:
    assert pings(TEXT, allowed, may_ping_all=may_ping_all, mentionable=["5"]) == expected


@given(st.text("<@!&123>everyon ", max_size=60))
def test_nobody_is_pinged_where_nothing_is_parsed(text: str) -> None:
    assert pings(text, {"parse": []}, may_ping_all=True, mentionable=["1"]) == Pings()


def test_words_are_those_of_content_and_text_displays() -> None:
    message = {"content": "a", "embeds": [{"description": "<@1>"}], "components": [
        {"type": 17, "components": [{"type": 10, "content": "b"}]}]}  # fmt: skip

    assert words_of(message) == "a\nb"
