"""Care: admins are told once and elsewhere, a mended channel goes on by itself, a long silence is broken once."""

import json
from datetime import time, timedelta
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.delivery.care import Care
from bot.delivery.poster import PostponedError, RefusedError, TokenRefusedError
from bot.delivery.sender import Sender
from bot.model.delivery import OccurrenceState, Schedule, ScheduleId
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.guilds import GuildStore
from bot.storage.occurrences import OccurrenceStore
from bot.storage.schedules import ScheduleStore
from tests.delivery.fakes import RULES, Channel
from tests.delivery.test_sender import queued
from tests.storage.samples import CHANNEL, GUILD, NOON

ADMINS = 5


class Places:
    """Servers in which *closed* channels cannot be posted to."""

    def __init__(self, *closed: int) -> None:
        self.closed = set(closed)
        self.place: int | None = ADMINS

    def can_post(self, guild: int, channel: int) -> bool:
        return channel not in self.closed

    def notice_place(self, guild: int, wanted: int | None, avoid: frozenset[int]) -> int | None:
        return wanted or self.place


def care(database: Database, channel: Channel, places: Places, clock: ManualClock) -> Care:
    return Care(database, channel, places, clock, RULES)


async def refused(database: Database, clock: ManualClock, *channels: int) -> None:
    for number in channels:
        await queued(database, channel=number)
    refusals = [RefusedError("403", status=403, code=50013)] * len(channels)
    async with Sender(database, Channel(*refusals), clock, RULES) as sender:
        await sender.drain()


def words(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


async def test_admins_are_told_once_of_all_channels_together(database: Database, clock: ManualClock) -> None:
    await refused(database, clock, CHANNEL, CHANNEL + 1)
    channel, places = Channel(), Places(CHANNEL, CHANNEL + 1)

    for _ in range(3):
        await care(database, channel, places, clock).step()

    (notice,) = channel.messages.values()
    assert notice["channel"] == ADMINS
    since = f"(Since <t:{int(NOON.timestamp())}:f>.)"
    assert f"<#{CHANNEL}>: I can't post there: I am missing Send Messages. {since}" in words(notice)
    assert f"<#{CHANNEL + 1}>" in words(notice)


async def test_the_channel_that_admins_chose_is_told(database: Database, clock: ManualClock) -> None:
    await refused(database, clock, CHANNEL)
    await GuildStore(database).set_details(GUILD, by=By(None, NOON), notice_channel=99)
    channel = Channel()

    await care(database, channel, Places(CHANNEL), clock).step()

    assert [message["channel"] for message in channel.messages.values()] == [99]


@pytest.mark.parametrize("fault", [PostponedError("503"), RefusedError("403")])
async def test_a_notice_that_does_not_get_through_is_told_later(
    database: Database, clock: ManualClock, fault: Exception
) -> None:
    await refused(database, clock, CHANNEL)
    channel, places = Channel(fault), Places(CHANNEL)
    places.place = None

    await care(database, channel, places, clock).step()
    places.place = ADMINS
    await care(database, channel, places, clock).step()
    await care(database, channel, places, clock).step()

    assert len(channel.messages) == 1


def lossy(*faults: Exception) -> Channel:
    """A channel whose answers are lost while the messages arrive; copies are not dropped."""
    channel = Channel(*faults)
    channel.loses_replies = channel.forgets_nonces = True
    return channel


@pytest.mark.parametrize("restarts", [False, True], ids=["same process", "new process"])
async def test_a_notice_whose_answer_was_lost_is_not_told_twice(
    database: Database, clock: ManualClock, restarts: bool
) -> None:
    await refused(database, clock, CHANNEL)
    channel, places = lossy(PostponedError("reply lost")), Places(CHANNEL)
    tending = care(database, channel, places, clock)

    await tending.step()
    for _ in range(2):
        await (care(database, channel, places, clock) if restarts else tending).step()

    assert len(channel.messages) == 1


async def test_a_channel_that_stops_after_a_lost_answer_is_told_by_itself(
    database: Database, clock: ManualClock
) -> None:
    await refused(database, clock, CHANNEL)
    channel, places = lossy(PostponedError("reply lost")), Places(CHANNEL, CHANNEL + 1)
    tending = care(database, channel, places, clock)

    await tending.step()
    await refused(database, clock, CHANNEL + 1)
    for _ in range(3):
        await tending.step()

    told = [words(message) for message in channel.messages.values()]
    assert [[f"<#{number}>" in text for number in (CHANNEL, CHANNEL + 1)] for text in told] == [
        [True, False], [False, True],
    ]  # fmt: skip


async def test_a_place_that_cannot_be_read_is_told_all_the_same(database: Database, clock: ManualClock) -> None:
    await refused(database, clock, CHANNEL)
    channel = Channel()
    channel.blind = [RefusedError("403", status=403, code=50001)]

    await care(database, channel, Places(CHANNEL), clock).step()

    assert len(channel.messages) == 1


async def test_a_silence_whose_answer_was_lost_is_not_told_twice_though_the_next_run_moved(
    database: Database, clock: ManualClock
) -> None:
    await silent_since(database, 5)
    channel = lossy(PostponedError("reply lost"))
    tending = care(database, channel, Places(), clock)

    await tending.step()
    clock.set(NOON + timedelta(days=1))
    await tending.step()

    assert len(channel.messages) == 1


async def test_a_refused_token_rises_and_the_notice_waits(database: Database, clock: ManualClock) -> None:
    await refused(database, clock, CHANNEL)
    channel, places = Channel(TokenRefusedError("401")), Places(CHANNEL)

    with pytest.raises(TokenRefusedError):
        await care(database, channel, places, clock).step()
    await care(database, channel, places, clock).step()

    assert len(channel.messages) == 1


async def test_a_mended_channel_goes_on_with_what_it_missed_and_is_not_told_again(
    database: Database, clock: ManualClock
) -> None:
    await refused(database, clock, CHANNEL)
    channel, places = Channel(), Places(CHANNEL)
    tending = care(database, channel, places, clock)
    await tending.step()

    still = await tending.mend(GUILD)
    places.closed.clear()
    elsewhere = await tending.mend(GUILD + 1)
    mended = await tending.mend(GUILD)
    async with Sender(database, channel, clock, RULES) as sender:
        await sender.drain()
    await tending.step()

    assert (still, elsewhere, mended) == (0, 0, 1)
    assert [message["channel"] for message in channel.messages.values()] == [ADMINS, CHANNEL]
    assert await GuildStore(database).problems(GUILD) == ()
    assert [one.suspended for one in await ScheduleStore(database).list_for(GUILD)] == [None]


async def test_a_channel_that_opened_unheard_is_mended_at_a_later_look(database: Database, clock: ManualClock) -> None:
    await refused(database, clock, CHANNEL)
    places = Places(CHANNEL)
    tending = care(database, Channel(), places, clock)

    closed = await tending.mend_unheard()
    places.closed.clear()
    opened, after = await tending.mend_unheard(), await tending.mend_unheard()

    assert (closed, opened, after) == (0, 1, 0)
    assert [one.suspended for one in await ScheduleStore(database).list_for(GUILD)] == [None]


async def test_a_channel_that_only_seems_open_is_not_tried_again_at_every_look(
    database: Database, clock: ManualClock
) -> None:
    await refused(database, clock, CHANNEL)
    tending = care(database, Channel(), Places(), clock)

    assert [await tending.mend_unheard() for _ in range(3)] == [0, 0, 0]


async def test_what_had_arrived_before_its_channel_closed_is_not_posted_again_when_it_is_mended(
    database: Database, clock: ManualClock
) -> None:
    ours = await queued(database)
    channel = Channel(PostponedError("reply lost"))
    channel.loses_replies = channel.forgets_nonces = True
    channel.blind = [RefusedError("403", status=403, code=50001)]
    async with Sender(database, channel, clock, RULES) as sender:
        await sender.drain()
        clock.set(NOON + timedelta(minutes=2))
        await sender.drain()
        failed = await ours.state()

        assert await care(database, channel, Places(), clock).mend(GUILD) == 1
        await sender.drain()

    assert failed is OccurrenceState.FAILED
    assert (len(channel.tries), len(channel.messages), len(channel.looks)) == (1, 1, 2)
    assert await ours.state() is OccurrenceState.DONE


async def test_a_channel_that_fails_again_after_it_seemed_mended_is_not_told_twice(
    database: Database, clock: ManualClock
) -> None:
    await refused(database, clock, CHANNEL)
    channel = Channel()
    tending = care(database, channel, Places(), clock)
    await tending.step()

    await tending.mend()
    again = Channel(RefusedError("403", status=403, code=50013))
    async with Sender(database, again, clock, RULES) as sender:
        await sender.drain()
    await tending.step()

    assert len(again.tries) == 1
    assert len(channel.messages) == 1


async def test_what_is_too_late_is_not_posted_when_the_channel_is_mended(
    database: Database, clock: ManualClock
) -> None:
    await refused(database, clock, CHANNEL)
    clock.set(NOON + timedelta(hours=7))
    channel = Channel()

    mended = await care(database, channel, Places(), clock).mend()
    async with Sender(database, channel, clock, RULES) as sender:
        await sender.drain()

    assert (mended, channel.tries) == (1, [])


async def silent_since(database: Database, days: int) -> None:
    """Let a channel's schedule have posted last so many days ago, and have missed yesterday."""
    made = await ScheduleStore(database).add(
        Schedule(ScheduleId(0), GUILD, CHANNEL, time(12), "UTC"), by=By(None, NOON - timedelta(days=30))
    )
    assert made is not None
    for back, state in ((days, "done"), (1, "skipped")):
        at = NOON - timedelta(days=back)
        await OccurrenceStore(database).add(made.id, at.date(), at, state=OccurrenceState(state), note="missed")


async def test_a_long_silence_is_told_once_in_the_same_channel(database: Database, clock: ManualClock) -> None:
    await silent_since(database, 5)
    channel = Channel(PostponedError("503"))

    for _ in range(3):
        await care(database, channel, Places(), clock).step()

    (notice,) = channel.messages.values()
    assert notice["channel"] == CHANNEL
    assert f"since <t:{int((NOON - timedelta(days=5)).timestamp())}:D>" in words(notice)
    assert "left out: missed" in words(notice)


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        ([], 30),  # nothing was due
        ([(2, "done"), (1, "skipped")], 30),  # not long enough
        ([(8, "done")], 30),  # a weekly one
        ([(1, "skipped")], 2),  # a young one
    ],
)
async def test_what_is_no_silence_is_not_told(
    sqlite: Database, clock: ManualClock, rows: list[tuple[int, str]], made: int
) -> None:
    schedule = await ScheduleStore(sqlite).add(
        Schedule(ScheduleId(0), GUILD, CHANNEL, time(12), "UTC"), by=By(None, NOON - timedelta(days=made))
    )
    assert schedule is not None
    for back, state in rows:
        at = NOON - timedelta(days=back)
        await OccurrenceStore(sqlite).add(schedule.id, at.date(), at, state=OccurrenceState(state))
    channel = Channel()

    await care(sqlite, channel, Places(), clock).step()

    assert channel.tries == []
