"""tokens: content words alone, names alike however they are spelled with accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.tokens import stem, stop_words, tokens


def stems(text: str) -> list[str]:
    return [token.stem for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferries were sinking", ["ferri", "sink"]),
        ("Brno's mayor didn't know", ["brno", "mayor", "know"]),
        ("Škoda and Skoda", ["skoda", "skoda"]),
        ("1,200 of 36 sheep", ["1200", "36", "sheep"]),
        ("“Marigold” – on Monday in May", ["marigold"]),
        ("O'Brien’s half-built house", ["o'brien", "half-built", "hous"]),
        ("", []),
    ],
)
def test_content_words_are_stemmed(text: str, expected: list[str]) -> None:
    assert stems(text) == expected


def test_capitals_and_places_are_told() -> None:
    ferry, gull = tokens("ferry off Gull")

    assert (ferry.capital, ferry.offset, ferry.text) == (False, 0, "ferry")
    assert (gull.capital, gull.offset, gull.text) == (True, 10, "Gull")


@given(st.text(max_size=200))
def test_any_text_can_be_cut(text: str) -> None:
    assert all(token.stem and token.text.lower() not in stop_words() for token in tokens(text))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'-", min_size=1, max_size=20))
def test_stem_is_never_empty(word: str) -> None:
    assert stem(word)
