"""Places at which a process can be made to die, to prove that nothing is lost or done twice; in production none.

The ledger's and the sender's way to the outside leads through a few named parts (``outbox``, ``poster`` …). Where
``NEEDTOKNOW_FAILPOINT`` names a call of one of them, such as ``outbox.mark_sent`` or ``poster.post:3``, that part is
wrapped, and the process kills itself right before that call (the third such one). Elsewhere the parts stay as they
are, so that it costs nothing.
"""

import os
import signal
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeVar, cast

from bot.errors import ConfigError

VARIABLE: Final = "NEEDTOKNOW_FAILPOINT"
CORRECTING: Final = (
    "corrections.log", "corrections.want", "notes.put", "corrections.waiting", "editor.edit", "corrections.settle",
)  # fmt: skip
"""Those of them that putting a posted digest right leads to."""
POINTS: Final = (
    "schedules.active", "occurrences.add_due", "occurrences.add", "occurrences.claim", "occurrences.count_due",
    "maker.edition_for", "editions.put", "outbox.queue", "events.mark_posted", "outbox.claim", "outbox.mark_sending",
    "poster.find", "poster.post", "outbox.mark_sent", "outbox.retry", "outbox.hasten", "outbox.next_at",
    "outbox.replace", "schedules.suspend", "guilds.note_problem", "outbox.mark_failed",
    *CORRECTING,
)  # fmt: skip
"""Every call before which a process can be made to die: all that planning, composing, sending and correcting await."""

T = TypeVar("T")


class Watch(Protocol):
    """Wraps a named part, or gives it back as it is."""

    def __call__(self, name: str, part: T, /) -> T:
        """Return *part*, perhaps wrapped."""
        ...


def unwatched(_: str, part: T, /) -> T:
    """Return *part* itself."""
    return part


def watch_for(environment: Mapping[str, str] = os.environ, die: Callable[[], None] | None = None) -> Watch:
    """Return what wraps the part that *environment* names, so that *die* (kill -9) is called at its time.

    Raises:
        ConfigError: the variable names no such place.
    """
    wanted = environment.get(VARIABLE)
    if not wanted:
        return unwatched
    point, _, times = wanted.partition(":")
    if point not in POINTS or not (times or "1").isdecimal():
        raise ConfigError(f"{VARIABLE}={wanted} is no such place. There are: {', '.join(POINTS)}.")
    owner, _, method = point.partition(".")
    wire = _Wire(method, int(times or "1"), die or _die)

    def watch(name: str, part: T, /) -> T:
        return cast("T", _Wired(part, wire)) if name == owner else part

    return watch


class _Wire:
    """Counts the calls of one method."""

    def __init__(self, method: str, times: int, die: Callable[[], None]) -> None:
        self.method = method
        self._left = times
        self._die = die

    def touch(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._die()


class _Wired:
    """A part of which one method is watched."""

    def __init__(self, part: object, wire: _Wire) -> None:
        self._part = part
        self._wire = wire

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the part has
        if name == self._wire.method:
            self._wire.touch()
        return getattr(self._part, name)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
