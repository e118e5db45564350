"""Ids in Discord's form: they sort by time and tell it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from bot.clock import Clock

EPOCH: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""What ids count from; see "Snowflakes" in Discord's API reference."""


class Snowflakes:
    """Hands out ids that grow, also within one millisecond and when the clock is set back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._step = count()

    def new(self) -> str:
        """Return a new id."""
        now = (self._clock.now() - EPOCH) // timedelta(milliseconds=1) << 22
        self._last = max(self._last + 1, now + (next(self._step) & 0xFFF))
        return str(self._last)


def time_of(snowflake: str) -> datetime:
    """Return the instant, in UTC, at which *snowflake* was made."""
    return EPOCH + timedelta(milliseconds=int(snowflake) >> 22)
