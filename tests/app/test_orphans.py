"""A bot whose starter is gone ends by itself within fifteen seconds, whatever it is doing."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from bot.sandbox.bot_process import BotGoneError, BotProcess
from bot.sandbox.double.clockwork import SandboxClock
from bot.sandbox.double.server import Double
from tests.app.running import NOW
from tests.app.test_hostile_feeds import settings, subscribe
from tests.feeds.servers import drip, serve

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


async def seconds_until_gone(bot: BotProcess) -> float:
    """Break the line, as the death of the starter does, and return how long the bot lives on."""
    assert bot._writer is not None
    begun = monotonic()
    bot._writer.transport.abort()
    await asyncio.wait_for(bot.gone.wait(), 60)
    return monotonic() - begun


async def seen(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while True:
            if condition():
                return
            await asyncio.sleep(0.1)


async def test_it_ends_while_it_cannot_log_in(tmp_path: Path, unused_tcp_port: int) -> None:
    clock = SandboxClock(NOW)
    async with Double(clock) as double:
        given = settings(double, unused_tcp_port, tmp_path)
    # The double is gone: as when both die at once.
    async with BotProcess(given, clock, tmp_path) as bot:
        await seen(lambda: "cannot log in" in bot.log.read_text("utf-8"))

        assert await seconds_until_gone(bot) <= 15.0


async def test_it_ends_while_it_follows_an_order(tmp_path: Path) -> None:
    clock = SandboxClock(NOW)
    async with serve(drip(b"", b"")) as silent, Double(clock) as double:
        double.gateway.identify_seconds = 0.0
        async with BotProcess(settings(double, silent.port, tmp_path), clock, tmp_path) as bot:
            await asyncio.wait_for(bot.ready(), 120)
            await subscribe(tmp_path, [silent.url("/a"), silent.url("/b")])
            following = asyncio.ensure_future(bot.follow())
            await seen(lambda: silent.running > 0)

            assert await seconds_until_gone(bot) <= 15.0
            with suppress(BotGoneError):
                await following
