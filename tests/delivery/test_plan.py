"""plan: each running schedule's latest local day, late ones skipped."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.plan import next_due, plan
from bot.model.delivery import OccurrenceState, Schedule, ScheduleId
from bot.news.runs import next_runs

GRACE = timedelta(hours=6)
KYIV = Schedule(ScheduleId(1), guild=5, channel=7, at=time(7), zone="Europe/Kyiv")
SEVEN_IN_KYIV = datetime(2026, 3, 2, 5, tzinfo=UTC)


def test_a_day_is_planned_from_its_minute_on() -> None:
    before = plan([KYIV], SEVEN_IN_KYIV - timedelta(seconds=1), timedelta(0))
    (row,) = plan([KYIV], SEVEN_IN_KYIV, GRACE)

    assert [r.state for r in before] == [OccurrenceState.SKIPPED]
    assert (row.local_date, row.due_at, row.state) == (date(2026, 3, 2), SEVEN_IN_KYIV, OccurrenceState.DUE)


def test_a_day_missed_by_more_than_the_grace_is_skipped_with_a_note() -> None:
    (row,) = plan([KYIV], SEVEN_IN_KYIV + timedelta(hours=9), GRACE)

    assert (row.state, row.note) == (OccurrenceState.SKIPPED, "missed by 9 hours")


def test_a_new_schedule_owes_nothing_of_the_time_before_it() -> None:
    fresh = replace(KYIV, created_at=SEVEN_IN_KYIV + timedelta(hours=1))

    assert plan([fresh], SEVEN_IN_KYIV + timedelta(hours=2), GRACE) == ()


def test_paused_and_suspended_schedules_owe_nothing() -> None:
    resting = [replace(KYIV, paused=True), replace(KYIV, suspended="missing permission")]

    assert plan(resting, SEVEN_IN_KYIV, GRACE) == ()
    assert next_due(resting, SEVEN_IN_KYIV) is None


def test_weekday_sets_are_kept() -> None:
    mondays = replace(KYIV, days=frozenset({0}))

    runs = next_runs(mondays, SEVEN_IN_KYIV, 3)

    assert [run.date() for run in runs] == [date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23)]


@given(
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo"]),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_what_is_planned_is_over_and_what_comes_next_is_not(at: time, zone: str, now: datetime) -> None:
    schedule = replace(KYIV, at=at, zone=zone)

    planned = plan([schedule], now, GRACE)
    runs = next_runs(schedule, now, 3)

    assert all(row.due_at <= now for row in planned)
    assert all(run > now for run in runs)
    assert list(runs) == sorted(set(runs))
    assert next_due([schedule], now) == runs[0]
