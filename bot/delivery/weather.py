"""Whether messages get through at all: the difference between one bad channel and a bad day."""

import time
from collections.abc import Callable
from typing import Final

_FAILURES: Final = 2


class Weather:
    """Remembers how the last sends went. It is bad after two failures of network or Discord with no success between.

    In bad weather one message is tried now and then; the first that gets through ends the wait of all others, so that
    nothing waits out a long pause after a fault that is over.
    """

    def __init__(self, probe_seconds: float, reading: Callable[[], float] = time.monotonic) -> None:
        self._probe_seconds = probe_seconds
        self._reading = reading
        self._failures = 0
        self._tried_at = reading()

    @property
    def is_bad(self) -> bool:
        """Tell whether nothing gets through."""
        return self._failures >= _FAILURES

    def failed(self) -> None:
        """Take note that a message did not get through."""
        self._failures += 1
        self._tried_at = self._reading()

    def cleared(self) -> bool:
        """Take note that one got through; True where that ends bad weather."""
        was_bad, self._failures = self._failures > 0, 0
        return was_bad

    @property
    def probe_in(self) -> float:
        """Return the seconds until one message should be tried, 0 or less for now."""
        return self._tried_at + self._probe_seconds - self._reading()
