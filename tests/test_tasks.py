"""Worker.run_now: who asks for a step gets one that began after the question."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.clock import SystemClock
from bot.tasks import Worker


def worker(step: Callable[[], Awaitable[float | None]]) -> Worker:
    return Worker("test", step, pause_seconds=60, clock=SystemClock())


async def test_a_step_that_was_under_way_does_not_count() -> None:
    begun, go_on = [0], asyncio.Event()

    async def step() -> None:
        begun[0] += 1
        await go_on.wait()

    async with worker(step) as work:
        await asyncio.sleep(0)
        asked = asyncio.ensure_future(work.run_now())
        await asyncio.sleep(0)
        go_on.set()
        async with asyncio.timeout(5):
            await asked

    assert begun == [2]


async def test_a_step_that_fails_is_over_too() -> None:
    async def step() -> None:
        raise RuntimeError("no")

    async with worker(step) as work:
        async with asyncio.timeout(5):
            await work.run_now()

        assert work.failures >= 1
