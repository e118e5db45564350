"""Time in the sandbox: a clock that runs on and can be moved on, and a count of seconds that both of them move."""

import time as system_time
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.text.occurrences import upcoming

_EVERY_DAY: Final = frozenset(range(7))


class MovableClock(Clock, Protocol):
    """A clock that can be set, such as :class:`bot.clock.ManualClock` and :class:`SandboxClock`."""

    def set(self, at: datetime) -> None:
        """Move the clock to *at*."""
        ...


class SandboxClock:
    """A clock that runs on by itself at *speed* (1: as fast as real time; 0: it stands) and can be set."""

    def __init__(
        self, at: datetime, *, speed: float = 1.0, monotonic: Callable[[], float] = system_time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self.speed = speed
        self.set(at)

    def now(self) -> datetime:
        """Return the current instant, in UTC."""
        return self._base + timedelta(seconds=(self._monotonic() - self._since) * self.speed)

    def set(self, at: datetime) -> None:
        """Move the clock to *at*; it runs on from there."""
        self._base = at.astimezone(UTC)
        self._since = self._monotonic()


class Elapsed:
    """Counts seconds for time limits and rate limits.

    A client really waits, and a sandbox's clock is moved on by days: each makes the count grow, whichever grows more
    since the last look. It never runs backwards.
    """

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = system_time.monotonic) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._count = 0.0
        self._last = (clock.now(), monotonic())

    def seconds(self) -> float:
        """Return the seconds since this object was made."""
        now, real = self._clock.now(), self._monotonic()
        then, real_then = self._last
        self._count += max((now - then).total_seconds(), real - real_then, 0.0)
        self._last = (now, real)
        return self._count


def clock_shown(clock: Clock, zone: ZoneInfo) -> dict[str, Any]:
    """Return a clock as a page shows it: its time, how fast it runs on by itself, and the zone that it is read in."""
    return {"now": clock.now().isoformat(), "speed": getattr(clock, "speed", 0), "zone": zone.key}


def move_on(clock: MovableClock, by: timedelta) -> datetime:
    """Move *clock* on and return its new time.

    Raises:
        ValueError: *by* is negative: nobody who was told the time is prepared to go back.
    """
    if by < timedelta():
        raise ValueError(f"a clock is moved on, never back: {by}")
    clock.set(clock.now() + by)
    return clock.now()


def move_to(clock: MovableClock, at: time, zone: ZoneInfo) -> datetime:
    """Move *clock* on to the next time that the wall clock of *zone* shows *at*, and return its new time in UTC."""
    now = clock.now()
    today: date = now.astimezone(zone).date()
    coming = upcoming(at, zone, _EVERY_DAY, today, 3)
    clock.set(next(due for _, due in coming if due > now))
    return clock.now()
