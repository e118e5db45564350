"""find_numbers: what a text counts, not when."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("At least 5,100 people and 14 cows", [5100, 14]),
        ("1.2 million children, $3bn and €5m", [1_200_000, 3e9, 5e6]),
        ("two dozen eggs, half a million hens, a hundred foxes", [24, 500_000, 100]),
        ("fifty-eight men, three hundred and five boys", [58, 305]),
        ("two and a half million votes, six and a half per cent", [2_500_000, 6.5]),
        ("78 votes to 61", [78, 61]),
        ("1998 people were there", [1998]),
        ("4.25 per cent", [4.25]),
        ("one person died", [1]),
    ],
)
def test_numbers_in_digits_and_words(text: str, numbers: list[float]) -> None:
    assert [value for _, value in find_numbers(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "in 1998 and 2026",
        "on 12 March and on March 14",
        "2026-03-04",
        "at 06:10 or 5 p.m.",
        "the 14th man",
        "the F-16 of the G7",
        "one of them",
        "no one came",
        "version 1.2.3",
        "24/7",
        "two-thirds of it",
        "dozens of cats",
        "at ten o’clock",
    ],
)
def test_dates_times_ordinals_and_names_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == ()


def test_span_covers_the_words_without_the_currency_sign() -> None:
    text = "It cost $1.5 million."

    ((span, _),) = find_numbers(text)

    assert span.of(text) == "1.5 million"


@given(st.text(alphabet="one two hundred and a half 12.,-$m", max_size=80))
def test_spans_never_overlap(text: str) -> None:
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(find_numbers(text)))
