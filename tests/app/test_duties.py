"""Duties: whichever of them hears that the token is refused, the session ends with words for the operator."""

import asyncio
from collections.abc import AsyncIterator
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
from bot.storage.subscriptions import SubscriptionStore
from tests.delivery.test_care import silent_since
from tests.storage.samples import CHANNEL, GUILD, NOON, USER

FEED = "https://skerry.example/feed"


@pytest.fixture
async def duties(sqlite: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Duties]:
    """The duties of a client whose token was reset after it had logged in."""
    async with Double() as double:
        monkeypatch.setattr(Route, "BASE", double.api)
        client = discord.Client(intents=discord.Intents.none())
        async with client:
            await client.login(double.state.token)
            double.state.token = "another"
            machinery = SimpleNamespace(database=sqlite, clock=clock, news=None)  # nothing is composed
            yield Duties(client, machinery, load_settings({}), Health(), Breaker())  # type: ignore[arg-type] # all they use


async def _hears(duties: Duties) -> None:
    async with asyncio.timeout(1):
        await duties._token_refused()


async def test_a_refused_token_is_heard_by_who_looks_after_channels(duties: Duties, sqlite: Database) -> None:
    await silent_since(sqlite, 5)

    await duties._tend()

    with pytest.raises(TokenRefusedError):
        await _hears(duties)


async def test_a_refused_token_is_heard_by_who_tells_of_feeds(duties: Duties, sqlite: Database) -> None:
    by = By(USER, NOON - timedelta(days=1))
    await GuildStore(sqlite).join(GUILD, NOON)
    await GuildStore(sqlite).set_details(GUILD, by=by, notice_channel=CHANNEL)
    await SubscriptionStore(sqlite).add(GUILD, FEED, "The Skerry Post", by=by)
    feed = await FeedStore(sqlite).find(FEED)
    assert feed is not None
    await FeedNoticeStore(sqlite).note(FeedId(feed.id), "failing", "timeout", NOON)

    await duties._tell()

    assert await FeedNoticeStore(sqlite).waiting()
    with pytest.raises(TokenRefusedError):
        await _hears(duties)
