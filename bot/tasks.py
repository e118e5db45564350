"""Run long tasks so that none of them dies unseen."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, ParamSpec, Self, TypeVar

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE_SECONDS: Final = 1.0
_LONGEST_PAUSE_SECONDS: Final = 30.0

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Worker:
    """Repeat one unit of work until the block ends; a failure is logged and tried again, later each time.

    Use it as ``async with Worker("ingest", step, pause_seconds=60):``. Leaving the block lets the running step finish
    for *grace_seconds*, then cancels it. ``idle_seconds`` is how long ago a step ended well, by a monotonic clock.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], Awaitable[float | None]],
        *,
        pause_seconds: float,
        grace_seconds: float = 10.0,
        stall_seconds: float | None = None,
        reading: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare the worker.

        *step* may return the seconds to wait before the next run; None means *pause_seconds*. One that takes longer
        than *stall_seconds* is broken off and begun anew (None: never).
        """
        self.name = name
        self._step = step
        self._pause_seconds = pause_seconds
        self._grace_seconds = grace_seconds
        self._stall_seconds = stall_seconds
        self._reading = reading
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()
        self._begun = 0
        self._ended = 0
        self._step_ended = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self._is_done = False
        self._ok_at = reading()
        self.failures = 0

    @property
    def idle_seconds(self) -> float:
        """Return how long ago a step ended well; at first, how long ago the worker was made."""
        return self._reading() - self._ok_at

    async def start(self) -> None:
        """Begin, where it was not begun yet."""
        if self._task is None and not self._stopping.is_set():
            self._ok_at = self._reading()
            self._task = spawn(self._run(), name=self.name)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._task is None:
            return
        _, pending = await asyncio.wait({self._task}, timeout=self._grace_seconds)
        for task in pending:
            await end_task(task)

    def stop(self) -> None:
        """Let the running step be the last one, without waiting for it."""
        self._stopping.set()
        self._wake.set()

    def wake(self) -> None:
        """Run the next step now instead of after the pause."""
        self._wake.set()

    async def run_now(self) -> None:
        """Run a step now, and return when one that began after this call has ended, well or not, or when there is none.

        There is none any more once the worker was told to stop.
        """
        wanted = self._begun + 1
        self.wake()
        async with self._step_ended:
            await self._step_ended.wait_for(lambda: self._ended >= wanted or self.is_over)

    @property
    def is_over(self) -> bool:
        """Tell whether the last step has ended."""
        return self._stopping.is_set() and (self._task is None or self._is_done)

    async def _run(self) -> None:
        try:
            await self._steps()
        finally:
            self._is_done = True
            async with self._step_ended:
                self._step_ended.notify_all()

    async def _steps(self) -> None:
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
            async with asyncio.timeout(self._stall_seconds):
                pause = await self._step()
        except (Exception, asyncio.CancelledError) as error:
            # The one place where a failing task is kept alive. Something that a step waits for may be cancelled too.
            if isinstance(error, asyncio.CancelledError) and self._is_cancelled():
                raise
            self.failures += 1
            pause = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(self.failures, 10))
            _LOG.exception("task failed: name=%s failures=%d next_try_seconds=%.0f", self.name, self.failures, pause)
            return pause
        self.failures = 0
        self._ok_at = self._reading()
        return self._pause_seconds if pause is None else pause

    def _is_cancelled(self) -> bool:
        """Tell whether it is this worker that is cancelled, rather than something that its step waited for."""
        task = asyncio.current_task()
        return task is None or task.cancelling() > 0


async def in_thread(job: Callable[_Given, _Result], *args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
    """Do *job* in a thread and return its result; a caller that is cancelled goes on only once the job has ended.

    For jobs that change what others use next: no thread can be broken off, and a plain
    :func:`asyncio.to_thread` would leave it at work behind its caller's back.
    """
    running = asyncio.create_task(asyncio.to_thread(job, *args, **kwargs))  # noqa: TID251 - it is waited for here
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError as cancelled:
        while not running.done():
            with suppress(asyncio.CancelledError):  # told twice: it still cannot be broken off
                await asyncio.wait({running})
        if not running.cancelled() and (error := running.exception()) is not None:
            raise cancelled from error
        raise


async def close_together(*workers: Worker) -> None:
    """End *workers* at the same time, so that their graces do not add up."""
    for worker in workers:
        worker.stop()
    await asyncio.gather(*(worker.__aexit__(None, None, None) for worker in workers))


async def end_task(task: asyncio.Task[Any]) -> None:
    """Cancel *task* and wait until it is over; how it ended, whoever spawned it is told."""
    task.cancel()
    await asyncio.wait({task})


def spawn(work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
    """Start *work* as a task whose failure is logged; the caller keeps the task and ends it."""
    task = asyncio.create_task(work, name=name)  # noqa: TID251 - the one allowed place
    task.add_done_callback(_log_failure)
    return task


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _LOG.error("task died: name=%s", task.get_name(), exc_info=error)
