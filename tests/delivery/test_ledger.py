"""Ledger: each local day is posted once, whatever dies or is started twice."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.delivery.ledger import Ledger, Rules
from bot.delivery.poster import PostponedError
from bot.errors import AuditError, DeliveryError
from bot.model.delivery import PartState, Schedule, ScheduleId
from bot.model.editions import Audit, Edition
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outbox import OutboxStore
from bot.storage.schedules import ScheduleStore

SEVEN = datetime(2026, 3, 3, 7, tzinfo=UTC)
RULES = Rules(grace=timedelta(hours=6), lease=timedelta(minutes=2))


class Maker:
    """Makes an empty quiet edition, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[datetime] = []
        self.error = error

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        self.asked.append(at)
        if self.error is not None:
            raise self.error
        title = f"What you need to know — {at:%a} {at.day} {at:%b %Y}"
        window = (at - timedelta(days=1), at)
        return Edition(title, at.date(), schedule.zone, window, quiet=True, audit=Audit(ok=True))


class Channel:
    """Records what is posted; drops a nonce that it knows, as Discord does; *faults* go first."""

    def __init__(self, *faults: Exception) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.tries: list[str] = []
        self.faults = list(faults)
        self.loses_replies = False

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        self.tries.append(nonce)
        if self.faults and not self.loses_replies:
            raise self.faults.pop(0)
        self.messages.setdefault(nonce, {"channel": channel} | json.loads(payload))
        if self.faults:
            raise self.faults.pop(0)
        return 1000 + list(self.messages).index(nonce)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(SEVEN - timedelta(hours=1))


async def subscribed(db: Database, clock: ManualClock) -> Schedule:
    schedule = Schedule(ScheduleId(0), guild=5, channel=77, at=time(7), zone="UTC")
    made = await ScheduleStore(db).add(schedule, by=By(9, clock.now()))
    assert made is not None
    return made


async def test_a_digest_is_posted_at_its_time_and_once(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    maker, channel = Maker(), Channel()
    ledger = Ledger(database, maker, channel, clock, RULES)

    wake = await ledger.step()
    clock.set(SEVEN)
    await ledger.step()
    await ledger.step()

    assert wake == SEVEN
    assert maker.asked == [SEVEN]
    assert [message["channel"] for message in channel.messages.values()] == [77]
    assert "What you need to know" in json.dumps(list(channel.messages.values()))


async def test_two_ledgers_on_one_database_post_it_once(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    channel = Channel()
    clock.set(SEVEN)

    await Ledger(database, Maker(), channel, clock, RULES).step()
    await Ledger(database, Maker(), channel, clock, RULES).step()

    assert len(channel.tries) == 1


async def test_a_lost_reply_is_tried_again_with_the_same_nonce(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    channel = Channel(PostponedError("connection reset"))
    channel.loses_replies = True
    ledger = Ledger(database, Maker(), channel, clock, RULES)
    clock.set(SEVEN)

    await ledger.step()
    clock.set(SEVEN + timedelta(minutes=1))
    await ledger.step()

    assert len(channel.tries) == 2
    assert len(set(channel.tries)) == len(channel.messages) == 1


async def test_a_sender_that_dies_after_sending_leaves_a_part_that_is_sent_once(
    database: Database, clock: ManualClock
) -> None:
    schedule = await subscribed(database, clock)
    channel = Channel(KeyboardInterrupt())  # type: ignore[arg-type] # dies as a process does, past every handler
    channel.loses_replies = True
    clock.set(SEVEN)
    with pytest.raises(KeyboardInterrupt):
        await Ledger(database, Maker(), channel, clock, RULES).step()

    clock.set(SEVEN + RULES.lease + timedelta(seconds=1))
    await Ledger(database, Maker(), channel, clock, RULES).step()

    assert len(channel.messages) == 1
    done = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 3))
    assert done is not None
    assert done.state == "done"


async def test_a_late_digest_says_so_and_a_much_later_one_is_skipped(database: Database, clock: ManualClock) -> None:
    schedule = await subscribed(database, clock)
    channel = Channel()
    ledger = Ledger(database, Maker(), channel, clock, RULES)

    clock.set(SEVEN + timedelta(hours=2))
    await ledger.step()
    clock.set(SEVEN + timedelta(days=1, hours=9))
    await ledger.step()

    assert len(channel.messages) == 1
    assert "late" in json.dumps(list(channel.messages.values())).lower()
    skipped = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 4))
    assert skipped is not None
    assert (skipped.state, skipped.note) == ("skipped", "missed by 9 hours")


async def test_a_clock_that_is_set_back_posts_nothing_again(database: Database, clock: ManualClock) -> None:
    await subscribed(database, clock)
    channel = Channel()
    ledger = Ledger(database, Maker(), channel, clock, RULES)

    for moment in (SEVEN, SEVEN - timedelta(hours=1), SEVEN + timedelta(minutes=5)):
        clock.set(moment)
        await ledger.step()

    assert len(channel.tries) == 1


async def test_an_edition_that_fails_the_audit_is_not_posted(database: Database, clock: ManualClock) -> None:
    schedule = await subscribed(database, clock)
    channel = Channel()
    clock.set(SEVEN)

    await Ledger(database, Maker(AuditError("a word too much")), channel, clock, RULES).step()

    failed = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 3))
    assert channel.messages == {}
    assert failed is not None
    assert (failed.state, failed.note) == ("failed", "a word too much")


async def test_a_message_that_is_refused_for_good_is_not_tried_again(database: Database, clock: ManualClock) -> None:
    schedule = await subscribed(database, clock)
    channel = Channel(DeliveryError("channel 77: HTTP 403"))
    ledger = Ledger(database, Maker(), channel, clock, RULES)
    clock.set(SEVEN)

    await ledger.step()
    clock.set(SEVEN + timedelta(hours=1))
    await ledger.step()

    day = await OccurrenceStore(database).find(schedule.id, date(2026, 3, 3))
    assert day is not None
    assert day.edition is not None
    (part,) = await OutboxStore(database).parts_of(day.edition)
    assert len(channel.tries) == 1
    assert (part.state, part.error) == (PartState.FAILED, "channel 77: HTTP 403")
