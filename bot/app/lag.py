"""How late the event loop is: what everybody who asks something waits for, whatever is going on."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from bot.tasks import end_task, spawn

_STEP_SECONDS: Final = 0.1
_KEPT: Final = 6_000


class LoopLag:
    """Measures the lag ten times a second while the block lasts, and remembers ten minutes.

    An instant that came while the loop stood still counts with all that was left of the standstill, as it would for
    somebody who asked just then.
    """

    def __init__(self, reading: Callable[[], float] = time.monotonic) -> None:
        self._reading = reading
        self._seconds: deque[float] = deque(maxlen=_KEPT)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = spawn(self._measure(), name="lag")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            await end_task(self._task)

    def seconds(self, share: float) -> float:
        """Return the lag that *share* of the instants kept to; zero before the first."""
        ordered = sorted(self._seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    async def _measure(self) -> None:
        due = self._reading() + _STEP_SECONDS
        while True:
            await asyncio.sleep(max(0.0, due - self._reading()))
            due = self.note(due)

    def note(self, due: float) -> float:
        """Remember every instant from *due* until now, and return the next one."""
        now = self._reading()
        while due <= now:
            self._seconds.append(now - due)
            due += _STEP_SECONDS
        return due
