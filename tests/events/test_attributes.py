"""Attributes: what tells look-alikes apart is found, and what only looks like it is not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.attributes import (
    day_values,
    number_values,
    ordinal_values,
    person_values,
    place_values,
    year_values,
)
from bot.model.analysis import Mention, MentionType
from bot.model.spans import Span


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on March 3 and 4 April", {"03-03", "04-04"}),
        ("Sept. 11th, 2001", {"09-11"}),
        ("the 5th of May", {"05-05"}),
        ("March 2026", set()),
        ("on Monday, may 40 people", set()),
        ("In May 2,000 people marched", set()),
    ],
)
def test_days_are_read_by_month_and_day(text: str, days: set[str]) -> None:
    assert day_values(text) == days


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2014 and 1998.", {"2014", "1998"}),
        ("$2000 or 2,014 or 20145 or 2014.5", set()),
        ("the 2010s", set()),
    ],
)
def test_years_stand_in_digits(text: str, years: set[str]) -> None:
    assert year_values(text) == years


@pytest.mark.parametrize(
    ("text", "ordinals"),
    [
        ("A second quake; the 3rd patch", {"2", "3"}),
        ("the first bid", set()),
        ("third quarter profit on the second floor in the 19th century", set()),
        ("the second time since 2014", set()),
        ("On March 2nd, and the 4th of July", set()),
    ],
)
def test_ordinals_count_the_event(text: str, ordinals: set[str]) -> None:
    assert ordinal_values(text) == ordinals


def test_nought_and_one_are_no_facts() -> None:
    assert number_values([0, 1, 2, 2.0, 1_234_567, 4.25]) == {"2", "1234567", "4.25"}


def test_names_are_told_by_type() -> None:
    text = "Lena Ordway met Škoda in New Brod"
    named = [
        (text, Mention(Span(0, 11), MentionType.PERSON)),
        (text, Mention(Span(16, 21), MentionType.ORGANISATION)),
        (text, Mention(Span(25, 33), MentionType.PLACE)),
    ]

    assert person_values(named) == {"lena", "ordway"}
    assert place_values(named) == {"brod"}


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_names_what_stands_in_it(text: str) -> None:
    assert all(re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", day) for day in day_values(text))
    assert all(year in text for year in year_values(text))
    assert all(ordinal.isdecimal() and int(ordinal) >= 2 for ordinal in ordinal_values(text))
