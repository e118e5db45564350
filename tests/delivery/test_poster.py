"""DiscordPoster over real sockets: nothing is asked of Discord while it wants nothing from us."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from discord.http import HTTPClient, Route

from bot.delivery.breaker import Breaker
from bot.delivery.poster import DiscordPoster, PostponedError
from bot.sandbox.double.server import Double
from tests.delivery.test_breaker import Time
from tests.delivery.test_sender import payload


@pytest.fixture
async def double(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Double]:
    async with Double() as opened:
        monkeypatch.setattr(Route, "BASE", opened.api)
        yield opened


@pytest.fixture
async def http(double: Double) -> AsyncIterator[HTTPClient]:
    client = HTTPClient(asyncio.get_running_loop())
    await client.static_login(double.state.token)
    yield client
    await client.close()


async def test_while_the_breaker_rests_every_request_is_put_off(double: Double, http: HTTPClient) -> None:
    guild = double.state.add_guild("Readers", double.state.add_user("ada"))
    channel = int(double.state.add_channel(guild, "daily-news")["id"])
    time = Time()
    breaker = Breaker(time)
    poster = DiscordPoster(http, breaker=breaker)
    message = await poster.post(channel, payload(1, 1), "a")
    before = len(double.log)

    breaker.note(429, {"Retry-After": "900"})
    calls: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: poster.post(channel, payload(1, 2), "b"),
        lambda: poster.find(channel, payload(1, 1), None),
        lambda: poster.edit(channel, message, payload(1, 1)),
    )
    waits = []
    for call in calls:
        with pytest.raises(PostponedError) as caught:
            await call()
        waits.append((caught.value.seconds, caught.value.arrived, caught.value.is_weather))
    asked = len(double.log) - before
    time.now = 901.0

    assert (asked, waits) == (0, [(900.0, False, False)] * 3)
    assert await poster.find(channel, payload(1, 1), None) == message
