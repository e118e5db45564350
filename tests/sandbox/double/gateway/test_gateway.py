"""Gateway: what a real client makes of what happens, and of every way in which a connection fails."""

import asyncio
import zlib
from collections.abc import Callable, Coroutine
from typing import Any

import discord
import pytest

from bot.sandbox.double.gateway.gateway import Gateway
from bot.sandbox.double.members import Member
from bot.sandbox.double.permissions import VIEW_CHANNEL
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import BareBot, connected

RESUMED: dict[str, Callable[[Gateway], None]] = {
    "cut off": Gateway.drop,
    "op 7": Gateway.ask_reconnect,
    "op 9, resumable": lambda gateway: gateway.invalidate(resumable=True),
    "closed with 4000": lambda gateway: gateway.close(4000),
    "closed with 4008": lambda gateway: gateway.close(4008),
    "closed with 1001": lambda gateway: gateway.close(1001),
}
ANEW: dict[str, Callable[[Gateway], None]] = {
    "op 9, not resumable": Gateway.invalidate,
    "closed with 4009": lambda gateway: gateway.close(4009),
}


class Inflating:
    """What discord.py uses where zstandard is not installed."""

    COMPRESSION_TYPE = "zlib-stream"

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj()

    def decompress(self, data: bytes, /) -> str | None:
        return self._inflate.decompress(data).decode()


@pytest.mark.parametrize("fail", RESUMED.values(), ids=RESUMED.keys())
async def test_a_lost_connection_is_resumed_and_misses_nothing(
    double: Double, channel: JsonObject, fail: Callable[[Gateway], None]
) -> None:
    async with connected(double) as bot:
        fail(double.gateway)
        double.guilds.change_channel(channel, name="renamed-meanwhile")
        await bot.hears("RESUMED")
        await bot.hears("CHANNEL_UPDATE")
        known = bot.get_channel(int(channel["id"]))

    assert bot.heard.count("READY") == 1
    assert isinstance(known, discord.TextChannel)
    assert known.name == "renamed-meanwhile"


@pytest.mark.parametrize("fail", ANEW.values(), ids=ANEW.keys())
async def test_a_session_that_is_gone_is_begun_anew(
    double: Double, channel: JsonObject, fail: Callable[[Gateway], None]
) -> None:
    async with connected(double) as bot:
        fail(double.gateway)
        double.guilds.change_channel(channel, name="renamed-meanwhile")
        await bot.hears("READY", times=2)
        await bot.hears("GUILD_CREATE", times=2)
        known = bot.get_channel(int(channel["id"]))

    assert "RESUMED" not in bot.heard
    assert isinstance(known, discord.TextChannel)
    assert known.name == "renamed-meanwhile"


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_some_close_codes_end_it_for_good(double: Double, code: int) -> None:
    bot = BareBot()
    task = asyncio.ensure_future(bot.start(double.state.token))
    await asyncio.wait_for(double.gateway.identified.wait(), 10)

    double.gateway.close(code)

    with pytest.raises((discord.ConnectionClosed, discord.PrivilegedIntentsRequired)):
        await asyncio.wait_for(task, 10)
    await bot.close()


async def test_zlib_is_spoken_where_the_client_wants_it(
    double: Double, channel: JsonObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.utils, "_ActiveDecompressionContext", Inflating)
    async with connected(double) as bot:
        assert bot.get_channel(int(channel["id"])) is not None


async def test_two_shards_get_their_own_servers_and_the_interactions_of_those(double: Double, ada: JsonObject) -> None:
    guilds = [double.state.add_guild(f"G{n}", ada, guild_id=str((1000 + n) << 22)) for n in range(2)]
    channels = [double.state.add_channel(one, "news") for one in guilds]
    double.gateway.shards = 2
    first = BareBot(shard_id=0, shard_count=2)
    second = BareBot(shard_id=1, shard_count=2)
    async with connected(double, first):
        double.gateway.identified.clear()
        async with connected(double, second):
            texts = [(await double.member(ada, channel).slash("ping", word="x")).text for channel in channels]

    assert texts == ["pong x", "pong x"]
    assert [bot.heard.count("INTERACTION_CREATE") for bot in (first, second)] == [1, 1]
    assert [[guild.name for guild in bot.guilds] for bot in (first, second)] == [["G0"], ["G1"]]


async def test_a_bot_with_the_guilds_intent_hears_of_no_message(
    double: Double, guild: JsonObject, reader: Member, channel: JsonObject
) -> None:
    async with connected(double) as bot:
        reader.say("hello")
        await bot.place(channel).send("hello")
        double.guilds.add_channel(guild, "more")
        await bot.hears("CHANNEL_CREATE")

    assert not [kind for kind in bot.heard if kind.startswith("MESSAGE")]


async def test_with_the_messages_intent_it_hears_of_them_where_it_sees_the_channel(
    double: Double, guild: JsonObject, reader: Member, channel: JsonObject
) -> None:
    hidden = double.state.add_channel(guild, "hidden")
    everyone = guild["roles"][0]
    double.guilds.overwrite(hidden, everyone, deny=VIEW_CHANNEL)
    double.guilds.overwrite(hidden, reader.user, allow=VIEW_CHANNEL)
    seen: list[tuple[int, str]] = []

    async with connected(double, BareBot(discord.Intents(guilds=True, guild_messages=True))) as bot:

        @bot.event
        async def on_message(message: discord.Message) -> None:
            seen.append((message.channel.id, message.content))

        reader.at(hidden).say("secret")
        reader.say("without the content intent this comes empty")
        reader.say(f"<@{double.state.bot['id']}> this does not")
        await bot.hears("MESSAGE_CREATE", times=2)

    here = int(channel["id"])
    assert seen == [(here, ""), (here, f"<@{double.state.bot['id']}> this does not")]


async def test_servers_come_go_and_fail(double: Double, guild: JsonObject, ada: JsonObject) -> None:
    happened: list[str] = []
    async with connected(double) as bot:
        for name in ("guild_join", "guild_remove", "guild_unavailable", "guild_available"):
            bot.event(_note(happened, name))
        other = double.state.add_guild("Others", ada, joined=False)
        double.guilds.join(other)
        await bot.hears("GUILD_CREATE", times=2)
        double.guilds.begin_outage(guild)
        await bot.hears("GUILD_DELETE")
        double.guilds.end_outage(guild)
        await bot.hears("GUILD_CREATE", times=3)
        double.guilds.leave(other)
        await bot.hears("GUILD_DELETE", times=2)
        known = [one.name for one in bot.guilds]

    assert happened == ["guild_join", "guild_unavailable", "guild_available", "guild_remove"]
    assert known == ["Readers"]


async def test_nothing_is_told_of_a_server_that_the_bot_left(
    double: Double, guild: JsonObject, ada: JsonObject
) -> None:
    other = double.state.add_guild("Others", ada)
    async with connected(double) as bot:
        double.guilds.leave(other)
        double.guilds.add_channel(other, "unheard")
        double.guilds.add_channel(guild, "heard")
        await bot.hears("CHANNEL_CREATE")
        names = {channel.name for channel in bot.get_all_channels()}

    assert names == {"heard"}


async def test_roles_and_overwrites_reach_the_clients_view_of_permissions(
    double: Double, guild: JsonObject, channel: JsonObject
) -> None:
    async with connected(double) as bot:
        known = bot.get_channel(int(channel["id"]))
        assert isinstance(known, discord.TextChannel)
        before = known.permissions_for(known.guild.me).view_channel
        double.guilds.overwrite(channel, guild["roles"][0], deny=VIEW_CHANNEL)
        await bot.hears("CHANNEL_UPDATE")
        after = known.permissions_for(known.guild.me).view_channel

    assert (before, after) == (True, False)


def _note(happened: list[str], name: str) -> Callable[[discord.Guild], Coroutine[Any, Any, None]]:
    async def handler(_: discord.Guild) -> None:
        happened.append(name)

    handler.__name__ = f"on_{name}"
    return handler


class Sharded(discord.AutoShardedClient):
    """A client that asks how many shards to run."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once."""


async def test_a_client_runs_as_many_shards_as_it_is_advised_to(double: Double, ada: JsonObject) -> None:
    for number in range(3):
        double.state.add_guild(f"G{number}", ada, guild_id=str((1000 + number) << 22))
    double.gateway.shards = 3
    client = Sharded(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
    task = asyncio.ensure_future(client.start(double.state.token))
    async with asyncio.timeout(10):
        await double.gateway.identified.wait()
        await client.wait_until_ready()
    shards = {guild.name: guild.shard_id for guild in client.guilds}
    await client.close()
    await task

    assert shards == {"G0": 1, "G1": 2, "G2": 0}
