"""Worker: it lives through everything that its steps do, ends when told, and who asks for a step gets a new one."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

import pytest

from bot.tasks import Worker, close_together, in_thread


def worker(step: Callable[[], Awaitable[float | None]]) -> Worker:
    return Worker("test", step, pause_seconds=60)


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


async def test_a_step_that_is_cancelled_from_outside_does_not_end_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    begun = [0]

    async def step() -> None:
        begun[0] += 1
        if begun[0] == 1:
            lost = asyncio.get_running_loop().create_future()
            lost.cancel()
            await lost

    with caplog.at_level(logging.ERROR):
        async with worker(step) as work, asyncio.timeout(5):
            await work.run_now()
            await work.run_now()

    assert begun[0] >= 2
    assert "task failed" in caplog.text


async def test_a_step_that_hangs_is_broken_off_and_begun_anew() -> None:
    begun = [0]

    async def step() -> None:
        begun[0] += 1
        if begun[0] == 1:
            await asyncio.Event().wait()

    async with Worker("hangs", step, pause_seconds=60, stall_seconds=0.05) as work, asyncio.timeout(5):
        while begun[0] < 2:
            work.wake()
            await asyncio.sleep(0.01)


async def test_idle_time_starts_anew_when_a_step_ends_well() -> None:
    now, broken = [0.0], [False]

    async def step() -> None:
        if broken[0]:
            raise RuntimeError("no")

    async with Worker("idle", step, pause_seconds=60, reading=lambda: now[0]) as work, asyncio.timeout(5):
        now[0] = 100.0
        await work.run_now()
        fresh = work.idle_seconds
        broken[0], now[0] = True, 150.0
        await work.run_now()

    assert (fresh, work.idle_seconds) == (0.0, 50.0)


async def test_workers_end_together_after_their_running_steps() -> None:
    ended = []

    def step_of(name: str) -> Callable[[], Awaitable[None]]:
        async def step() -> None:
            await asyncio.sleep(0.05)
            ended.append(name)

        return step

    workers = [await Worker(name, step_of(name), pause_seconds=60).__aenter__() for name in "ab"]
    await asyncio.sleep(0.01)
    await close_together(*workers)

    assert sorted(ended) == ["a", "b"]


async def test_who_asks_a_worker_that_was_told_to_stop_does_not_wait_for_ever() -> None:
    async def step() -> None:
        await asyncio.sleep(0)

    async with worker(step) as work:
        pass

    async with asyncio.timeout(5):
        await work.run_now()


async def test_a_caller_that_is_broken_off_hears_of_it_after_its_thread_has_ended_even_badly() -> None:
    go_on = threading.Event()

    def fails() -> None:
        go_on.wait(10)
        raise ValueError("no")

    async def step() -> None:
        async with asyncio.timeout(0):
            await in_thread(fails)

    asked = asyncio.ensure_future(step())
    await asyncio.wait({asked}, timeout=0.05)
    was_over = asked.done()
    go_on.set()
    with pytest.raises(TimeoutError):
        await asked

    assert not was_over
