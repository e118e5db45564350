"""A simulated Discord for each test of a command."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import simcord

from bot.client import NewsBot
from bot.clock import ManualClock
from bot.storage.database import Database
from tests.cogs.fakes import FakeDesk, FakeHash, FakeNews
from tests.cogs.place import Place, Wire, build_place, desk_over
from tests.cogs.town import Town, build_town


@pytest.fixture
def news() -> FakeNews:
    return FakeNews()


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def hashes() -> FakeHash:
    return FakeHash()


@pytest.fixture
async def env(news: FakeNews, desk: FakeDesk, hashes: FakeHash, clock: ManualClock) -> AsyncIterator[simcord.Env]:
    """A running bot. Errors that people cause are answered, so they do not fail a test."""
    env = simcord.Env(NewsBot(news, desk, hashes=hashes, clock=clock), check_errors=False)
    await env.start()
    yield env
    await env.shutdown()


@pytest.fixture
def town(env: simcord.Env, news: FakeNews, desk: FakeDesk, hashes: FakeHash, clock: ManualClock) -> Town:
    """A server with an admin and a member in one channel."""
    return build_town(env, news, desk, hashes, clock)


@pytest.fixture
async def place(sqlite: Database, clock: ManualClock, tmp_path: Path) -> AsyncIterator[Place]:
    """A server in which nothing is set up yet, with a real desk over a real database."""
    news, desk = Wire(), desk_over(sqlite, clock, tmp_path / "packs")
    env = simcord.Env(NewsBot(news, desk, hashes=FakeHash(), clock=clock), check_errors=False)
    await env.start()
    yield await build_place(env, news, desk)
    await env.shutdown()
