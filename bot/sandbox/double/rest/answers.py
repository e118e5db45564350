"""What goes back over the wire; discord.py compares the content type to exactly ``application/json``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from bot.sandbox.double.errors import ApiError, missing_permissions, unknown
from bot.sandbox.double.faults import Armed, Fault

VIA: Final = {"Via": "1.1 double"}
"""Discord's own answers carry it; discord.py takes a 429 without it for a ban at the edge."""
_RETRY_SECONDS: Final = 0.2
_BAN_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; ``body`` is None for an empty one, text where it is no JSON."""

    status: int
    body: Any = None
    headers: Mapping[str, str] | None = None

    def response(self) -> web.Response:
        """Return the answer for the wire."""
        headers = dict(self.headers or {})
        if self.body is None:
            return web.Response(status=self.status, headers=headers)
        if isinstance(self.body, str):
            return web.Response(status=self.status, headers=headers, text=self.body)
        headers["Content-Type"] = "application/json"
        return web.Response(status=self.status, headers=headers, body=json.dumps(self.body).encode())


def error_answer(error: ApiError) -> Answer:
    """Return the answer for an error."""
    return Answer(error.status, error.body())


def rate_limited(seconds: float, *, scope: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Return a 429 that asks to wait; *scope* is "user", "shared" or "global"."""
    is_global = scope == "global"
    shown = {"Retry-After": str(int(seconds) + 1), "X-RateLimit-Scope": scope, **VIA, **(headers or {})}
    if is_global:
        shown["X-RateLimit-Global"] = "true"
    body = {"message": "You are being rate limited.", "code": 0, "retry_after": round(seconds, 3), "global": is_global}
    return Answer(429, body, shown)


def banned() -> Answer:
    """Return a 429 as it comes from the network in front of Discord: no Via, no JSON."""
    return Answer(429, "error code: 1015", {"Retry-After": str(int(_BAN_SECONDS))})


def fault_answer(armed: Armed) -> Answer | None:
    """Return the answer that a fault gives instead of the real one, or None where that is given too."""
    seconds = _RETRY_SECONDS if armed.seconds is None else armed.seconds
    return {
        Fault.RATE_LIMITED: rate_limited(seconds, scope="user"),
        Fault.RATE_LIMITED_GLOBALLY: rate_limited(seconds, scope="global"),
        Fault.BANNED: banned(),
        Fault.INTERNAL: Answer(500, "upstream error"),
        Fault.BAD_GATEWAY: Answer(502, "upstream error"),
        Fault.UNAVAILABLE: Answer(503, "upstream error"),
        Fault.FORBIDDEN: error_answer(missing_permissions()),
        Fault.NOT_FOUND: error_answer(unknown("Channel", 10003)),
    }.get(armed.kind)
