"""DiscordPlaces over the gateway: a channel that opens again is heard of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.delivery.places import DiscordPlaces, listen_for_changes
from bot.sandbox.double.server import Double


@pytest.fixture
async def double(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Double]:
    async with Double() as opened:
        opened.gateway.identify_seconds = 0.0
        monkeypatch.setattr(Route, "BASE", opened.api)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(opened.gateway_url))
        yield opened


@asynccontextmanager
async def connected(double: Double) -> AsyncIterator[commands.Bot]:
    client = commands.Bot((), intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
    async with client:
        task = asyncio.ensure_future(client.start(double.state.token))
        async with asyncio.timeout(10):
            await double.gateway.identified.wait()
            await client.wait_until_ready()
        yield client
    await task


async def test_a_thread_that_is_opened_again_is_heard_of(double: Double) -> None:
    ada = double.state.add_user("ada")
    guild = double.state.add_guild("Readers", ada)
    channel = double.state.add_channel(guild, "daily-news")
    thread = double.threads.start(channel, {"name": "digests", "type": 11}, ada["id"])
    server, place = int(guild["id"]), int(thread["id"])
    seen: list[tuple[int, bool]] = []
    news = asyncio.Event()

    async with connected(double) as client:
        places = DiscordPlaces(client)

        async def changed(server: int) -> None:
            seen.append((server, places.can_post(server, place)))
            news.set()

        listen_for_changes(client, changed)
        for archived in (True, False):
            news.clear()
            double.threads.update(thread, {"archived": archived, "locked": archived}, ada["id"])
            async with asyncio.timeout(5):
                await news.wait()

    assert seen == [(server, False), (server, True)]
    assert double.violations == []
