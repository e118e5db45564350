"""The lag of the event loop: a standstill counts for everybody who would have asked meanwhile."""

import asyncio
import time

import pytest

from bot.app.lag import LoopLag


def test_a_standstill_counts_once_for_every_instant_in_it() -> None:
    now = [10.0]
    lag = LoopLag(lambda: now[0])
    before = lag.seconds(0.99)
    for _ in range(97):
        now[0] += 0.1
        lag.note(now[0])
    due = now[0] + 0.1
    now[0] += 0.45  # four instants come late: by 0.35, 0.25, 0.15 and 0.05 s

    following = lag.note(due)

    assert before == 0.0
    assert lag.seconds(0.5) == 0.0
    assert lag.seconds(1.0) == pytest.approx(0.35)
    assert following == pytest.approx(now[0] + 0.05)


async def test_a_loop_that_is_held_up_shows() -> None:
    async with LoopLag() as lag:
        await asyncio.sleep(0.15)
        time.sleep(0.5)  # noqa: ASYNC251 - this is what must show
        await asyncio.sleep(0.15)

        assert lag.seconds(1.0) >= 0.3
