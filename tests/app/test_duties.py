"""Duties: a refused token ends the session whichever of them hears of it, and none asks while we are banned."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import discord
import pytest
from discord.http import Route

from bot.app.duties import Duties
from bot.app.health import Health
from bot.clock import ManualClock
from bot.delivery.breaker import Breaker
from bot.delivery.poster import TokenRefusedError
from bot.model.articles import FeedId
from bot.sandbox.double.server import Double
from bot.settings import load_settings
from bot.storage.database import Database
from bot.storage.feed_notices import FeedNoticeStore
from bot.storage.feeds import FeedStore
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.storage.schedules import ScheduleStore
from bot.storage.subscriptions import SubscriptionStore
from tests.delivery.test_care import Places, refused, silent_since
from tests.storage.samples import CHANNEL, GUILD, NOON, USER

FEED = "https://skerry.example/feed"


@dataclass
class Stage:
    """The duties of a client that is logged in, and what it talks to."""

    duties: Duties
    double: Double
    breaker: Breaker
    database: Database

    @property
    def requests(self) -> int:
        """How often a channel's messages were asked for or posted to."""
        return sum(line.path.endswith("/messages") for line in self.double.log)


@pytest.fixture
async def stage(sqlite: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with Double() as double:
        monkeypatch.setattr(Route, "BASE", double.api)
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(double.state.token)
            machinery = SimpleNamespace(database=sqlite, clock=clock, news=None)  # nothing is composed
            breaker = Breaker()
            duties = Duties(client, machinery, load_settings({}), Health(), breaker)  # type: ignore[arg-type] # all they use
            yield Stage(duties, double, breaker, sqlite)


async def _feed_fails(database: Database) -> None:
    by = By(USER, NOON - timedelta(days=1))
    await GuildStore(database).join(GUILD, NOON)
    await GuildStore(database).set_details(GUILD, by=by, notice_channel=CHANNEL)
    await SubscriptionStore(database).add(GUILD, FEED, "The Skerry Post", by=by)
    feed = await FeedStore(database).find(FEED)
    assert feed is not None
    await FeedNoticeStore(database).note(FeedId(feed.id), "failing", "timeout", NOON)


async def _hears(stage: Stage) -> None:
    async with asyncio.timeout(1):
        await stage.duties._token_refused()


async def test_a_refused_token_is_heard_by_who_looks_after_channels(stage: Stage) -> None:
    stage.double.state.token = "another"
    await silent_since(stage.database, 5)

    await stage.duties._tend()

    with pytest.raises(TokenRefusedError):
        await _hears(stage)


async def test_a_refused_token_is_heard_by_who_tells_of_feeds(stage: Stage) -> None:
    stage.double.state.token = "another"
    await _feed_fails(stage.database)

    await stage.duties._tell()

    assert await FeedNoticeStore(stage.database).waiting()
    with pytest.raises(TokenRefusedError):
        await _hears(stage)


async def test_while_we_are_banned_no_notice_is_tried(stage: Stage) -> None:
    stage.breaker.note(429, {})
    await silent_since(stage.database, 5)
    await _feed_fails(stage.database)

    await stage.duties._tend()
    await stage.duties._tell()

    assert stage.requests == 0
    assert await FeedNoticeStore(stage.database).waiting()


async def test_a_channel_that_opened_unheard_is_mended_by_who_looks_after_channels(
    stage: Stage, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await refused(stage.database, clock, CHANNEL)
    places = Places(CHANNEL)
    monkeypatch.setattr(stage.duties._care, "_places", places)

    await stage.duties._tend()
    places.closed.clear()
    await stage.duties._tend()

    assert [one.suspended for one in await ScheduleStore(stage.database).list_for(GUILD)] == [None]
