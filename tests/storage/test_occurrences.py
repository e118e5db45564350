"""OccurrenceStore: each local day of a schedule once, handed to one worker at a time."""

import asyncio
from datetime import timedelta

from bot.model.delivery import OccurrenceState
from bot.storage.database import Database
from tests.storage.desk import desk
from tests.storage.samples import DAY, NOON

LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


async def test_local_day_of_a_schedule_is_stored_once(database: Database) -> None:
    ours = await desk(database)

    assert await ours.days.add(ours.schedule.id, DAY, NOON + timedelta(hours=1)) is None
    assert await ours.days.find(ours.schedule.id, DAY) == ours.occurrence
    assert (
        await ours.days.add_due([(ours.schedule.id, DAY, NOON), (ours.schedule.id, DAY + timedelta(days=1), NOON)]) == 1
    )
    latest = await ours.days.latest(ours.schedule.id)
    assert latest is not None
    assert latest.local_date == DAY + timedelta(days=1)


async def test_day_that_is_skipped_is_never_due(database: Database) -> None:
    ours = await desk(database)
    tomorrow = DAY + timedelta(days=1)

    skipped = await ours.days.add(ours.schedule.id, tomorrow, NOON, state=OccurrenceState.SKIPPED, note="asked for")

    assert skipped is not None
    assert skipped.note == "asked for"
    assert await ours.days.claim(NOON, LEASE, 9) == (ours.occurrence,)
    assert await ours.days.add(ours.schedule.id, tomorrow, NOON) is None


async def test_due_day_goes_to_one_of_many_workers_and_comes_back_after_the_lease(database: Database) -> None:
    ours = await desk(database)

    claims = await asyncio.gather(*(ours.days.claim(NOON, LEASE) for _ in range(6)))

    assert sorted(map(len, claims)) == [0, 0, 0, 0, 0, 1]
    assert await ours.days.claim(NOON + LEASE - SECOND, LEASE) == ()
    assert await ours.days.claim(NOON + LEASE, LEASE) == (ours.occurrence,)
    await ours.days.release(ours.occurrence.id)
    assert await ours.days.claim(NOON + LEASE, LEASE) == (ours.occurrence,)


async def test_day_is_not_due_before_its_time(database: Database) -> None:
    ours = await desk(database)

    assert await ours.days.claim(NOON - SECOND, LEASE) == ()
    assert await ours.days.next_due(NOON - SECOND) == NOON
    assert await ours.days.next_due(NOON) is None
