"""Days that have names, by the rules of the calendar."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.dates import find_dates
from bot.text.dates.named_days import easter


@pytest.mark.parametrize(
    ("year", "day"), [(1961, date(1961, 4, 2)), (2008, date(2008, 3, 23)), (2024, date(2024, 3, 31)),
                      (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)  # fmt: skip
def test_easter_falls_where_the_churches_keep_it(year: int, day: date) -> None:
    assert easter(year) == day


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_between_its_limits(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Memorial Day", "2026-05-25"), ("Labor Day", "2026-09-07"), ("Thanksgiving Day", "2026-11-26"),
        ("Good Friday", "2026-04-03"), ("New Year’s Eve 2019", "2019-12-31"), ("Presidents' Day", "2026-02-16"),
    ],
)  # fmt: skip
def test_holidays_of_the_year_nearest_to_publication(words: str, day: str) -> None:
    (found,) = find_dates(f"Notes on {words}, the quay.", datetime(2026, 6, 1, tzinfo=UTC))

    assert found.value == day
