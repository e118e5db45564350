"""Run long tasks so that none of them dies unseen."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from bot.clock import Clock

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE_SECONDS: Final = 1.0
_LONGEST_PAUSE_SECONDS: Final = 60.0


class Worker:
    """Repeat one unit of work until the block ends; a failure is logged and tried again, later each time.

    Use it as ``async with Worker("ingest", step, pause_seconds=60, clock=clock):``. Leaving the block lets the
    running step finish for *grace_seconds*, then cancels it.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], Awaitable[float | None]],
        *,
        pause_seconds: float,
        clock: Clock,
        grace_seconds: float = 10.0,
    ) -> None:
        """Prepare the worker.

        *step* may return the seconds to wait before the next run; None means *pause_seconds*.
        """
        self.name = name
        self._step = step
        self._pause_seconds = pause_seconds
        self._grace_seconds = grace_seconds
        self._clock = clock
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._begun = 0
        self._ended = 0
        self._step_ended = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self.failures = 0
        self.last_ok_at = clock.now()

    async def __aenter__(self) -> Self:
        self._task = spawn(self._run(), name=self.name)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._wake.set()
        if self._task is None:
            return
        _, pending = await asyncio.wait({self._task}, timeout=self._grace_seconds)
        for task in pending:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def wake(self) -> None:
        """Run the next step now instead of after the pause."""
        self._wake.set()

    async def run_now(self) -> None:
        """Run a step now, and return when one that began after this call has ended, well or not."""
        wanted = self._begun + 1
        self.wake()
        async with self._step_ended:
            await self._step_ended.wait_for(lambda: self._ended >= wanted)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            self._begun += 1
            pause = await self._once()
            async with self._step_ended:
                self._ended = self._begun
                self._step_ended.notify_all()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)
            if not self._stopping.is_set():
                self._wake.clear()

    async def _once(self) -> float:
        try:
            pause = await self._step()
        except Exception:  # noqa: BLE001 - the one place where a failing task is kept alive
            self.failures += 1
            pause = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(self.failures, 10))
            _LOG.exception("task failed: name=%s failures=%d next_try_seconds=%.0f", self.name, self.failures, pause)
            return pause
        self.failures = 0
        self.last_ok_at = self._clock.now()
        return self._pause_seconds if pause is None else pause


def spawn(work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
    """Start *work* as a task whose failure is logged; the caller keeps the task and ends it."""
    task = asyncio.create_task(work, name=name)  # noqa: TID251 - the one allowed place
    task.add_done_callback(_log_failure)
    return task


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _LOG.error("task died: name=%s", task.get_name(), exc_info=error)
