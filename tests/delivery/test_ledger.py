"""Ledger: each local day is posted once, whatever dies or is started twice."""

import asyncio
import json
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from bot.clock import ManualClock
from bot.delivery.ledger import Ledger
from bot.delivery.tripwires import VARIABLE, unwatched, watch_for
from bot.errors import AuditError, ConfigError
from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import Edition
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outbox import OutboxStore
from bot.storage.schedules import ScheduleStore
from tests.delivery.fakes import RULES, Channel, Maker, deliver

SEVEN = datetime(2026, 3, 3, 7, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(SEVEN - timedelta(hours=1))


async def subscribed(db: Database, clock: ManualClock, channel: int = 77) -> Schedule:
    schedule = Schedule(ScheduleId(0), guild=5, channel=channel, at=time(7), zone="UTC")
    made = await ScheduleStore(db).add(schedule, by=By(9, clock.now()))
    assert made is not None
    return made


async def test_a_digest_is_posted_at_its_time_and_once(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    maker, channel = Maker(), Channel()

    wake = await deliver(database, maker, channel, clock)
    clock.set(SEVEN)
    await deliver(database, maker, channel, clock)
    await deliver(database, maker, channel, clock)

    assert wake == SEVEN
    assert maker.asked == [SEVEN]
    assert [message["channel"] for message in channel.messages.values()] == [77]
    assert "What you need to know" in json.dumps(list(channel.messages.values()))


async def test_two_ledgers_on_one_database_post_it_once(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    channel = Channel()
    clock.set(SEVEN)

    await asyncio.gather(*(deliver(database, Maker(), channel, clock) for _ in range(2)))

    assert len(channel.tries) == 1


async def test_a_late_digest_says_so_and_a_much_later_one_is_skipped(database: Database, clock: ManualClock) -> None:
    schedule = await subscribed(database, clock)
    channel = Channel()

    clock.set(SEVEN + timedelta(hours=2))
    await deliver(database, Maker(), channel, clock)
    clock.set(SEVEN + timedelta(days=1, hours=9))
    await deliver(database, Maker(), channel, clock)

    assert len(channel.messages) == 1
    assert "late" in json.dumps(list(channel.messages.values())).lower()
    skipped = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 4))
    assert skipped is not None
    assert (skipped.state, skipped.note) == ("skipped", "missed by 9 hours")


async def test_a_clock_that_is_set_back_posts_nothing_again(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    channel = Channel()

    for moment in (SEVEN, SEVEN - timedelta(hours=1), SEVEN + timedelta(minutes=5)):
        clock.set(moment)
        await deliver(database, Maker(), channel, clock)

    assert len(channel.tries) == 1


async def test_an_edition_that_fails_the_audit_is_not_posted(database: Database, clock: ManualClock) -> None:
    schedule = await subscribed(database, clock)
    channel = Channel()
    clock.set(SEVEN)

    await deliver(database, Maker(AuditError("a word too much")), channel, clock)

    failed = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 3))
    assert channel.messages == {}
    assert failed is not None
    assert (failed.state, failed.note) == ("failed", "a word too much")


async def test_a_day_that_was_planned_but_never_composed_is_not_posted_days_later(
    database: Database, clock: ManualClock
) -> None:
    schedule = await subscribed(database, clock)
    await OccurrenceStore(database).add(schedule.id, date(2026, 3, 3), SEVEN)
    channel = Channel()

    clock.set(SEVEN + timedelta(days=2, hours=23))
    await deliver(database, Maker(), channel, clock)

    skipped = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 3))
    assert channel.tries == []
    assert skipped is not None
    assert (skipped.state, skipped.note) == ("skipped", "missed by 71 hours")


async def test_an_edition_of_which_nothing_was_sent_in_time_is_given_up(database: Database, clock: ManualClock) -> None:
    schedule = await subscribed(database, clock)
    channel = Channel()
    clock.set(SEVEN)
    await Ledger(database, Maker(), clock, RULES).step()

    clock.set(SEVEN + timedelta(hours=7))
    await deliver(database, Maker(), channel, clock)

    day = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 3))
    assert channel.tries == []
    assert day is not None
    assert (day.state, day.note) == ("skipped", "could not be sent in time")
    assert await OutboxStore(database).count_open() == 0


async def test_one_schedule_that_cannot_be_composed_stops_no_other(database: Database, clock: ManualClock) -> None:
    for channel_id in (77, 78, 79):
        await subscribed(database, clock, channel_id)
    channel = Channel()

    class Picky(Maker):
        async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
            if schedule.channel == 78:
                raise KeyError("a bug of ours")
            return await super().edition_for(schedule, at)

    clock.set(SEVEN)
    await deliver(database, Picky(), channel, clock)

    assert sorted(message["channel"] for message in channel.messages.values()) == [77, 79]


async def test_an_order_to_die_names_a_place_that_is_passed(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    died: list[str] = []
    clock.set(SEVEN)

    for point in ("outbox.queue", "maker.edition_for:2"):
        watch = watch_for({VARIABLE: point}, die=partial(died.append, point))
        await Ledger(database, Maker(), clock, RULES, watch=watch).step()

    assert died == ["outbox.queue"]
    assert watch_for({}) is unwatched
    with pytest.raises(ConfigError, match="There are: "):
        watch_for({VARIABLE: "outbox.nothing"})
