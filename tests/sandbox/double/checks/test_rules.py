"""The rules of messages: each limit holds exactly, and lengths count code points."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.double.checks.rules import is_empty, message_problems

V2 = {"flags": 1 << 15}


def paths(message: dict[str, Any], *files: str) -> list[tuple[str | int, ...]]:
    return [problem.path for problem in message_problems(message, files=files)]


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


@pytest.mark.parametrize(
    ("fits", "breaks", "path"),
    [
        ({"content": "😀" * 2000}, {"content": "😀" * 2001}, ("content",)),
        ({"nonce": "n" * 25}, {"nonce": "n" * 26}, ("nonce",)),
        (
            {"embeds": [{"description": "x" * 4000}, {"title": "x" * 2000}]},
            {"embeds": [{"description": "x" * 4000}, {"title": "x" * 1999, "footer": {"text": "xx"}}]},
            ("embeds",),
        ),
        (
            {"embeds": [{"fields": [{"name": "n" * 1000, "value": "v" * 5000}]}]},
            {"embeds": [{"fields": [{"name": "n" * 1000, "value": "v" * 5000}], "author": {"name": "a"}}]},
            ("embeds",),
        ),
        (V2 | {"components": [text("x")] * 40}, V2 | {"components": [text("x")] * 41}, ("components",)),
        (
            V2 | {"components": [text("x" * 2000)] * 2},
            V2 | {"components": [text("x" * 2000), text("x" * 2001)]},
            ("components",),
        ),
        (V2 | {"components": [text("x")]}, V2 | {"components": [text("x")], "content": "y"}, ("content",)),
        (V2 | {"components": [text("x")]}, {"components": [text("x")]}, ("components",)),
        (
            {"components": [{"type": 1, "components": []}] * 5},
            {"components": [{"type": 1, "components": []}] * 6},
            ("components",),
        ),
        (
            {"embeds": [{"url": "https://ledger.example/"}]},
            {"embeds": [{"url": "javascript:1"}]},
            ("embeds", 0, "url"),
        ),
        (
            {"allowed_mentions": {"parse": ["users"], "roles": ["1"]}},
            {"allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            ("allowed_mentions",),
        ),
    ],
    ids=["content", "nonce", "embeds", "fields", "components", "text", "content beside V2", "V2 without its flag",
         "rows", "link", "mentions"],
)  # fmt: skip
def test_limits_hold_exactly(fits: dict[str, Any], breaks: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert paths(fits) == []
    assert paths(breaks) == [path]


def test_files_that_are_referred_to_must_come_along() -> None:
    message = {"embeds": [{"image": {"url": "attachment://a.png"}}]}
    gallery = V2 | {"components": [{"type": 12, "items": [{"media": {"url": "attachment://b.png"}}]}]}

    assert paths(message, "a.png") == paths(gallery, "b.png") == []
    assert paths(message, "b.png") == [("embeds", 0, "image", "url")]
    assert paths(gallery) == [("components",)]


@pytest.mark.parametrize(
    "message",
    [{}, {"content": " \n"}, {"content": None, "embeds": []}, {"flags": 64}],
    ids=["nothing", "blank", "nulls", "flags alone"],
)
def test_what_shows_nothing_is_empty(message: dict[str, Any]) -> None:
    assert is_empty(message)
    assert not is_empty(message, files=["a.png"])
    assert not is_empty(message | {"embeds": [{"title": "x"}]})


@given(st.lists(st.text(min_size=1, max_size=1500), max_size=45))
def test_a_text_message_breaks_a_rule_just_when_it_is_too_large(contents: list[str]) -> None:
    message = V2 | {"components": [text(content) for content in contents]}

    assert bool(message_problems(message)) == (len(contents) > 40 or sum(map(len, contents)) > 4000)
