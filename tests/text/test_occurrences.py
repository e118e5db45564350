"""Occurrences: one a local day, at the wall clock's time, through every clock change."""

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.occurrences import due_on, latest_due, upcoming

ZONES = files("tzdata").joinpath("zones").read_text("utf-8").split()
EVERY_DAY = frozenset(range(7))

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2000, 1, 1), date(2037, 12, 31))
weekdays = st.frozensets(st.integers(0, 6), min_size=1)


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        ("Europe/Kyiv", date(2022, 3, 27), time(3, 30), datetime(2022, 3, 27, 1, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("Africa/Cairo", date(2024, 4, 26), time(0), datetime(2024, 4, 25, 22, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), time(8), None),
        ("America/Nuuk", date(2025, 3, 29), time(23, 30), datetime(2025, 3, 30, 1, tzinfo=UTC)),
        ("Asia/Tokyo", date(1, 1, 1), time(1), None),
    ],
    ids=[
        "gap: when it ends",
        "gap in New York",
        "gap at midnight",
        "twice: the first",
        "skipped day",
        "gap over midnight",
        "before the calendar",
    ],
)
def test_clock_changes(zone: str, day: date, at: time, due: datetime | None) -> None:
    assert due_on(day, at, ZoneInfo(zone)) == due


@given(zone=zones, day=days, at=st.times())
def test_due_is_never_early_and_never_later_than_a_gap_makes_it(zone: ZoneInfo, day: date, at: time) -> None:
    due = due_on(day, at, zone)

    if due is None:
        return
    local = due.astimezone(zone).replace(tzinfo=None)
    assert timedelta() <= local - datetime.combine(day, at) <= timedelta(hours=1, minutes=30)


@given(zone=zones, day=days, at=st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_nothing_is_valid_between_the_wall_time_and_the_due_time(zone: ZoneInfo, day: date, at: time) -> None:
    due = due_on(day, at, zone)

    if due is None:
        return
    before = (due - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert (
        before < datetime.combine(day, at)
        or (due - timedelta(hours=3)).astimezone(zone).utcoffset() != due.astimezone(zone).utcoffset()
    )


@given(zone=zones, start=days, at=st.times(), wanted=weekdays, count=st.integers(0, 30))
def test_upcoming_days_ascend_and_keep_to_the_weekdays(
    zone: ZoneInfo, start: date, at: time, wanted: frozenset[int], count: int
) -> None:
    rows = upcoming(at, zone, wanted, start, count)

    assert len(rows) == count
    assert rows == sorted(rows)
    assert all(day >= start and day.weekday() in wanted for day, _ in rows)
    assert len({due for _, due in rows}) == count


def test_a_skipped_day_has_no_occurrence() -> None:
    rows = upcoming(time(8), ZoneInfo("Pacific/Apia"), EVERY_DAY, date(2011, 12, 29), 2)

    assert [day for day, _ in rows] == [date(2011, 12, 29), date(2011, 12, 31)]


def test_the_calendar_ends_in_peace() -> None:
    assert len(upcoming(time(8), ZoneInfo("UTC"), EVERY_DAY, date(9999, 12, 30), 9)) == 2
    assert upcoming(time(8), ZoneInfo("UTC"), frozenset(), date(2026, 1, 1), 9) == []


@given(zone=zones, day=days, at=st.times(), wanted=weekdays, after=st.timedeltas(timedelta(), timedelta(hours=20)))
def test_latest_due_is_the_last_that_upcoming_gives(
    zone: ZoneInfo, day: date, at: time, wanted: frozenset[int], after: timedelta
) -> None:
    now = datetime.combine(day, time(12), tzinfo=UTC) + after

    latest = latest_due(at, zone, wanted, now)

    rows = upcoming(at, zone, wanted, day - timedelta(days=16), 20)
    assert latest == max((row for row in rows if row[1] <= now), default=None)


def test_nothing_is_due_without_days() -> None:
    assert latest_due(time(7), ZoneInfo("UTC"), frozenset(), datetime(2026, 3, 4, tzinfo=UTC)) is None
