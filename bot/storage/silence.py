"""Schedules of which nothing was posted for long."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from bot.model.delivery import OccurrenceState, ScheduleId
from bot.storage.database import Database
from bot.storage.schema import OCCURRENCE, SCHEDULE


@dataclass(frozen=True, slots=True)
class LastWords:
    """When a schedule last posted (None: never), how many days it missed since, why, and when that was told."""

    posted_at: datetime | None
    missed: int
    note: str | None
    told_at: datetime | None


class SilenceStore:
    """What schedules did not post."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def last_words(self, schedule: ScheduleId) -> LastWords:
        """Return how long *schedule* has been silent."""
        mine = OCCURRENCE.c.schedule_id == schedule
        done = select(func.max(OCCURRENCE.c.due_at)).where(mine, OCCURRENCE.c.state == OccurrenceState.DONE.value)
        ended = OCCURRENCE.c.state.in_([OccurrenceState.SKIPPED.value, OccurrenceState.FAILED.value])
        told = select(SCHEDULE.c.silence_told_at).where(SCHEDULE.c.id == schedule)
        async with self._db.read() as connection:
            posted: datetime | None = await connection.scalar(done)
            missed = select(OCCURRENCE.c.note).where(mine, ended).order_by(OCCURRENCE.c.due_at.desc())
            if posted is not None:
                missed = missed.where(OCCURRENCE.c.due_at > posted)
            notes = (await connection.scalars(missed)).all()
            told_at: datetime | None = await connection.scalar(told)
        return LastWords(posted, len(notes), notes[0] if notes else None, told_at)

    async def told(self, schedule: ScheduleId, now: datetime) -> None:
        """Remember that the channel of *schedule* was told of its silence."""
        async with self._db.transaction() as connection:
            mine = update(SCHEDULE).where(SCHEDULE.c.id == schedule)
            await connection.execute(mine.values(silence_told_at=now))
