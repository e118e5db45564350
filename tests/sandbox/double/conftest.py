"""A double for each test, watched: what it answers must be what Discord would."""

import asyncio
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import discord
import discord.gateway
import discord.http
import pytest
import yarl

from bot.sandbox.double.checks.spec import VARIABLE, Spec
from bot.sandbox.double.errors import Problem
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.watching import watch

_BACK_OFF = 0.02


class Hurried:
    """The module asyncio, whose whole-second sleeps are short: those are discord.py's pauses after a failure."""

    def __init__(self, real: ModuleType) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(_BACK_OFF if isinstance(seconds, int) else seconds)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make discord.py try again at once."""
    monkeypatch.setattr(discord.http, "asyncio", Hurried(asyncio))


@pytest.fixture
async def double(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Double]:
    """A double that discord.py is pointed at, with the limits on; shards need not wait for each other."""
    wrong: list[tuple[str, Problem]] = []
    async with Double() as opened:
        opened.gateway.identify_seconds = 0.0
        opened.listeners.append(watch(wrong))
        monkeypatch.setattr(discord.http.Route, "BASE", opened.api)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(opened.gateway_url))
        yield opened
    assert wrong == []


@pytest.fixture
async def http(double: Double) -> AsyncIterator["Http"]:
    """The HTTP client of discord.py, logged in, without a gateway."""
    client = discord.http.HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=60)
    await client.static_login(double.state.token)
    yield Http(client)
    await client.close()


class Http:
    """Sends requests by discord.py's own client, and returns errors as values."""

    def __init__(self, client: discord.http.HTTPClient) -> None:
        self.client = client

    async def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Return the answer's JSON.

        Raises:
            discord.HTTPException: it is no success.
        """
        more = {} if body is None else {"json": body}
        return await self.client.request(discord.http.Route(method, path), params=query, **more)

    async def refused(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, int]:
        """Return status and code of the error that comes."""
        with pytest.raises(discord.HTTPException) as caught:
            await self.ask(method, path, body, **query)
        return caught.value.status, caught.value.code


@pytest.fixture
def spec() -> Spec:
    """Discord's own file; the test is skipped where there is none."""
    found = Spec.from_environment()
    if found is None:
        pytest.skip(f"no OpenAPI file of Discord's: set {VARIABLE} to it")
    return found


@pytest.fixture
def ada(double: Double) -> JsonObject:
    """Somebody who owns a server."""
    return double.state.add_user("ada")


@pytest.fixture
def guild(double: Double, ada: JsonObject) -> JsonObject:
    """A server that the bot is in."""
    return double.state.add_guild("Readers", ada)


@pytest.fixture
def channel(double: Double, guild: JsonObject) -> JsonObject:
    """A text channel in it."""
    return double.state.add_channel(guild, "daily-news")


@pytest.fixture
def owner(double: Double, ada: JsonObject, channel: JsonObject) -> Member:
    """The server's owner in that channel."""
    return double.member(ada, channel)


@pytest.fixture
def reader(double: Double, guild: JsonObject, channel: JsonObject) -> Member:
    """A member without any role in that channel."""
    user = double.state.add_user("ben")
    double.state.add_member(guild, user)
    return double.member(user, channel)
