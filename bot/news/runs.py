"""When a schedule runs next: arithmetic that answers and deliveries share."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.model.delivery import Schedule
from bot.text.occurrences import upcoming

# How many runs ahead are looked at for one that is not skipped.
_FAR: Final = 30


def next_day(schedule: Schedule, now: datetime, skipped: Container[datetime] = ()) -> tuple[date, datetime] | None:
    """Return the next local day on which *schedule* is due after *now* and that is not *skipped*, with its instant."""
    zone = ZoneInfo(schedule.zone)
    rows = upcoming(schedule.at, zone, schedule.days, now.astimezone(zone).date() - timedelta(days=1), _FAR)
    return next(((day, due) for day, due in rows if due > now and due not in skipped), None)


def next_runs(schedule: Schedule, now: datetime, count: int) -> tuple[datetime, ...]:
    """Return the next *count* instants after *now*, in UTC, soonest first; paused schedules have theirs too."""
    zone = ZoneInfo(schedule.zone)
    start = now.astimezone(zone).date() - timedelta(days=1)
    # Two more than asked for: yesterday's and today's may be over.
    rows = upcoming(schedule.at, zone, schedule.days, start, count + 2)
    return tuple(due for _, due in rows if due > now)[:count]


def apart(one: Schedule, other: Schedule, now: datetime) -> timedelta:
    """Return how near the digests of two schedules come to each other in the next eight days of each."""
    ours, theirs = next_runs(one, now, 8), next_runs(other, now, 8)
    return min((abs(a - b) for a in ours for b in theirs), default=timedelta.max)
