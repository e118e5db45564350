"""The whole bot as its own process, through faults of network, gateway, clock, permissions and token."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from time import monotonic

import pytest
import pytest_asyncio

from bot.sandbox.double.faults import PASSING, Fault
from bot.sandbox.double.permissions import SEND_MESSAGES
from bot.sandbox.double.state import JsonObject
from tests.app.running import Running, running
from tests.promises import Record

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow, pytest.mark.timeout(600)]

PROMISE = "12 faults of machine and network"
MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(tmp_path_factory.mktemp("faults")) as opened:
        yield opened


def editions(stage: Running, channel: JsonObject) -> list[JsonObject]:
    """Return the first messages of all editions in *channel*."""
    found = stage.double.state.messages.get(channel["id"], {}).values()
    return [message for message in found if "What you need to know" in str(message["components"])]


def notices(stage: Running, channel: JsonObject) -> list[str]:
    found = stage.double.state.messages.get(channel["id"], {}).values()
    return [str(message["components"]) for message in found if "I can't post digests" in str(message["components"])]


async def until(true: Callable[[], bool], seconds: float = 100.0) -> float:
    """Wait until something is *true*, and return how many seconds that took."""
    began = monotonic()
    while not true():
        assert monotonic() - began < seconds
        await asyncio.sleep(0.05)
    return monotonic() - began


async def planned(stage: Running, name: str, at: datetime, server: int = 1) -> JsonObject:
    """Return a new channel with a daily digest at *at*, UTC."""
    channel = stage.double.guilds.add_channel(stage.guilds[server], name)
    seen = await stage.admins[server].slash("schedule add", channel=channel, time=f"{at:%H:%M}", timezone="UTC")
    assert "Digest scheduled" in seen.text, seen.text
    return channel


def next_minute(stage: Running) -> datetime:
    return (stage.clock.now() + 2 * MINUTE).replace(second=0, microsecond=0)


async def test_bad_answers_to_every_send_are_over_within_90_seconds(stage: Running, record_promise: Record) -> None:
    due = next_minute(stage)
    channels = [await planned(stage, f"storm-{number}", due, 0) for number in range(6)]
    stage.double.faults.at_random(1.0, 7, PASSING)
    stage.clock.set(due)
    waiting = asyncio.ensure_future(stage.bot.follow())
    await asyncio.sleep(8)
    stage.double.faults.at_random(0.0, 7)
    seconds = await until(lambda: all(editions(stage, channel) for channel in channels))
    await waiting

    record_promise(
        PROMISE, f"8 s of 503s, 500s, resets and lost replies on every send: whole again after {seconds:.0f} s"
    )
    assert seconds <= 90
    assert [len(editions(stage, channel)) for channel in channels] == [1] * 6


async def test_fifty_gateway_drops_lose_nothing(stage: Running, record_promise: Record) -> None:
    failures = 0
    for number in range(50):
        stage.double.strike((Fault.GATEWAY_DROP, Fault.RECONNECT)[number % 2])
        seen = await stage.admin.slash("help")
        failures += bool(seen.failure)
    began = monotonic()
    seen = await stage.admin.slash("status")
    seconds = monotonic() - began

    record_promise(PROMISE, f"50 gateway drops: {failures} commands unanswered, whole again after {seconds:.1f} s")
    assert seen.failure is None
    assert failures == 0


@pytest.mark.parametrize(
    "jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=3), timedelta(days=-3)], ids=str
)
async def test_a_clock_that_jumps_doubles_and_loses_nothing(
    stage: Running, jump: timedelta, record_promise: Record
) -> None:
    due = next_minute(stage)
    channel = await planned(stage, f"jump-{jump.total_seconds():.0f}".replace("--", "-"), due)
    stage.clock.set(due)
    await stage.bot.follow()
    before = len(editions(stage, channel))

    began = monotonic()
    stage.clock.set(due + jump)
    await stage.bot.follow()
    seen = await stage.admin.slash("status")
    seconds = monotonic() - began
    jumped = len(editions(stage, channel))
    # A clock that was ahead has used up the days up to there; the day after comes as ever.
    day = (max(due, due + jump) + timedelta(days=1)).replace(hour=due.hour, minute=due.minute)
    for moment in (day - MINUTE, day, day + MINUTE):
        stage.clock.set(moment)
        await stage.bot.follow()

    record_promise(PROMISE, f"clock {jump.total_seconds() / 3600:+.0f} h: whole again after {seconds:.1f} s, 0 doubled")
    assert seen.failure is None
    assert seconds <= 90
    assert before == 1
    assert jumped <= 1 + (jump >= timedelta(days=1))
    assert len(editions(stage, channel)) == jumped + 1


async def test_a_lost_permission_is_told_once_and_heals_by_itself(stage: Running, record_promise: Record) -> None:
    due = next_minute(stage)
    channel = await planned(stage, "closed", due)
    everybody = stage.guilds[1]["roles"][0]
    stage.double.guilds.overwrite(channel, everybody, deny=SEND_MESSAGES)
    stage.clock.set(due)
    await stage.bot.follow()
    sends = _sends(stage, channel)
    stage.clock.set(due + 11 * MINUTE)
    await until(lambda: any(notices(stage, other) for other in stage.guilds[1]["channels"]), 60)

    stage.double.guilds.overwrite(channel, everybody)
    seconds = await until(lambda: bool(editions(stage, channel)), 30)

    told = sum(len(notices(stage, other)) for other in stage.guilds[1]["channels"])
    record_promise(
        "8 lost permissions told once, and healed", f"{sends} try, {told} notice, healed after {seconds:.1f} s"
    )
    assert (sends, told) == (1, 1)
    assert len(editions(stage, channel)) == 1


def _sends(stage: Running, channel: JsonObject) -> int:
    path = f"/channels/{channel['id']}/messages"
    return sum(line.method == "POST" and line.path == path for line in stage.double.log)


async def test_a_client_that_hangs_is_replaced_and_sends_again_within_90_seconds(
    stage: Running, record_promise: Record
) -> None:
    due = next_minute(stage)
    channel = await planned(stage, "hangs", due)
    stage.double.faults.arm(Fault.SLOW, method="GET", path="/users/@me$", seconds=300.0)
    stage.double.faults.arm(Fault.SLOW, path="/messages$", seconds=300.0)
    stage.clock.set(due)
    following = asyncio.ensure_future(stage.bot.follow())
    seconds = await until(lambda: bool(editions(stage, channel)), 120)
    following.cancel()
    await asyncio.sleep(8)  # the second session of the gateway follows the first after five seconds
    seen = await stage.admins[1].slash("status")

    record_promise(
        PROMISE, f"requests that never come back: the client was replaced and sent again after {seconds:.0f} s"
    )
    assert seconds <= 95  # the canary asks every 15 seconds
    assert seen.failure is None
    assert len(editions(stage, channel)) == 1


async def test_sigterm_while_sending_leaves_nothing_lost_or_doubled(stage: Running, record_promise: Record) -> None:
    due = next_minute(stage)
    channels = [await planned(stage, f"term-{number}", due) for number in range(3)]
    stage.double.faults.arm(Fault.SLOW, path="/messages$", times=3, seconds=3.0)
    stage.clock.set(due)
    following = asyncio.ensure_future(stage.bot.follow())
    await until(lambda: not stage.double.faults.armed or any(_sends(stage, channel) for channel in channels), 30)
    code, seconds = await stage.stop()
    following.cancel()
    await stage.start()
    await stage.bot.follow()

    record_promise(PROMISE, f"SIGTERM while sending: exit {code} after {seconds:.1f} s, 0 lost, 0 doubled")
    assert code == 0
    assert seconds <= 15
    assert [len(editions(stage, channel)) for channel in channels] == [1, 1, 1]


async def test_a_token_that_is_reset_ends_the_bot_with_78_and_no_storm_of_logins(
    stage: Running, record_promise: Record
) -> None:
    token = stage.double.state.token
    before = sum(line.path == "/users/@me" and line.status == 401 for line in stage.double.log)
    began = monotonic()
    stage.double.revoke_token()
    await asyncio.wait_for(stage.bot.gone.wait(), 60)
    process = stage.bot._process
    assert process is not None
    logins = sum(line.path == "/users/@me" and line.status == 401 for line in stage.double.log) - before
    said = stage.bot.last_lines()
    stage.double.state.token = token
    await stage.bot.__aexit__(None, None, None)
    await stage.start()

    record_promise(
        f"{PROMISE} (reset token)",
        f"exit {process.returncode} after {monotonic() - began:.1f} s, {logins} logins after it",
    )
    assert process.returncode == 78
    assert logins <= 2
    assert "token" in said
    assert "Traceback" not in said
