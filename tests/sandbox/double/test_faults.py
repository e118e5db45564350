"""Faults: each goes wrong in its own way, over real sockets, and a real client makes of it what it does."""

import asyncio
from collections import Counter

import aiohttp
import discord
import pytest

from bot.sandbox.double.events import Exchange, FaultsChanged
from bot.sandbox.double.faults import OF_THE_GATEWAY, PASSING, ROUTES, Fault, Faults
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import connected
from tests.sandbox.double.conftest import Http

SEND = r"/messages$"


def count(double: Double, channel: JsonObject) -> int:
    return len(double.state.messages.get(channel["id"], {}))


@pytest.mark.parametrize(
    "fault",
    [Fault.RATE_LIMITED, Fault.RATE_LIMITED_GLOBALLY, Fault.INTERNAL, Fault.BAD_GATEWAY],
)
async def test_what_the_client_tries_again_gives_one_message(
    double: Double, http: Http, channel: JsonObject, fault: Fault
) -> None:
    double.faults.arm(fault, path=SEND, times=2, seconds=0.01)

    await http.ask("POST", f"/channels/{channel['id']}/messages", {"content": "x"})

    statuses = [entry.status for entry in double.log if entry.method == "POST"]
    assert count(double, channel) == 1
    assert len(statuses) == 3
    assert double.faults.armed == []


@pytest.mark.parametrize(
    ("fault", "error", "stored"),
    [
        (Fault.UNAVAILABLE, discord.DiscordServerError, 0),
        (Fault.FORBIDDEN, discord.Forbidden, 0),
        (Fault.NOT_FOUND, discord.NotFound, 0),
        (Fault.BANNED, discord.HTTPException, 0),
        (Fault.RESET_BEFORE, aiohttp.ClientError, 0),
        (Fault.REPLY_LOST, aiohttp.ClientError, 1),
    ],
)
async def test_what_the_client_leaves_to_the_bot_comes_through(
    double: Double, http: Http, channel: JsonObject, fault: Fault, error: type[Exception], stored: int
) -> None:
    double.faults.arm(fault, path=SEND)
    body = {"content": "x", "nonce": "n", "enforce_nonce": True}
    path = f"/channels/{channel['id']}/messages"

    with pytest.raises(error):
        await http.ask("POST", path, body)
    before = count(double, channel)
    await http.ask("POST", path, body)

    assert (before, count(double, channel)) == (stored, 1)
    lost = next(entry.status for entry in double.log if entry.method == "POST") is None
    assert lost == (fault in {Fault.RESET_BEFORE, Fault.REPLY_LOST})


async def test_a_long_wait_is_refused_by_a_client_that_does_not_want_it(
    http: Http, double: Double, channel: JsonObject
) -> None:
    double.faults.arm(Fault.RATE_LIMITED, path=SEND, seconds=3600)

    with pytest.raises(discord.RateLimited):
        await http.ask("POST", f"/channels/{channel['id']}/messages", {"content": "x"})


async def test_a_slow_callback_comes_too_late(double: Double, owner: Member) -> None:
    double.interactions.acknowledge_seconds = 0.1
    double.faults.arm(Fault.SLOW, path=r"/callback$", seconds=0.2)
    async with connected(double):
        seen = await owner.slash("ping", word="x")
        await asyncio.sleep(0.15)

    assert seen.failure is not None
    assert [entry.status for entry in double.log if entry.path.endswith("/callback")] == [404]


@pytest.mark.parametrize("fault", sorted(OF_THE_GATEWAY))
async def test_faults_of_the_gateway_come_with_a_request_that_is_served(
    double: Double, channel: JsonObject, fault: Fault
) -> None:
    double.faults.arm(fault, path=SEND)
    async with connected(double) as bot:
        await bot.place(channel).send("x")
        await bot.hears(
            "READY" if fault is Fault.INVALID_SESSION else "RESUMED", times=1 + (fault is Fault.INVALID_SESSION)
        )

    assert count(double, channel) == 1


async def test_a_panel_orders_them_and_sees_them_used_up(double: Double, http: Http, channel: JsonObject) -> None:
    notices: list[object] = []
    double.listeners.append(notices.append)

    double.order("500", "send", 2)
    double.order("403", "edit", 1)
    double.order("gateway-drop", "any", 1)
    armed = double.faults.shown()["armed"]
    double.faults.disarm(int(armed[1]["id"]))
    await http.ask("POST", f"/channels/{channel['id']}/messages", {"content": "x"})

    assert armed == [
        {"id": "1", "kind": "500", "route": "send", "left": 2},
        {"id": "2", "kind": "403", "route": "edit", "left": 1},
    ]
    assert double.faults.shown()["armed"] == []
    assert sum(isinstance(notice, FaultsChanged) for notice in notices) == 5
    with pytest.raises(ValueError, match="nonsense"):
        double.order("nonsense", "any", 1)
    with pytest.raises(KeyError):
        double.order("500", "nonsense", 1)


def test_every_fault_has_a_label_and_a_note() -> None:
    shown = Faults().shown()

    assert {kind["id"] for kind in shown["kinds"]} == set(Fault)
    assert all(kind["label"] and kind["note"] for kind in shown["kinds"])
    assert [route["id"] for route in shown["routes"]] == list(ROUTES)


def test_chance_is_repeatable_and_hits_message_sends_only() -> None:
    drawn = [_draw(seed) for seed in (7, 7, 8)]
    counted = Counter(kind for kind in drawn[0] if kind is not None)

    assert drawn[0] == drawn[1] != drawn[2]
    assert set(counted) == set(PASSING)
    assert 120 < sum(counted.values()) < 280


def test_chance_can_be_ended_and_drawn_from_other_kinds() -> None:
    faults = Faults()
    faults.at_random(1.0, 1, (Fault.UNAVAILABLE,))
    hit = faults.next("POST", "/channels/1/messages")
    other = faults.next("PATCH", "/channels/1/messages/2")
    faults.at_random(0.0, 1)

    assert hit is not None
    assert (hit.kind, other, faults.next("POST", "/channels/1/messages")) == (Fault.UNAVAILABLE, None, None)


def _draw(seed: int) -> list[Fault | None]:
    faults = Faults()
    faults.at_random(0.2, seed)
    found = [faults.next("POST", "/channels/1/messages") for _ in range(1000)]
    return [armed.kind if armed else None for armed in found]


async def test_each_request_is_told_with_its_answer(double: Double, http: Http, channel: JsonObject) -> None:
    notices: list[object] = []
    double.listeners.append(notices.append)

    await http.ask("POST", f"/channels/{channel['id']}/messages", {"content": "x"})

    (told,) = [notice for notice in notices if isinstance(notice, Exchange)]
    assert (told.method, told.status, told.answer["content"]) == ("POST", 200, "x")
    assert told.route == "POST /channels/{channel_id}/messages"
    assert told.milliseconds > 0
