"""The one place that reads the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the current instant."""

    def now(self) -> datetime:
        """Return the current instant, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current instant, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one allowed place


class ManualClock:
    """A clock that moves only when told; for tests, the demo and replays."""

    def __init__(self, at: datetime) -> None:
        self._now = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant the clock was last set to, in UTC."""
        return self._now

    def set(self, at: datetime) -> None:
        """Move the clock to *at*; backwards too."""
        self._now = at.astimezone(UTC)


class SteeredClock:
    """A clock that another process of this machine sets; between its orders it runs on as real time does.

    An order says what the time was at a reading of the machine's monotonic clock, which all processes share, so that
    the two clocks agree however long the order was under way.
    """

    def __init__(self, at: datetime, reading: float, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.set(at, reading)

    def now(self) -> datetime:
        """Return the current instant, in UTC."""
        return self._at + timedelta(seconds=self._monotonic() - self._reading)

    def set(self, at: datetime, reading: float) -> None:
        """Let it have been *at* when the monotonic clock read *reading* seconds."""
        self._at = at.astimezone(UTC)
        self._reading = reading
