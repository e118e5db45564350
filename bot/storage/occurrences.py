"""The days on which schedules are due: each local day of a schedule once, whatever the clock does."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, func, or_, select, update

from bot.model.answers import DeliveryLine
from bot.model.delivery import Occurrence, OccurrenceId, OccurrenceState, ScheduleId
from bot.storage.database import Database
from bot.storage.outbox_rows import is_over
from bot.storage.schema import OCCURRENCE, OUTBOX_PART, SCHEDULE
from bot.storage.statements import chunks, upsert

_ROWS_AT_ONCE = 1_000
# Mixes numbers as a fixed permutation does (Lehmer's generator), so that one server's days do not follow each other.
_MIXED, _MIXED_BELOW = 48_271, 2_147_483_647


class OccurrenceStore:
    """Rows move due → composed → done; skipped and failed are ends too. (schedule, local date) is unique."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add(
        self,
        schedule: ScheduleId,
        local_date: date,
        due_at: datetime,
        *,
        state: OccurrenceState = OccurrenceState.DUE,
        note: str | None = None,
    ) -> Occurrence | None:
        """Store one day of *schedule*, as skipped where *state* says so; None where that day is stored already."""
        row = {
            "schedule_id": schedule,
            "local_date": local_date,
            "due_at": due_at,
            "state": state.value,
            "note": note,
        }
        async with self._db.transaction() as connection:
            insertion = upsert(connection, OCCURRENCE).values(row).on_conflict_do_nothing()
            made = (await connection.execute(insertion.returning(OCCURRENCE))).one_or_none()
        return None if made is None else _occurrence(made)

    async def skipped(self, guild: int, now: datetime) -> frozenset[tuple[ScheduleId, datetime]]:
        """Return the days after *now* that schedules of *guild* leave out, as (schedule, instant)."""
        query = (
            select(OCCURRENCE.c.schedule_id, OCCURRENCE.c.due_at)
            .join(SCHEDULE, SCHEDULE.c.id == OCCURRENCE.c.schedule_id)
            .where(SCHEDULE.c.guild_id == guild, OCCURRENCE.c.state == OccurrenceState.SKIPPED.value)
            .where(OCCURRENCE.c.due_at > now)
        )
        async with self._db.read() as connection:
            rows = await connection.execute(query)
            return frozenset((ScheduleId(row.schedule_id), row.due_at) for row in rows)

    async def unskip(self, schedule: ScheduleId, now: datetime) -> int:
        """Let the days after *now* that were to be left out come after all; return how many there were."""
        coming = (OCCURRENCE.c.schedule_id == schedule) & (OCCURRENCE.c.due_at > now)
        gone = delete(OCCURRENCE).where(coming, OCCURRENCE.c.state == OccurrenceState.SKIPPED.value)
        async with self._db.transaction() as connection:
            return (await connection.execute(gone)).rowcount

    async def add_due(self, days: Sequence[tuple[ScheduleId, date, datetime]]) -> int:
        """Store days of many schedules as due; return how many were new."""
        added = 0
        async with self._db.transaction() as connection:
            for some in chunks(days, _ROWS_AT_ONCE):
                rows = [
                    {"schedule_id": schedule, "local_date": day, "due_at": due_at, "state": OccurrenceState.DUE.value}
                    for schedule, day, due_at in some
                ]
                insertion = upsert(connection, OCCURRENCE).values(rows).on_conflict_do_nothing()
                added += len((await connection.execute(insertion.returning(OCCURRENCE.c.id))).all())
        return added

    async def claim(self, now: datetime, lease: timedelta, limit: int = 1) -> tuple[Occurrence, ...]:
        """Return occurrences that are due, the earliest first, equals mixed, for this process to compose.

        If it dies first, they are handed out again once *lease* has passed.
        """
        free = is_over(OCCURRENCE.c.leased_until, now, lease)
        due = (
            select(OCCURRENCE.c.id)
            .where(OCCURRENCE.c.state == OccurrenceState.DUE.value, OCCURRENCE.c.due_at <= now, free)
            .order_by(OCCURRENCE.c.due_at, OCCURRENCE.c.id * _MIXED % _MIXED_BELOW)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte()
        )
        taken = update(OCCURRENCE).where(OCCURRENCE.c.id.in_(select(due.c.id)))
        async with self._db.transaction() as connection:
            rows = (await connection.execute(taken.values(leased_until=now + lease).returning(OCCURRENCE))).all()
        return tuple(sorted(map(_occurrence, rows), key=lambda occurrence: (occurrence.due_at, occurrence.id)))

    async def reclaim(self) -> int:
        """End every lease: nobody else composes, so whoever held them is dead. Return how many there were."""
        held = update(OCCURRENCE).where(OCCURRENCE.c.leased_until.is_not(None))
        async with self._db.transaction() as connection:
            return (await connection.execute(held.values(leased_until=None))).rowcount

    async def count_due(self, due_at: datetime) -> int:
        """Return how many schedules have a day that is due at exactly *due_at*."""
        async with self._db.read() as connection:
            query = select(func.count()).select_from(OCCURRENCE).where(OCCURRENCE.c.due_at == due_at)
            return int(await connection.scalar(query) or 0)

    async def release(self, occurrence: OccurrenceId) -> None:
        """Give a claimed occurrence back before its lease ends."""
        async with self._db.transaction() as connection:
            mine = update(OCCURRENCE).where(OCCURRENCE.c.id == occurrence)
            await connection.execute(mine.values(leased_until=None))

    async def settle(self, occurrence: OccurrenceId, state: OccurrenceState, note: str | None = None) -> bool:
        """End an occurrence as done, skipped or failed; False where it had ended already."""
        is_open = OCCURRENCE.c.state.in_([OccurrenceState.DUE.value, OccurrenceState.COMPOSED.value])
        ended = update(OCCURRENCE).where(OCCURRENCE.c.id == occurrence, is_open)
        async with self._db.transaction() as connection:
            settled = await connection.execute(ended.values(state=state.value, note=note, leased_until=None))
        return settled.rowcount == 1

    async def get(self, occurrence: OccurrenceId) -> Occurrence | None:
        """Return the occurrence with this id, or None."""
        return await self._first(select(OCCURRENCE).where(OCCURRENCE.c.id == occurrence))

    async def find(self, schedule: ScheduleId, local_date: date) -> Occurrence | None:
        """Return what is stored of one day of *schedule*, or None."""
        is_day = (OCCURRENCE.c.schedule_id == schedule) & (OCCURRENCE.c.local_date == local_date)
        return await self._first(select(OCCURRENCE).where(is_day))

    async def latest(self, schedule: ScheduleId) -> Occurrence | None:
        """Return the newest day of *schedule* that is stored, or None."""
        query = select(OCCURRENCE).where(OCCURRENCE.c.schedule_id == schedule)
        return await self._first(query.order_by(OCCURRENCE.c.local_date.desc()).limit(1))

    async def next_due(self, now: datetime) -> datetime | None:
        """Return the earliest instant after *now* at which an occurrence is due, or None."""
        query = (
            select(OCCURRENCE.c.due_at)
            .where(OCCURRENCE.c.state == OccurrenceState.DUE.value, OCCURRENCE.c.due_at > now)
            .order_by(OCCURRENCE.c.due_at)
            .limit(1)
        )
        async with self._db.read() as connection:
            due: datetime | None = await connection.scalar(query)
        return due

    async def deliveries(self, *, guild: int | None = None, limit: int = 10) -> tuple[DeliveryLine, ...]:
        """Return how the newest occurrences went, newest first; those of *guild* alone, where it is named."""
        sent = select(OUTBOX_PART.c.sent_at).where(OUTBOX_PART.c.occurrence_id == OCCURRENCE.c.id)
        first_sent = sent.order_by(OUTBOX_PART.c.number).limit(1).scalar_subquery().label("sent_at")
        query: Select[Any] = (
            select(OCCURRENCE, SCHEDULE.c.channel_id, first_sent)
            .join(SCHEDULE, SCHEDULE.c.id == OCCURRENCE.c.schedule_id)
            .where(or_(OCCURRENCE.c.state != OccurrenceState.DUE.value, OCCURRENCE.c.leased_until.is_not(None)))
            .order_by(OCCURRENCE.c.due_at.desc(), OCCURRENCE.c.id.desc())
            .limit(limit)
        )
        if guild is not None:
            query = query.where(SCHEDULE.c.guild_id == guild)
        async with self._db.read() as connection:
            return tuple(
                DeliveryLine(row.channel_id, row.local_date, row.state, row.sent_at, row.note)
                for row in await connection.execute(query)
            )

    async def _first(self, query: Select[Any]) -> Occurrence | None:
        async with self._db.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _occurrence(row)


def _occurrence(row: Row[Any]) -> Occurrence:
    return Occurrence(
        id=OccurrenceId(row.id),
        schedule=ScheduleId(row.schedule_id),
        local_date=row.local_date,
        due_at=row.due_at,
        state=OccurrenceState(row.state),
        edition=row.edition_id,
        note=row.note,
    )
