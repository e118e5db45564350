"""When is a schedule due? Pure arithmetic over wall clocks: callers bring the clock."""

from datetime import UTC, date, datetime, time, timedelta
from math import ceil, floor
from typing import Final
from zoneinfo import ZoneInfo

# A week, and one more where a zone skipped the one weekday of a schedule.
_LONGEST_WAIT: Final = 15  # days


def due_on(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """Return the instant, in UTC, at which *at* by the wall clock of *zone* comes on *day*.

    A wall time inside a gap is due at the first valid instant after it (also where a gap runs past midnight); one
    that happens twice, the first time. None: the zone skipped the whole day, or the instant lies outside the calendar.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    try:
        due = wall.replace(tzinfo=zone).astimezone(UTC)
        if due.astimezone(zone).replace(tzinfo=None) == wall:
            return due
        gap_end = _gap_end(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), due, zone)
        last_before = (gap_end - timedelta(seconds=1)).astimezone(zone)
    except OverflowError:
        return None
    return gap_end if day in (gap_end.astimezone(zone).date(), last_before.date()) else None


def upcoming(at: time, zone: ZoneInfo, days: frozenset[int], start: date, count: int) -> list[tuple[date, datetime]]:
    """Return the first *count* local days from *start* on that are due, each with its instant in UTC, soonest first.

    *days* are weekdays, 0 is Monday; days that the zone skipped are left out. Shorter than *count* only where the
    calendar ends or *days* is empty.
    """
    found: list[tuple[date, datetime]] = []
    wanted = days & frozenset(range(7))
    day = start
    while wanted and len(found) < count:
        if day.weekday() in wanted and (due := due_on(day, at, zone)) is not None:
            found.append((day, due))
        if day == date.max:
            break
        day += timedelta(days=1)
    return found


def latest_due(at: time, zone: ZoneInfo, days: frozenset[int], now: datetime) -> tuple[date, datetime] | None:
    """Return the last local day that was due at *now* or before, with its instant in UTC; None if *days* is empty."""
    today = now.astimezone(zone).date()
    for back in range(_LONGEST_WAIT + 1):
        day = today - timedelta(days=back)
        due = due_on(day, at, zone) if day.weekday() in days else None
        if due is not None and due <= now:
            return day, due
    return None


def _gap_end(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the second at which the offset of *zone* changes between two instants."""
    low, high = floor(before.timestamp()), ceil(after.timestamp())
    offset = before.astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
