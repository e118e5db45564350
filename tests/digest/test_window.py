"""The window: from the last edition to now, and what falls into it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.material import EditionRequest
from bot.digest.window import LONGEST, SHORTEST, instant_of, is_fresh, since_last, window_of
from bot.model.articles import Article
from tests.digest.newsroom import NOON, Newsroom

DAY = timedelta(days=1)
START = datetime(2026, 3, 3, 7, tzinfo=UTC)
WINDOW = (START, START + DAY)


def article(at: datetime, **changes: object) -> Article:
    made = Newsroom().report(1, "Harbour Post", "A title", "A text that says something.", at)
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields that a test names


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_schedule_never_looks_back_less_than_six_hours_or_more_than_a_week(last: datetime, gap: timedelta) -> None:
    now = last.replace(tzinfo=UTC) + gap

    start, end = since_last(last.replace(tzinfo=UTC), now)

    assert end == now
    assert SHORTEST <= end - start <= LONGEST
    assert start == now - gap or gap < SHORTEST or gap > LONGEST


def test_a_first_edition_covers_a_day() -> None:
    assert since_last(None, NOON) == (NOON - DAY, NOON)


def test_a_window_never_ends_after_the_instant_that_was_asked_for() -> None:
    asked = EditionRequest(NOON, window=(NOON - DAY, NOON + DAY))

    assert window_of(asked) == (NOON - DAY, NOON)


def test_hours_are_taken_up_to_a_week() -> None:
    assert window_of(EditionRequest(NOON, hours=3)) == (NOON - timedelta(hours=3), NOON)
    assert window_of(EditionRequest(NOON, hours=10_000)) == (NOON - LONGEST, NOON)


@pytest.mark.parametrize(
    ("at", "fresh"),
    [
        (START, False),
        (START + timedelta(seconds=1), True),
        (START + DAY, True),
        (START + DAY + timedelta(seconds=1), False),
    ],
    ids=["at its start", "just after", "at its end", "later"],
)
def test_the_start_is_excluded_and_the_end_included(at: datetime, fresh: bool) -> None:
    assert is_fresh(article(at), WINDOW) is fresh


def test_what_was_out_just_before_and_met_inside_is_new() -> None:
    late = article(START - timedelta(minutes=20), first_seen=START + timedelta(minutes=10))
    early = article(START - timedelta(minutes=20), first_seen=START - timedelta(minutes=10))

    assert is_fresh(late, WINDOW)
    assert not is_fresh(early, WINDOW)


def test_a_bare_date_counts_from_when_it_was_met_on_that_day() -> None:
    midnight = datetime(2026, 3, 4, tzinfo=UTC)
    dated = article(midnight, date_only=True, first_seen=midnight + timedelta(hours=15))

    assert instant_of(dated) == midnight + timedelta(hours=15)
    assert not is_fresh(dated, WINDOW)


def test_a_bare_date_that_was_met_later_counts_on_its_day() -> None:
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    dated = article(midnight, date_only=True, first_seen=midnight + timedelta(days=30))

    assert is_fresh(dated, WINDOW)
