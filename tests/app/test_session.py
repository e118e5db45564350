"""Sessions: what becomes of a bot that Discord does not let in, and how long the next one waits."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.app.answering import bot_over
from bot.app.health import Health
from bot.app.run import _serve
from bot.app.session import Sessions
from bot.client import ShardedNewsBot
from bot.clock import ManualClock
from bot.model.articles import IngestReport
from bot.sandbox.double.faults import Fault
from bot.sandbox.double.server import Double
from bot.settings import load_settings
from bot.storage.database import Database
from tests.app.idle import idle_machinery
from tests.cogs.fakes import FakeHash


@pytest.fixture
async def double(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Double]:
    async with Double() as opened:
        opened.limits.off()
        monkeypatch.setattr(Route, "BASE", opened.api)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(opened.gateway_url))
        yield opened


@pytest.fixture
def rests() -> list[float]:
    return []


@pytest.fixture
def sessions(sqlite: Database, clock: ManualClock, double: Double, rests: list[float]) -> Sessions:
    async def rest(_: asyncio.Event, seconds: float) -> None:
        rests.append(seconds)

    token = SecretStr(double.state.token)
    return Sessions(idle_machinery(sqlite, clock), load_settings({}), Health(), token, rest=rest)


async def over(sessions: Sessions) -> None:
    """Open a session and wait until it is over by itself."""
    async with asyncio.timeout(20), sessions.opened(asyncio.Event()) as duties:
        if duties is not None:
            await duties.until_over(asyncio.Event())


async def test_a_gateway_that_is_away_is_tried_again_after_a_growing_pause(
    sessions: Sessions, double: Double, rests: list[float]
) -> None:
    double.faults.arm(Fault.UNAVAILABLE, method="GET", path="/gateway/bot", times=3)

    for _ in range(3):
        await over(sessions)

    assert rests == [5.0, 10.0, 20.0]


@pytest.mark.slow
async def test_a_gateway_that_takes_no_connection_ends_the_session(
    sessions: Sessions, rests: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("ws://127.0.0.1:9"))
    monkeypatch.setattr(ShardedNewsBot, "most_tries", 1)

    await over(sessions)

    assert rests == [5.0]


async def test_a_connection_that_stood_makes_the_pause_short_again(
    sessions: Sessions, double: Double, rests: list[float]
) -> None:
    double.faults.arm(Fault.UNAVAILABLE, method="GET", path="/gateway/bot", times=2)
    for _ in range(2):
        await over(sessions)

    async with asyncio.timeout(20), sessions.opened(asyncio.Event()) as duties:
        assert duties is not None
        await duties._bot.wait_until_ready()
    double.faults.arm(Fault.UNAVAILABLE, method="GET", path="/users/@me", times=1)
    await over(sessions)

    assert rests == [5.0, 10.0, 5.0]


async def test_a_bot_that_never_gets_through_is_watched_from_the_start(sqlite: Database, clock: ManualClock) -> None:
    health = Health()

    Sessions(idle_machinery(sqlite, clock), load_settings({}), health, SecretStr("token"))

    assert [(sign.name, sign.limit_seconds) for sign in health.signs()] == [("discord", 180.0)]


@dataclass
class Line:
    """Notes what is asked of it."""

    done: dict[str, asyncio.Event] = field(default_factory=lambda: {"fetch": asyncio.Event(), "read": asyncio.Event()})
    is_reading: bool = False
    has_more: bool = False

    async def fetch(self) -> IngestReport:
        self.done["fetch"].set()
        return IngestReport()

    async def read(self) -> int:
        self.done["read"].set()
        return 0


async def test_news_is_read_while_discord_is_away(sqlite: Database, clock: ManualClock, double: Double) -> None:
    double.faults.arm(Fault.UNAVAILABLE, method="GET", times=99)
    line, stop = Line(), asyncio.Event()
    machinery = replace(idle_machinery(sqlite, clock), line=line)  # type: ignore[arg-type] # all that is asked of it
    serving = asyncio.ensure_future(_serve(machinery, load_settings({}), SecretStr(double.state.token), stop, None))

    async with asyncio.timeout(20):
        for done in line.done.values():
            await done.wait()
        stop.set()
        await serving
    gc.unfreeze()

    assert double.gateway.log == []


async def test_a_bot_that_was_closed_is_collected(sqlite: Database, clock: ManualClock) -> None:
    machinery = idle_machinery(sqlite, clock)
    closed = []
    for _ in range(3):
        async with bot_over(machinery, FakeHash()) as bot:
            closed.append(weakref.ref(bot))
        del bot

    gc.collect()

    assert [bot() for bot in closed] == [None] * 3
