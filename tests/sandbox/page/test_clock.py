"""The page's clock: moved on in everybody's sight, never back, and one move at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.sandbox.night import Night
from bot.sandbox.stage.guide import DELIVERED, SCHEDULED
from tests.sandbox.page.stages import MORNING, Tab, Theatre, Walker


@asynccontextmanager
async def with_clock(house: Theatre, walker: Walker | None = None) -> AsyncIterator[tuple[Tab, Walker]]:
    follower = walker or Walker(house.clock)
    async with Night(house.clock, follower) as night, house.tab() as tab:
        night.told, night.failed, house.scene.night = house.stage.tell_clock, house.stage.tell_failure, night
        await tab.hello()
        yield tab, follower


async def test_the_next_morning_comes_and_every_page_sees_the_hours_pass(house: Theatre) -> None:
    async with with_clock(house) as (tab, walker), house.tab() as other:
        await other.hello()
        await tab.send("clock", next="07:00")
        await other.until("clock", lambda frame: not frame["clock"]["moving"])

    shown = [frame["clock"] for frame in other.frames if frame["op"] == "clock"]
    assert house.clock.now() == MORNING + timedelta(days=1)
    assert len(walker.stops) == 12
    assert shown[0]["moving"] is True
    assert shown[-1]["now"] == "2026-03-04T07:00:00+00:00"


async def test_minutes_and_hours_can_be_gone_forward(house: Theatre) -> None:
    async with with_clock(house) as (tab, walker):
        await tab.send("clock", by_seconds=600)
        await tab.until("clock", lambda frame: not frame["clock"]["moving"])

    assert walker.stops == [MORNING + timedelta(minutes=10)]


@pytest.mark.parametrize("seconds", [-1, 0, 400 * 86_400, float("nan")])
async def test_it_goes_neither_back_nor_years_ahead(house: Theatre, seconds: float) -> None:
    async with with_clock(house) as (tab, walker):
        await tab.send("clock", by_seconds=seconds)
        await tab.until("note")

    assert walker.stops == []


async def test_while_the_hours_pass_the_clock_is_not_moved_twice_and_nobody_is_asked(house: Theatre) -> None:
    class Slow(Walker):
        async def follow(self) -> None:
            await super().follow()
            await waiting.wait()

    waiting = asyncio.Event()
    async with with_clock(house, Slow(house.clock)) as (tab, _):
        await tab.send("clock", by_seconds=60)
        await tab.until("clock")
        await tab.send("clock", by_seconds=60)
        note = await tab.until("note")
        await tab.send("interact", nonce="n", type=2, channel_id=house.readers.general["id"], data={})
        settled = await tab.until("settled")
        waiting.set()
        await tab.until("clock", lambda frame: not frame["clock"]["moving"])

    assert note["text"] == "The clock is being moved already."
    assert settled["ok"] is False
    assert house.clock.now() == MORNING + timedelta(minutes=1)


async def test_a_subscriber_far_away_gets_their_morning_too(house: Theatre) -> None:
    noon = MORNING + timedelta(days=1, hours=5)

    class Delivering(Walker):
        async def follow(self) -> None:
            await super().follow()
            if house.clock.now() >= noon:
                house.scene.guide.done.add(DELIVERED)

    house.scene.guide.done.add(SCHEDULED)
    async with with_clock(house, Delivering(house.clock, noon)) as (tab, _):
        await tab.send("clock", next="07:00")
        await tab.until("clock", lambda frame: not frame["clock"]["moving"])

    assert house.clock.now() == noon


async def test_without_a_bot_the_clock_stands(house: Theatre) -> None:
    async with house.tab() as tab:
        await tab.hello()
        await tab.send("clock", next="07:00")
        note = await tab.until("note")

    assert note["text"] == "This sandbox's clock cannot be moved."
