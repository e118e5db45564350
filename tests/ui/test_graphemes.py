"""Cuts fall where readers would cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.graphemes import cut, graphemes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", ["a", "b", "c"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩\u200d🚀!", ["👩\u200d🚀", "!"]),
        ("🇺🇦🇬🇧x", ["🇺🇦", "🇬🇧", "x"]),
        ("a🇺🇦🇬", ["a", "🇺🇦", "🇬"]),
        ("👍🏽x", ["👍🏽", "x"]),
        ("1\ufe0f\u20e3", ["1\ufe0f\u20e3"]),
        ("नि", ["नि"]),
        ("", []),
    ],
)
def test_what_looks_like_one_character_is_one(text: str, expected: list[str]) -> None:
    assert list(graphemes(text)) == expected


@given(st.text(max_size=60))
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 5, "short"),
        ("one two three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("unbelievable", 6, "unbel…"),
        ("a unbelievable", 9, "a unbeli…"),
        ("ab e\u0301e\u0301e\u0301", 6, "ab e\u0301…"),
        ("long", 1, "…"),
        ("long", 0, ""),
    ],
)
def test_cut_ends_with_a_word_where_that_is_cheap(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@given(st.text(max_size=60), st.integers(0, 30))
def test_cut_is_never_longer_and_keeps_the_beginning(text: str, limit: int) -> None:
    result = cut(text, limit)

    assert len(result) <= limit or result == text
    assert text.startswith(result.removesuffix("…"))
