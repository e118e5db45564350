"""Faults on order: what goes wrong with the next requests."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any, Final


class Fault(StrEnum):
    """One way in which Discord can go wrong."""

    RATE_LIMITED = "429"
    RATE_LIMITED_GLOBALLY = "429-global"
    BANNED = "429-without-via"
    INTERNAL = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    RESET_BEFORE = "reset-before"
    REPLY_LOST = "reply-lost"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    SLOW = "slow"
    GATEWAY_DROP = "gateway-drop"
    RECONNECT = "gateway-reconnect"
    INVALID_SESSION = "invalid-session"


PASSING: Final = (
    Fault.RATE_LIMITED, Fault.INTERNAL, Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.RESET_BEFORE, Fault.REPLY_LOST,
)  # fmt: skip
"""Those that a bot should come through without loss; what random faults are drawn from."""
OF_THE_GATEWAY: Final = frozenset({Fault.GATEWAY_DROP, Fault.RECONNECT, Fault.INVALID_SESSION})
"""Those that hit the gateway; the request that brings them is served as ever."""

_IN_WORDS: Final[dict[Fault, tuple[str, str]]] = {
    Fault.RATE_LIMITED: ("Too many requests (429)", "Answers 429 and asks to wait. The bot waits and tries again."),
    Fault.RATE_LIMITED_GLOBALLY: (
        "Too many requests, everywhere (429)", "Answers 429 for all routes at once. Every request of the bot waits.",
    ),
    Fault.BANNED: (
        "Banned at the edge (429)", "Answers 429 from in front of Discord. The bot stops sending and tries later.",
    ),
    Fault.INTERNAL: ("Server error (500)", "Answers 500 before anything is stored. The bot tries again."),
    Fault.BAD_GATEWAY: ("Bad gateway (502)", "Answers 502 before anything is stored. The bot tries again."),
    Fault.UNAVAILABLE: ("Unavailable (503)", "Answers 503, which discord.py leaves to the bot to try again."),
    Fault.RESET_BEFORE: ("Connection reset", "Drops the connection before anything is stored."),
    Fault.REPLY_LOST: (
        "Reply lost after storing", "Stores the message, then drops the connection: the bot must not post twice.",
    ),
    Fault.FORBIDDEN: ("Forbidden (403)", "The bot lost the permission for this."),
    Fault.NOT_FOUND: ("Not found (404)", "What the bot asks for is gone."),
    Fault.SLOW: ("Slow by 4 seconds", "Later than the 3 seconds that Discord gives for an answer."),
    Fault.GATEWAY_DROP: ("Gateway drops", "Cuts the gateway; the bot must resume and miss nothing."),
    Fault.RECONNECT: ("Gateway asks to reconnect", "What Discord does every few hours: the bot resumes elsewhere."),
    Fault.INVALID_SESSION: ("Session is invalid", "The bot cannot resume: it must identify anew."),
}  # fmt: skip
ROUTES: Final[dict[str, tuple[str, str, str]]] = {
    "any": ("Any request", ".*", ""),
    "send": ("Sending a message", "POST", r"^/channels/\d+/messages$"),
    "edit": ("Editing a message", "PATCH", r"/messages/[^/]+$"),
    "callback": ("Answering an interaction", "POST", r"/callback$"),
    "followup": ("Going on after the first answer", "POST|PATCH", r"^/webhooks/"),
}
"""Where faults may hit, for people: label, then patterns for method and path."""


@dataclass(slots=True)
class Armed:
    """A fault that waits for matching requests; ``left`` of them still get it.

    ``seconds`` is how long a 429 asks to wait, or how slow an answer is; None is the kind's own.
    """

    id: int
    kind: Fault
    method: re.Pattern[str]
    path: re.Pattern[str]
    left: int
    seconds: float | None = None
    route: str = ""


class Faults:
    """Decides which request gets which fault. ``changed`` is called after every change, also when one is used up."""

    def __init__(self) -> None:
        self.armed: list[Armed] = []
        self.changed: Callable[[], None] = _nothing
        self.seed = 7
        self.share = 0.0
        self._count = 0
        self._random = Random(0)  # noqa: S311 - reproducible on purpose
        self._drawn: tuple[Fault, ...] = PASSING

    def arm(
        self, kind: Fault, *, method: str = "POST", path: str = "", times: int = 1, seconds: float | None = None
    ) -> int:
        """Let the next *times* requests fail whose method and path match the patterns; return the order's id."""
        return self._arm(Armed(0, kind, re.compile(method), re.compile(path), times, seconds))

    def arm_route(self, kind: Fault, route: str, times: int) -> int:
        """Let the next *times* requests to a route of :data:`ROUTES` fail; return the order's id.

        Raises:
            KeyError: there is no such route.
        """
        _, method, path = ROUTES[route]
        return self._arm(Armed(0, kind, re.compile(method), re.compile(path), times, None, route))

    def disarm(self, order: int) -> None:
        """Take an order back; one that is used up is passed over."""
        self.armed = [armed for armed in self.armed if armed.id != order]
        self.changed()

    def at_random(self, share: float, seed: int, kinds: tuple[Fault, ...] = PASSING) -> None:
        """Let *share* (0 to 1) of the message sends fail in one of *kinds*, drawn from *seed*; 0 ends it."""
        self._random, self._drawn = Random(seed), kinds  # noqa: S311 - reproducible on purpose
        self.share, self.seed = share, seed
        self.changed()

    def next(self, method: str, path: str) -> Armed | None:
        """Return the fault of this request, or None, and count it."""
        for armed in self.armed:
            if armed.method.fullmatch(method) and armed.path.search(path):
                armed.left -= 1
                if armed.left <= 0:
                    self.armed.remove(armed)
                self.changed()
                return armed
        is_send = method == "POST" and path.endswith("/messages")
        if is_send and self.share and self._random.random() < self.share:
            return Armed(0, self._random.choice(self._drawn), re.compile(method), re.compile(""), 0)
        return None

    def shown(self) -> dict[str, Any]:
        """Return all that a panel of faults shows: kinds, routes, what is armed, and chance."""
        return {
            "kinds": [{"id": kind.value, "label": label, "note": note} for kind, (label, note) in _IN_WORDS.items()],
            "routes": [{"id": route, "label": label} for route, (label, _, _) in ROUTES.items()],
            "armed": [
                {"id": str(armed.id), "kind": armed.kind.value, "route": armed.route or "any", "left": armed.left}
                for armed in self.armed
            ],
            "random": {"on": self.share > 0, "seed": self.seed, "percent": round(self.share * 100)},
        }

    def _arm(self, armed: Armed) -> int:
        self._count += 1
        armed.id = self._count
        self.armed.append(armed)
        self.changed()
        return armed.id


def _nothing() -> None:
    """Do nothing: nobody listens."""
