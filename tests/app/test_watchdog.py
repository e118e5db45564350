"""Canary: it notices a client that hangs, Discord's silence, and its end; over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from discord.http import HTTPClient, Route

from bot.app.watchdog import Canary
from bot.delivery.poster import TokenRefusedError
from bot.sandbox.double.faults import Fault
from bot.sandbox.double.server import Double


@pytest.fixture
async def double(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Double]:
    async with Double() as opened:
        opened.limits.off()
        monkeypatch.setattr(Route, "BASE", opened.api)
        yield opened


@pytest.fixture
async def http(double: Double) -> AsyncIterator[HTTPClient]:
    client = HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=60)
    await client.static_login(double.state.token)
    yield client
    await client.close()


def canary(http: HTTPClient, answers: list[str]) -> Canary:
    return Canary(http, lambda: answers.append("again"), every_seconds=0.02, stuck_seconds=1.0)


async def test_a_client_that_hangs_after_a_cancelled_global_wait_is_noticed(double: Double, http: HTTPClient) -> None:
    double.faults.arm(Fault.RATE_LIMITED_GLOBALLY, method="GET", seconds=5.0)
    request = asyncio.ensure_future(http.request(Route("GET", "/users/@me")))
    await asyncio.sleep(0.2)
    request.cancel()
    with suppress(asyncio.CancelledError):
        await request

    async with asyncio.timeout(10):
        await canary(http, []).watch()


async def test_a_rate_limit_is_waited_out_and_no_sign_of_hanging(double: Double, http: HTTPClient) -> None:
    double.faults.arm(Fault.RATE_LIMITED_GLOBALLY, method="GET", seconds=0.3)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1.5):
            await canary(http, []).watch()


async def test_the_end_of_a_fault_is_told_once(double: Double, http: HTTPClient) -> None:
    answers: list[str] = []
    double.faults.arm(Fault.UNAVAILABLE, method="GET", times=2)
    double.faults.arm(Fault.RESET_BEFORE, method="GET", times=2)

    with suppress(TimeoutError):
        async with asyncio.timeout(1.5):
            await canary(http, answers).watch()

    assert answers == ["again"]


async def test_a_token_that_was_reset_ends_the_watch(double: Double, http: HTTPClient) -> None:
    double.state.token = "another"

    with pytest.raises(TokenRefusedError):
        await canary(http, []).watch()
