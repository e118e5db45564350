"""The gateway's protocol: every way in and every way out."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.double.events import BotStateChanged
from bot.sandbox.double.gateway import protocol
from bot.sandbox.double.gateway.intents import GUILD_MEMBERS, GUILDS, MESSAGE_CONTENT
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.gateway.raw import raw_client


@pytest.mark.parametrize("compression", [None, "zlib-stream", "zstd-stream"])
async def test_hello_ready_and_the_servers_come_in_every_compression(
    double: Double, guild: JsonObject, compression: str | None
) -> None:
    async with raw_client(double, compression=compression) as client:
        hello = await client.next()
        await client.identify(double.state.token)
        ready = await client.until("READY")
        created = await client.until("GUILD_CREATE")

    assert hello["op"] == 10
    assert hello["d"]["heartbeat_interval"] == 41250
    assert ready["guilds"] == [{"id": guild["id"], "unavailable": True}]
    assert created["name"] == "Readers"
    assert [member["user"]["id"] for member in created["members"]] == [double.state.bot["id"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"intents": 1 << 30}, 4013),
        ({"intents": None}, 4013),
        ({"intents": GUILDS | MESSAGE_CONTENT}, 4014),
        ({"intents": GUILD_MEMBERS}, 4014),
        ({"shard": [2, 2]}, 4010),
    ],
    ids=["wrong token", "unknown intent", "no intents", "message content", "members", "no such shard"],
)
async def test_a_wrong_identify_is_closed(double: Double, data: dict[str, Any], code: int) -> None:
    async with raw_client(double) as client:
        await client.send(2, {"token": double.state.token, "intents": GUILDS, "properties": {}} | data)

        assert await client.closed() == code


async def test_a_privileged_intent_that_was_granted_passes(double: Double) -> None:
    double.gateway.privileged = GUILD_MEMBERS
    async with raw_client(double) as client:
        await client.identify(double.state.token, intents=GUILDS | GUILD_MEMBERS)

        assert await client.until("READY")


async def test_an_old_version_is_closed(double: Double) -> None:
    async with raw_client(double, version="6") as client:
        assert await client.closed() == 4012


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", 4002),
        ('{"d": 1}', 4002),
        ('{"op": 99}', 4001),
        ('{"op": 3, "d": {}}', 4003),
        ('{"op": 2, "d": null}', 4002),
        ('{"op": 6, "d": []}', 4002),
    ],
    ids=["no JSON", "no op", "unknown op", "presence before identify", "identify without data", "wrong resume"],
)
async def test_what_is_no_frame_is_closed(double: Double, text: str, code: int) -> None:
    async with raw_client(double) as client:
        await client.ws.send_str(text)

        assert await client.closed() == code


async def test_identifying_twice_is_closed(double: Double) -> None:
    async with raw_client(double) as client:
        await client.identify(double.state.token)
        await client.identify(double.state.token)

        assert await client.closed() == 4005


async def test_too_many_frames_are_closed(double: Double) -> None:
    async with raw_client(double) as client:
        for _ in range(121):
            await client.send(1)

        assert await client.closed() == 4008


async def test_heartbeats_are_answered_and_missing_ones_end_the_session(double: Double) -> None:
    double.gateway.heartbeat_seconds = 0.1
    async with raw_client(double) as client:
        await client.next()
        await client.identify(double.state.token)
        ready = await client.until("READY")
        ops = []
        for _ in range(3):
            await client.send(1, 1)
            ops.append((await client.next())["op"])
            await asyncio.sleep(0.08)
        code = await client.closed()

    assert ops == [11, 11, 11]
    assert code == 4009
    assert ready["session_id"] not in double.gateway.sessions


async def test_a_second_shard_has_to_wait(double: Double) -> None:
    double.gateway.identify_seconds = 60
    async with raw_client(double) as first, raw_client(double) as second:
        await first.identify(double.state.token, shard=(0, 2))
        await first.until("READY")
        await second.next()
        await second.identify(double.state.token, shard=(1, 2))

        assert await second.next() == {"op": 9, "d": False, "s": None, "t": None}


async def test_shards_share_the_servers_and_the_first_has_the_direct_messages(double: Double, ada: JsonObject) -> None:
    even, odd = (double.state.add_guild(f"G{n}", ada, guild_id=str((1000 + n) << 22)) for n in range(2))
    channels = [double.state.add_channel(one, "news") for one in (even, odd)]
    async with raw_client(double) as first, raw_client(double) as second:
        await first.identify(double.state.token, shard=(0, 2))
        await second.identify(double.state.token, shard=(1, 2))
        seen = [(await client.until("GUILD_CREATE"))["id"] for client in (first, second)]
        for channel in channels:
            double.guilds.change_channel(channel, topic="t")
        changed = [(await client.until("CHANNEL_UPDATE"))["id"] for client in (first, second)]

    assert seen == [even["id"], odd["id"]]
    assert changed == [channel["id"] for channel in channels]


async def test_a_resume_brings_what_was_missed_and_nothing_twice(double: Double, channel: JsonObject) -> None:
    gone = asyncio.Event()
    double.listeners.append(lambda notice: gone.set() if notice == BotStateChanged("offline") else None)
    async with raw_client(double) as client:
        await client.identify(double.state.token)
        ready = await client.until("READY")
        await client.until("GUILD_CREATE")
    await asyncio.wait_for(gone.wait(), 5)
    double.guilds.change_channel(channel, topic="one")
    double.guilds.change_channel(channel, topic="two")
    async with raw_client(double) as client:
        await client.next()
        await client.send(6, {"token": double.state.token, "session_id": ready["session_id"], "seq": 3})
        frames = [await client.next() for _ in range(2)]

    assert ready["resume_gateway_url"] == double.gateway_url
    assert [(frame["t"], frame["s"]) for frame in frames] == [("CHANNEL_UPDATE", 4), ("RESUMED", 5)]
    assert frames[0]["d"]["topic"] == "two"


@pytest.mark.parametrize("refuse", [True, False], ids=["refused", "unknown session"])
async def test_a_resume_that_fails_asks_to_identify_anew(double: Double, refuse: bool) -> None:
    async with raw_client(double) as client:
        await client.identify(double.state.token)
        ready = await client.until("READY")
    double.gateway.refuse_resume = refuse
    session = ready["session_id"] if refuse else "nonsense"
    async with raw_client(double) as client:
        await client.next()
        await client.send(6, {"token": double.state.token, "session_id": session, "seq": 1})

        assert (await client.next())["op"] == 9


async def test_a_resume_from_the_future_is_closed_and_ends_the_session(double: Double) -> None:
    async with raw_client(double) as client:
        await client.identify(double.state.token)
        ready = await client.until("READY")
    async with raw_client(double) as client:
        await client.send(6, {"token": double.state.token, "session_id": ready["session_id"], "seq": 99})

        assert await client.closed() == 4007
    assert double.gateway.sessions == {}


async def test_members_are_given_by_id(double: Double, guild: JsonObject, ada: JsonObject) -> None:
    async with raw_client(double) as client:
        await client.identify(double.state.token)
        await client.send(8, {"guild_id": guild["id"], "user_ids": [ada["id"], "1"], "nonce": "n"})
        chunk = await client.until("GUILD_MEMBERS_CHUNK")

    assert [member["user"]["username"] for member in chunk["members"]] == ["ada"]
    assert chunk["nonce"] == "n"


async def test_too_many_servers_for_one_shard_are_closed(
    double: Double, guild: JsonObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "_GUILDS_A_SHARD", 0)
    async with raw_client(double) as client:
        await client.identify(double.state.token)

        assert await client.closed() == 4011
