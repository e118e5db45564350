"""Each message exactly once and in order, whatever dies: real processes, real sockets, kill -9."""

import signal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.delivery.tripwires import CORRECTING, POINTS
from bot.sandbox.double.errors import Problem, invalid
from bot.sandbox.double.faults import Fault
from bot.ui.payload import COMPONENTS_V2
from tests.delivery.kills import Scene, scene
from tests.promises import Record

PROMISE = "1 exactly once, whatever dies"
# What only a refusal leads to, and which: a lost permission, or a body that Discord does not take.
_OF_REFUSALS = {"schedules.suspend": 403, "guilds.note_problem": 403, "outbox.mark_failed": 403, "outbox.replace": 400}

# What only days that come too late lead to: they have no messages.
_OF_SKIPPED_DAYS = {"occurrences.add"}


async def test_a_few_random_deaths(tmp_path: Path, record_promise: Record) -> None:
    async with scene(tmp_path, channels=6, share=0.2, seed=11) as ours:
        await ours.random_kills(5, Random(5))
        count = ours.count()

    record_promise(PROMISE, f"{ours.kills} kills at random instants, 20 % bad replies: {count}")
    assert count.is_perfect
    assert count.expected > 0


@pytest.mark.slow
@pytest.mark.timeout(1800)
async def test_three_hundred_random_deaths(tmp_path: Path, record_promise: Record) -> None:
    async with scene(tmp_path, channels=20, share=0.2, seed=1) as ours:
        await ours.random_kills(300, Random(1))
        count = ours.count()

    record_promise(PROMISE, f"{ours.kills} kills at random instants, 20 % bad replies, nonces of 50 ms: {count}")
    assert count.is_perfect
    assert ours.kills >= 300


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_without_the_look_into_the_channel_the_same_deaths_double_messages(
    tmp_path: Path, record_promise: Record
) -> None:
    async with scene(tmp_path, channels=10, share=0.2, seed=1, look=False) as ours:
        await ours.random_kills(20, Random(1))
        count = ours.count()

    record_promise(f"{PROMISE} (without the look, to compare)", f"{ours.kills} kills: {count}")
    assert count.doubled > 0


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_death_at_every_failpoint(tmp_path: Path, record_promise: Record) -> None:
    async with scene(tmp_path, channels=4, share=0.3, seed=3) as ours:
        deaths = {}
        for point in POINTS:
            if point not in {*_OF_REFUSALS, *_OF_SKIPPED_DAYS, *CORRECTING}:
                deaths[point] = await _die_at(ours, point)
        count = ours.count()

    record_promise(PROMISE, f"kill -9 at {len(deaths)} failpoints, before each await, 30 % bad replies: {count}")
    assert count.is_perfect
    assert {point for point, times in deaths.items() if times == 0} == set()


async def _die_at(ours: Scene, point: str) -> int:
    """Deliver a day, dying at the first and at the third passage of *point*; return how often that came about."""
    ours.next_day()
    deaths = 0
    for times in (1, 3):
        for _ in range(6):
            code = await ours.run(failpoint=f"{point}:{times}")
            deaths += code == -signal.SIGKILL
            if code in (0, -signal.SIGKILL):
                break
    await ours.finish()
    if deaths == 0:  # what only a fault leads to: until one does
        return await _die_at(ours, point) if ours._days < 200 else 0
    return deaths


@pytest.mark.slow
@pytest.mark.parametrize("point", _OF_REFUSALS)
async def test_death_while_a_refusal_is_dealt_with(tmp_path: Path, point: str) -> None:
    async with scene(tmp_path, channels=3, share=0.0, seed=0) as ours:
        ours.next_day()
        if _OF_REFUSALS[point] == 403:
            ours.double.faults.arm(Fault.FORBIDDEN, method="POST", path=f"{ours._channels[0]}/messages$", times=2)
        else:
            _refuse_rich_messages(ours, ours._channels[0])
        code = await ours.run(failpoint=point)
        await ours.finish()
        count = ours.count()
        messages = [list(ours.double.state.messages.get(channel, {}).values()) for channel in ours._channels]

    assert code == -signal.SIGKILL
    assert count.doubled == count.disordered == 0
    assert [len(found) for found in messages[1:]] == [4, 4]
    assert len(messages[0]) == (0 if _OF_REFUSALS[point] == 403 else 4)


def _refuse_rich_messages(ours: Scene, channel: str) -> None:
    """Let Discord take only plain messages in *channel*."""
    send = ours.double.messages.send

    def refusing(channel_id: str, body: Any, uploads: Any, author: Any) -> Any:
        if channel_id == channel and int(body.get("flags", 0)) & COMPONENTS_V2:
            raise invalid([Problem(("components",), "Invalid", "BASE_TYPE_BAD")])
        return send(channel_id, body, uploads, author)

    ours.double.messages.send = refusing  # type: ignore[method-assign]
