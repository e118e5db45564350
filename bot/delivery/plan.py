"""Which local days of which schedules are due: a pure decision over schedules and the time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.delivery.rules import Rules
from bot.model.delivery import OccurrenceState, Schedule, ScheduleId
from bot.news.runs import next_runs
from bot.text.occurrences import latest_due


@dataclass(frozen=True, slots=True)
class Planned:
    """A row to be written unless the schedule's local day has one already. ``note`` says why it is skipped."""

    schedule: ScheduleId
    local_date: date
    due_at: datetime
    state: OccurrenceState = OccurrenceState.DUE
    note: str | None = None


def plan(schedules: Iterable[Schedule], now: datetime, grace: timedelta) -> tuple[Planned, ...]:
    """Return the latest local day that has come due of each running schedule.

    A day missed by more than *grace* is SKIPPED with a note, so that it is not posted when the bot comes back after
    days; so is none before the schedule was made. Paused and suspended schedules have none.
    """
    planned = (_latest(schedule, now, grace) for schedule in schedules if _runs(schedule))
    return tuple(row for row in planned if row is not None)


def next_due(schedules: Iterable[Schedule], now: datetime) -> datetime | None:
    """Return the next instant after *now* at which a running schedule is due, or None where none is."""
    coming = [at for schedule in schedules if _runs(schedule) for at in next_runs(schedule, now, 1)]
    return min(coming, default=None)


def missed_by(late: timedelta) -> str:
    """Return the note of a day that was skipped because it came *late*."""
    return f"missed by {late.total_seconds() / 3600:.0f} hours"


def spread(schedule: ScheduleId, day: date, together: int, rules: Rules) -> timedelta:
    """Return how long after its time a digest may first be posted, where *together* of them are due at that instant.

    What can be posted within a second is not spread at all. More are spread over as long as they take to post, but
    over no more than the stated window; a hash of schedule and day says where in it, so that nobody is always last.
    """
    window = min(rules.spread.total_seconds(), together / rules.per_second)
    if window <= 1.0:
        return timedelta(0)
    chance = int.from_bytes(sha256(f"{schedule}/{day.isoformat()}".encode()).digest()[:4], "big") / 2**32
    return timedelta(seconds=window * chance)


def _runs(schedule: Schedule) -> bool:
    return not schedule.paused and schedule.suspended is None


def _latest(schedule: Schedule, now: datetime, grace: timedelta) -> Planned | None:
    latest = latest_due(schedule.at, ZoneInfo(schedule.zone), schedule.days, now)
    if latest is None:
        return None
    day, due_at = latest
    if schedule.created_at is not None and due_at <= schedule.created_at.astimezone(UTC):
        return None
    late = now - due_at
    if late > grace:
        return Planned(schedule.id, day, due_at, OccurrenceState.SKIPPED, missed_by(late))
    return Planned(schedule.id, day, due_at)
