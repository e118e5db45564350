"""Rate limits with Discord's numbers and headers; see "Rate Limits" in the API reference.

Windows are fixed: the first request opens one. Discord publishes few numbers; those that it does not are the ones that
its headers have shown for years.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from bot.clock import Clock
from bot.sandbox.double.clockwork import Elapsed
from bot.sandbox.double.rest.answers import VIA, Answer, banned, rate_limited

_MAJOR: Final = ("channel_id", "guild_id", "webhook_id", "webhook_token")
_INVALID: Final = frozenset({401, 403, 429})
_INVALID_AT_MOST: Final = 10_000
_INVALID_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds; routes of the same ``bucket`` share them."""

    bucket: str
    requests: int
    seconds: float


MESSAGES: Final = "POST /channels/{channel_id}/messages"
RATES: Final = {
    MESSAGES: Rate("send", 5, 5.0),
    "PATCH /channels/{channel_id}/messages/{message_id}": Rate("edit", 5, 5.0),
    "DELETE /channels/{channel_id}/messages/{message_id}": Rate("delete", 5, 1.0),
    "POST /webhooks/{webhook_id}/{webhook_token}": Rate("webhook", 5, 2.0),
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": Rate("webhook-edit", 5, 2.0),
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": Rate("webhook-edit", 5, 2.0),
}
# Limits that no header announces.
_HIDDEN: Final = {
    "POST /channels/{channel_id}/messages/{message_id}/crosspost": Rate("crosspost", 10, 3600.0),
}
_OTHERS: Final = (30, 5.0)
_UNLIMITED: Final = frozenset({"POST /interactions/{interaction_id}/{interaction_token}/callback"})


@dataclass(slots=True)
class _Window:
    ends: float = float("-inf")
    used: int = 0

    def take(self, now: float, rate: Rate) -> bool:
        """Count a request and tell whether it is allowed."""
        if now >= self.ends:
            self.ends, self.used = now + rate.seconds, 0
        self.used += 1
        return self.used <= rate.requests


class Limits:
    """Counts requests. ``per_route`` and ``per_second`` (None: no limit) can be switched off for tests.

    ``invalid_requests`` counts answers with 401, 403 and 429 of the last ten minutes; at 10,000 the bot is banned.
    """

    def __init__(self, clock: Clock, elapsed: Elapsed) -> None:
        self._clock = clock
        self._elapsed = elapsed
        self.per_route = True
        self.per_second: int | None = 50
        self._windows: dict[tuple[str, ...], _Window] = {}
        self._second = _Window()
        self._invalid: deque[float] = deque(maxlen=_INVALID_AT_MOST)

    def off(self) -> None:
        """Switch all limits off."""
        self.per_route, self.per_second = False, None

    def admit(self, route: str, names: Mapping[str, str]) -> tuple[Answer | None, dict[str, str]]:
        """Count a request; return the refusal, or None where it may pass, and the headers for its answer."""
        now = self._elapsed.seconds()
        if self.invalid_requests >= _INVALID_AT_MOST:
            return banned(), {}
        is_interaction = "webhook_token" in names or "interaction_token" in names
        if self.per_second is not None and not is_interaction:
            rate = Rate("global", self.per_second, 1.0)
            if not self._second.take(now, rate):
                return rate_limited(self._second.ends - now, scope="global"), {}
        if not self.per_route or route in _UNLIMITED:
            return None, dict(VIA)
        return self._admit_to_bucket(route, names, now)

    def note(self, status: int) -> None:
        """Count an answer among the invalid ones where it is one."""
        if status in _INVALID:
            self._invalid.append(self._elapsed.seconds())

    @property
    def invalid_requests(self) -> int:
        """Return how many invalid requests there were in the last ten minutes."""
        since = self._elapsed.seconds() - _INVALID_SECONDS
        while self._invalid and self._invalid[0] < since:
            self._invalid.popleft()
        return len(self._invalid)

    def _admit_to_bucket(
        self, route: str, names: Mapping[str, str], now: float
    ) -> tuple[Answer | None, dict[str, str]]:
        rate = RATES.get(route) or Rate(route, *_OTHERS)
        major = tuple(names[key] for key in _MAJOR if key in names)
        window = self._windows.setdefault((rate.bucket, *major), _Window())
        is_allowed = window.take(now, rate)
        headers = self._headers(rate, window, now)
        if not is_allowed:
            return rate_limited(window.ends - now, scope="user", headers=headers), headers
        hidden = _HIDDEN.get(route)
        if hidden is not None:
            window = self._windows.setdefault((hidden.bucket, "hidden", *major), _Window())
            if not window.take(now, hidden):
                return rate_limited(window.ends - now, scope="shared", headers=headers), headers
        return None, headers

    def _headers(self, rate: Rate, window: _Window, now: float) -> dict[str, str]:
        after = max(0.0, window.ends - now)
        return VIA | {
            "X-RateLimit-Limit": str(rate.requests),
            "X-RateLimit-Remaining": str(max(0, rate.requests - window.used)),
            "X-RateLimit-Reset": f"{self._clock.now().timestamp() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": sha256(rate.bucket.encode()).hexdigest()[:32],
        }
