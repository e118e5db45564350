"""Keeps us from being banned: how many requests a second, and when none at all."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

INVALID_AT_MOST: Final = 50
"""Answers with 401, 403 or 429 that may happen in ten minutes; at 10,000 Discord bans us ("Rate Limits")."""
_INVALID: Final = frozenset({401, 403, 429})
_WINDOW_SECONDS: Final = 600.0
_BAN_SECONDS: Final = 600.0
_MADE_UP: Final = 4

Reading = Callable[[], float]


class Breaker:
    """Counts what Discord counts against us, over every request of the client, also those that it repeats itself.

    A 429 without ``Via`` comes from the network in front of Discord: we are banned there, and all sends rest for ten
    minutes at least. Readings are those of a monotonic clock, in seconds: setting the machine's clock moves nothing.
    """

    def __init__(self, reading: Reading = time.monotonic) -> None:
        self._reading = reading
        self._invalid: deque[float] = deque()
        self._shut_until = float("-inf")

    def note(self, status: int, headers: Mapping[str, str]) -> None:
        """Take note of an answer."""
        now = self._reading()
        if status not in _INVALID or headers.get("X-RateLimit-Scope") == "shared":
            return
        self._invalid.append(now)
        asked = _seconds(headers.get("Retry-After"))
        if status == 429 and not headers.get("Via"):
            self._shut_until = max(self._shut_until, now + max(_BAN_SECONDS, asked))
        elif status == 429 and headers.get("X-RateLimit-Global"):
            self._shut_until = max(self._shut_until, now + asked)

    @property
    def room(self) -> int:
        """Return how many requests may be under way, were all of them to fail; 0 while we rest."""
        return 0 if self.rest_seconds > 0 else INVALID_AT_MOST - self.invalid

    @property
    def rest_seconds(self) -> float:
        """Return for how long nothing may be sent; 0: we may."""
        now = self._reading()
        rest = self._shut_until - now
        if self.invalid >= INVALID_AT_MOST:
            rest = max(rest, self._invalid[-INVALID_AT_MOST] + _WINDOW_SECONDS - now)
        return max(0.0, rest)

    @property
    def invalid(self) -> int:
        """Return how many requests of the last ten minutes were invalid."""
        since = self._reading() - _WINDOW_SECONDS
        while self._invalid and self._invalid[0] <= since:
            self._invalid.popleft()
        return len(self._invalid)


class Pace:
    """Lets so many requests go in a second, evenly: each waits for its turn. A few that were late are made up for."""

    def __init__(self, per_second: float, reading: Reading = time.monotonic) -> None:
        self._gap = 1.0 / per_second
        self._reading = reading
        self._next = float("-inf")

    async def turn(self) -> None:
        """Wait until the next request may go."""
        now = self._reading()
        at = max(now - _MADE_UP * self._gap, self._next)
        self._next = at + self._gap
        if at > now:
            await asyncio.sleep(at - now)


def _seconds(value: str | None) -> float:
    try:
        return min(max(float(value or 0), 0.0), 24 * 3600.0)
    except ValueError:
        return 0.0
