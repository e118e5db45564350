"""Limits: Discord's numbers and headers, and a client that keeps to them."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.clock import ManualClock
from bot.sandbox.double.clockwork import Elapsed
from bot.sandbox.double.rest.limits import MESSAGES, Limits
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.conftest import Http

HERE = {"channel_id": "1"}


def made() -> tuple[Limits, ManualClock]:
    clock = ManualClock(datetime(2026, 3, 2, tzinfo=UTC))
    return Limits(clock, Elapsed(clock, monotonic=lambda: 0.0)), clock


def statuses(limits: Limits, route: str, names: dict[str, str], times: int) -> list[int]:
    answers = [limits.admit(route, names)[0] for _ in range(times)]
    return [200 if answer is None else answer.status for answer in answers]


def test_five_messages_in_five_seconds_a_channel() -> None:
    limits, clock = made()

    assert statuses(limits, MESSAGES, HERE, 6) == [200] * 5 + [429]
    assert statuses(limits, MESSAGES, {"channel_id": "2"}, 1) == [200]
    clock.set(clock.now() + timedelta(seconds=4.9))
    assert statuses(limits, MESSAGES, HERE, 1) == [429]
    clock.set(clock.now() + timedelta(seconds=0.2))
    assert statuses(limits, MESSAGES, HERE, 1) == [200]


def test_headers_count_down_and_a_refusal_says_how_long() -> None:
    limits, clock = made()

    _, first = limits.admit(MESSAGES, HERE)
    clock.set(clock.now() + timedelta(seconds=1))
    last = [limits.admit(MESSAGES, HERE)[1] for _ in range(4)][-1]
    refusal, _ = limits.admit(MESSAGES, HERE)

    assert (first["X-RateLimit-Limit"], first["X-RateLimit-Remaining"], first["X-RateLimit-Reset-After"]) == (
        "5", "4", "5.000",
    )  # fmt: skip
    assert (last["X-RateLimit-Remaining"], last["X-RateLimit-Bucket"]) == ("0", first["X-RateLimit-Bucket"])
    assert float(last["X-RateLimit-Reset"]) == clock.now().timestamp() + 4
    assert refusal is not None
    assert (refusal.body["retry_after"], refusal.body["global"]) == (4.0, False)
    assert refusal.headers is not None
    assert (refusal.headers["Retry-After"], refusal.headers["X-RateLimit-Scope"]) == ("5", "user")


def test_fifty_a_second_over_all_but_not_for_interactions() -> None:
    limits, clock = made()
    of_tokens = "POST /webhooks/{webhook_id}/{webhook_token}"

    answers = [limits.admit(MESSAGES, {"channel_id": str(number)})[0] for number in range(51)]
    passing = limits.admit(of_tokens, {"webhook_id": "1", "webhook_token": "t"})[0]
    clock.set(clock.now() + timedelta(seconds=1))

    assert [answer is None for answer in answers] == [True] * 50 + [False]
    refusal = answers[-1]
    assert refusal is not None
    assert refusal.headers is not None
    assert (refusal.body["global"], refusal.headers["X-RateLimit-Global"]) == (True, "true")
    assert passing is None
    assert limits.admit(MESSAGES, {"channel_id": "99"})[0] is None


def test_publishing_has_an_hourly_limit_that_no_header_announces() -> None:
    limits, clock = made()
    route = "POST /channels/{channel_id}/messages/{message_id}/crosspost"
    for _ in range(10):
        refusal, headers = limits.admit(route, HERE)
        assert refusal is None
        assert float(headers["X-RateLimit-Reset-After"]) <= 5

    refusal, _ = limits.admit(route, HERE)
    clock.set(clock.now() + timedelta(hours=1))

    assert refusal is not None
    assert refusal.body["retry_after"] == 3600
    assert limits.admit(route, HERE)[0] is None


def test_ten_thousand_invalid_requests_are_a_ban_for_a_while() -> None:
    limits, clock = made()
    for status in (401, 403, 429) * 3334:
        limits.note(status)
    limits.note(200)

    refusal, _ = limits.admit(MESSAGES, HERE)
    clock.set(clock.now() + timedelta(minutes=11))

    assert refusal is not None
    assert (refusal.status, isinstance(refusal.body, str), "Via" in (refusal.headers or {})) == (429, True, False)
    assert limits.admit(MESSAGES, HERE)[0] is None
    assert limits.invalid_requests == 0


def test_they_can_be_switched_off() -> None:
    limits, _ = made()
    limits.off()

    assert statuses(limits, MESSAGES, HERE, 200) == [200] * 200


async def test_a_real_client_paces_itself_and_is_never_refused(double: Double, http: Http, channel: JsonObject) -> None:
    path = f"/channels/{channel['id']}/messages"
    ids = [double.messages.send(channel["id"], {"content": "x"}, (), double.state.bot)["id"] for _ in range(7)]
    began = time.perf_counter()

    for message in ids:
        await http.ask("DELETE", f"{path}/{message}")

    assert time.perf_counter() - began > 0.9
    assert [entry.status for entry in double.log if entry.method == "DELETE"] == [204] * 7


async def test_a_client_that_does_not_pace_itself_is_told(double: Double, channel: JsonObject) -> None:
    headers = {"Authorization": f"Bot {double.state.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def send() -> tuple[int, Any]:
            async with session.post(f"{double.api}/channels/{channel['id']}/messages", json={"content": "x"}) as answer:
                return answer.status, await answer.json()

        answers = await asyncio.gather(*(send() for _ in range(7)))

    refused = [body for status, body in answers if status == 429]
    assert len(refused) == 2
    assert 0 < refused[0]["retry_after"] <= 5
    assert double.limits.invalid_requests == 2
