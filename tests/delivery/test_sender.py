"""Sender: every fault that passes is waited out, every other one is told, and no message is sent twice."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.delivery.breaker import Breaker
from bot.delivery.poster import PostponedError, RefusedError, TokenRefusedError
from bot.delivery.sender import Sender
from bot.errors import StorageError
from bot.model.delivery import OccurrenceState, PartState
from bot.storage.database import Database
from bot.storage.guilds import GuildStore
from bot.storage.outbox import Message, OutboxStore
from bot.storage.schedules import ScheduleStore
from bot.ui.components import button, row, text
from bot.ui.custom_ids import edition_id
from bot.ui.payload import boxed
from bot.ui.plain_message import plain_message
from tests.delivery.fakes import RULES, Channel
from tests.storage.desk import Desk, desk
from tests.storage.samples import CHANNEL, GUILD, NOON

MINUTE = timedelta(minutes=1)


def payload(edition: int, part: int) -> str:
    return boxed(text(f"Part {part}"), row(button("Sources", edition_id("src", edition, part)))).to_json()


async def queued(database: Database, parts: int = 1, channel: int = CHANNEL, guild: int = GUILD) -> Desk:
    ours = await desk(database, channel, guild)
    await ours.queue(*(payload(ours.edition, part) for part in range(1, parts + 1)))
    return ours


@asynccontextmanager
async def sender(
    database: Database, channel: Channel, clock: ManualClock, breaker: Breaker | None = None
) -> AsyncIterator[Sender]:
    async with Sender(database, channel, clock, RULES, breaker=breaker) as opened:
        yield opened


@pytest.mark.parametrize("loses_replies", [False, True], ids=["never arrived", "arrived"])
async def test_a_try_without_an_answer_is_looked_for_before_the_next(
    database: Database, clock: ManualClock, loses_replies: bool
) -> None:
    ours = await queued(database, parts=2)
    channel = Channel(PostponedError("connection reset"))
    channel.loses_replies, channel.forgets_nonces = loses_replies, True

    async with sender(database, channel, clock) as sending:
        again = await sending.drain()
        clock.set(NOON + MINUTE)
        await sending.drain()

    assert again == NOON + MINUTE
    assert channel.looks == [CHANNEL]
    assert [part["components"][0]["components"][0]["content"] for part in channel.messages.values()] == [
        "Part 1", "Part 2",
    ]  # fmt: skip
    assert await ours.state() is OccurrenceState.DONE


@pytest.mark.parametrize(
    "fault",
    [
        PostponedError("no route to host", arrived=False),
        PostponedError("429", 3.0, arrived=False, is_weather=False),
        PostponedError("503"),
    ],
    ids=["unreachable", "limited", "lost"],
)
async def test_a_look_that_fails_is_repeated_before_the_next_try(
    database: Database, clock: ManualClock, fault: PostponedError
) -> None:
    ours = await queued(database)
    channel = Channel(PostponedError("connection reset"))
    channel.loses_replies, channel.forgets_nonces, channel.blind = True, True, [fault]

    async with sender(database, channel, clock) as sending:
        for _ in range(3):
            await sending.drain()
            clock.set(clock.now() + 5 * MINUTE)

    assert (len(channel.looks), len(channel.tries), len(channel.messages)) == (2, 1, 1)
    assert await ours.state() is OccurrenceState.DONE


async def test_a_dead_senders_message_is_found_by_the_next_one(database: Database, clock: ManualClock) -> None:
    ours = await queued(database)
    channel = Channel(asyncio.CancelledError())
    channel.loses_replies, channel.forgets_nonces = True, True
    async with sender(database, channel, clock) as sending:
        await sending.step()

    await OutboxStore(database).reclaim()
    async with sender(database, channel, clock) as sending:
        await sending.drain()

    assert len(channel.messages) == 1
    assert sending.tally.found == 1
    assert await ours.state() is OccurrenceState.DONE


async def test_what_surely_did_not_arrive_is_not_looked_for(database: Database, clock: ManualClock) -> None:
    await queued(database)
    channel = Channel(PostponedError("no route to host", arrived=False))

    async with sender(database, channel, clock) as sending:
        await sending.drain()
        clock.set(NOON + MINUTE)
        await sending.drain()

    assert (channel.looks, len(channel.messages)) == ([], 1)


async def test_a_lost_permission_stops_the_channel_after_one_try(database: Database, clock: ManualClock) -> None:
    ours = await queued(database)
    other = await queued(database, channel=CHANNEL + 1)
    channel = Channel(RefusedError("403", status=403, code=50013))

    async with sender(database, channel, clock) as sending:
        assert await sending.drain() is None

    assert len(channel.tries) == 2
    assert {await ours.state(), await other.state()} == {OccurrenceState.FAILED, OccurrenceState.DONE}
    (problem,) = await GuildStore(database).problems(GUILD)
    (stopped,) = [one for one in await ScheduleStore(database).list_for(GUILD) if one.suspended]
    assert problem.text == stopped.suspended == "I can't post there: I am missing Send Messages"
    assert problem.channel == stopped.channel


async def test_a_body_that_is_refused_is_sent_as_plain_text_once(database: Database, clock: ManualClock) -> None:
    ours = await queued(database)
    channel = Channel(RefusedError("400", status=400, code=50035))

    async with sender(database, channel, clock) as sending:
        await sending.drain()

    (message,) = channel.messages.values()
    assert (message["content"], sending.tally.rewritten) == ("Part 1", 1)
    assert await ours.state() is OccurrenceState.DONE


async def test_plain_text_that_is_refused_too_stops_the_channel(database: Database, clock: ManualClock) -> None:
    ours = await queued(database)
    refusal = RefusedError("400", status=400, code=50035)

    async with sender(database, Channel(refusal, refusal), clock) as sending:
        await sending.drain()

    (part,) = await ours.outbox.parts_of(ours.edition)
    assert (part.state, part.tries) == (PartState.FAILED, 2)


async def test_a_refused_token_ends_sending_and_loses_nothing(database: Database, clock: ManualClock) -> None:
    ours = await queued(database)

    async with sender(database, Channel(TokenRefusedError("no")), clock) as sending:
        with pytest.raises(TokenRefusedError):
            await sending.drain()

    (part,) = await ours.outbox.parts_of(ours.edition)
    assert part.state is PartState.SENDING


async def test_in_bad_weather_one_message_is_tried_and_the_first_success_frees_all(
    database: Database, clock: ManualClock
) -> None:
    for number in range(5):
        await queued(database, channel=CHANNEL + number)
    channel = Channel(*[PostponedError("503")] * 6)

    async with sender(database, channel, clock) as sending:
        await sending.drain()
        probes = 0
        while channel.faults:
            sending._weather._tried_at -= RULES.probe.total_seconds()
            clock.set(clock.now() + timedelta(seconds=1))
            before = len(channel.tries)
            await sending.step()
            probes += len(channel.tries) - before
        sending._weather._tried_at -= RULES.probe.total_seconds()
        await sending.drain()

    assert probes == 1
    assert len(channel.messages) == 5


async def test_while_we_are_banned_nothing_is_sent(database: Database, clock: ManualClock) -> None:
    await queued(database)
    readings = [0.0]
    breaker = Breaker(lambda: readings[0])
    channel = Channel()

    breaker.note(429, {"Retry-After": "900"})
    async with sender(database, channel, clock, breaker) as sending:
        again = await sending.step()
        silent = list(channel.tries)
        readings[0] = 901.0
        await sending.drain()

    assert (silent, again) == ([], NOON + timedelta(minutes=15))
    assert len(channel.messages) == 1


async def test_many_channels_without_permission_cost_fifty_requests(sqlite: Database, clock: ManualClock) -> None:
    for number in range(60):
        await queued(sqlite, channel=CHANNEL + number)
    breaker = Breaker(lambda: 0.0)

    class Closed(Channel):
        async def post(self, channel: int, payload: str, nonce: str) -> int:
            self.tries.append(nonce)
            await asyncio.sleep(0)
            breaker.note(403, {})
            raise RefusedError("403", status=403, code=50001)

    channel = Closed()
    async with sender(sqlite, channel, clock, breaker) as sending:
        while breaker.room:
            await sending.step()
        await sending.step()

    assert len(channel.tries) == breaker.invalid == 50


async def test_first_messages_of_all_channels_come_before_second_ones(sqlite: Database, clock: ManualClock) -> None:
    for number in range(30):
        await queued(sqlite, parts=2, channel=CHANNEL + number, guild=GUILD + number % 7)
    channel = Channel()

    rules = replace(RULES, at_once=5)
    async with Sender(sqlite, channel, clock, rules) as sending:
        await sending.drain()

    told = [part["components"][0]["components"][0]["content"] for part in channel.messages.values()]
    assert told == ["Part 1"] * 30 + ["Part 2"] * 30


async def test_a_message_under_way_is_not_sent_again_when_the_clock_jumps(sqlite: Database, clock: ManualClock) -> None:
    await queued(sqlite)
    gate = asyncio.Event()

    class Slow(Channel):
        async def post(self, channel: int, payload: str, nonce: str) -> int:
            await gate.wait()
            return await super().post(channel, payload, nonce)

    channel = Slow()
    async with sender(sqlite, channel, clock) as sending:
        await sending._start_some()
        clock.set(NOON + timedelta(days=3))
        assert await sending._start_some() == 0
        clock.set(NOON - timedelta(days=3))
        gate.set()
        await sending.drain()

    assert len(channel.tries) == 1


async def test_what_was_sent_is_recorded_once_the_disk_has_room_again(
    sqlite: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = await queued(sqlite)
    monkeypatch.setattr("bot.delivery.sender._WRITE_AGAIN_SECONDS", 0.01)
    full = [StorageError("The disk is full.")] * 3

    def watch(name: str, part: Any, /) -> Any:
        return Full(part, full) if name == "outbox" else part

    async with Sender(sqlite, channel := Channel(), clock, RULES, watch=watch) as sending:
        await sending.drain()

    assert (len(channel.tries), full) == (1, [])
    assert await ours.state() is OccurrenceState.DONE


class Full:
    """An outbox whose disk is full when a message is to be recorded as sent."""

    def __init__(self, part: Any, errors: list[StorageError]) -> None:
        self._part = part
        self._errors = errors

    def __getattr__(self, name: str) -> Any:
        return getattr(self._part, name)

    async def mark_sent(self, *args: Any) -> bool:
        if self._errors:
            raise self._errors.pop()
        return bool(await self._part.mark_sent(*args))


async def test_queued_for_later_is_sent_later(database: Database, clock: ManualClock) -> None:
    ours = await desk(database)
    later = NOON + MINUTE
    await ours.outbox.queue(ours.occurrence.id, ours.edition, [Message("n", payload(1, 1))], not_before=later)
    channel = Channel()

    async with sender(database, channel, clock) as sending:
        again, before = await sending.drain(), len(channel.tries)
        clock.set(later)
        await sending.drain()

    assert (again, before, len(channel.tries)) == (later, 0, 1)


def test_plain_form_keeps_whole_lines_and_the_marks() -> None:
    long = boxed(*(text(f"{number} " + "word " * 90) for number in range(8)), row(button("S", edition_id("src", 7, 2))))
    plain = plain_message(long.to_json())

    assert plain is not None
    body = json.loads(plain)
    assert len(body["content"]) <= 2000
    assert body["content"].endswith("shows all of it.")
    assert body["components"][0]["components"][0]["custom_id"] == "d1:src:7:2"
    assert plain_message(plain) is None
