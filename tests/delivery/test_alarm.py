"""Alarm: rings when the clock that it was given says so, whatever the machine's clock shows."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import ManualClock
from bot.delivery.alarm import Alarm


@pytest.mark.parametrize("year", [2016, 2096], ids=["long ago", "in the far future"])
async def test_it_rings_by_the_clock_that_it_was_given(year: int) -> None:
    clock, rung = ManualClock(datetime(year, 3, 3, 7, tzinfo=UTC)), asyncio.Event()

    async with Alarm(rung.set, clock) as alarm:
        alarm.set(clock.now() + timedelta(milliseconds=80))
        async with asyncio.timeout(5):
            await rung.wait()


async def test_what_is_overdue_rings_at_once_and_what_is_taken_back_does_not() -> None:
    clock, rung = ManualClock(datetime(2026, 3, 3, 7, tzinfo=UTC)), asyncio.Event()

    async with Alarm(rung.set, clock) as alarm:
        alarm.set(clock.now() + timedelta(milliseconds=60))
        alarm.set(None)
        await asyncio.sleep(0.2)
        silent = not rung.is_set()
        alarm.set(clock.now() - timedelta(days=3))
        async with asyncio.timeout(5):
            await rung.wait()

    assert silent
