"""When which channel gets its digest. Methods that take a server touch its rows alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, false, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import Length
from bot.storage.database import Database
from bot.storage.guild_log import By, has_room, log_change
from bot.storage.schema import GUILD, SCHEDULE


class ScheduleStore:
    """Schedules of servers."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def list_for(self, guild: int) -> tuple[Schedule, ...]:
        """Return the schedules of *guild*, in order of id."""
        return await self._list(SCHEDULE.c.guild_id == guild)

    async def get(self, guild: int, schedule: ScheduleId) -> Schedule | None:
        """Return one schedule of *guild*; None where it has none with this id."""
        return next(iter(await self._list(_is(guild, schedule))), None)

    async def active(self) -> tuple[Schedule, ...]:
        """Return the schedules of all servers that are neither paused nor suspended nor left, in order of id."""
        here = SCHEDULE.c.guild_id.in_(select(GUILD.c.id).where(GUILD.c.left_at.is_(None)))
        return await self._list((SCHEDULE.c.paused == false()) & SCHEDULE.c.suspended.is_(None) & here)

    async def add(self, schedule: Schedule, *, by: By, limit: int | None = None) -> Schedule | None:
        """Store *schedule*, whose id does not count, and return it with its own; None: *limit* are there already."""
        async with self._db.transaction() as connection:
            if not await has_room(connection, SCHEDULE, schedule.guild, limit, by.at):
                return None
            schedule = replace(schedule, created_by=by.user, created_at=by.at)
            made = await connection.execute(insert(SCHEDULE).values(_row(schedule)).returning(SCHEDULE.c.id))
            await log_change(connection, schedule.guild, by, "schedule add", _told(schedule))
            return replace(schedule, id=ScheduleId(made.scalar_one()))

    async def change(self, schedule: Schedule, *, by: By) -> Schedule | None:
        """Store what *schedule* says now and return it; None where its server has none with its id."""
        changed = {name: value for name, value in _row(schedule).items() if not name.startswith("created_")}
        return await self._update(schedule.guild, schedule.id, changed, by=by, action="schedule edit")

    async def pause(self, guild: int, schedule: ScheduleId, *, paused: bool, by: By) -> Schedule | None:
        """Pause or resume one schedule of *guild* and return it; resuming ends a suspension too."""
        changed: dict[str, object] = {"paused": paused} if paused else {"paused": False, "suspended": None}
        action = "schedule pause" if paused else "schedule resume"
        return await self._update(guild, schedule, changed, by=by, action=action)

    async def remove(self, guild: int, schedule: ScheduleId, *, by: By) -> Schedule | None:
        """Remove one schedule of *guild*, with what was to be posted for it, and return it; None if there is none."""
        async with self._db.transaction() as connection:
            removed = await connection.execute(delete(SCHEDULE).where(_is(guild, schedule)).returning(SCHEDULE))
            row = removed.one_or_none()
            if row is None:
                return None
            await log_change(connection, guild, by, "schedule remove", _told(_schedule(row)))
            return _schedule(row)

    async def note_skip(self, schedule: Schedule, day: date, *, by: By) -> None:
        """Log that somebody had *day* of *schedule* left out."""
        async with self._db.transaction() as connection:
            await log_change(connection, schedule.guild, by, "schedule skip", f"{day}: {_told(schedule)}")

    async def suspend(self, channel: int, reason: str | None) -> int:
        """Suspend the schedules of a channel that cannot be posted to, or (None) let them go on; return how many."""
        before = SCHEDULE.c.suspended.is_(None) if reason else SCHEDULE.c.suspended.is_not(None)
        statement = update(SCHEDULE).where(SCHEDULE.c.channel_id == channel, before).values(suspended=reason)
        async with self._db.transaction() as connection:
            return (await connection.execute(statement)).rowcount

    async def _update(
        self, guild: int, schedule: ScheduleId, changed: Mapping[str, object], *, by: By, action: str
    ) -> Schedule | None:
        statement = update(SCHEDULE).where(_is(guild, schedule)).values(dict(changed)).returning(SCHEDULE)
        async with self._db.transaction() as connection:
            row = (await connection.execute(statement)).one_or_none()
            if row is None:
                return None
            await log_change(connection, guild, by, action, _told(_schedule(row)))
            return _schedule(row)

    async def _list(self, wanted: ColumnElement[bool]) -> tuple[Schedule, ...]:
        query: Select[Any] = select(SCHEDULE).where(wanted).order_by(SCHEDULE.c.id)
        async with self._db.read() as connection:
            return tuple(_schedule(row) for row in await connection.execute(query))


async def schedule_with(connection: AsyncConnection, schedule: ScheduleId) -> Schedule | None:
    """Return the schedule with this id, of whichever server, or None."""
    row = (await connection.execute(select(SCHEDULE).where(SCHEDULE.c.id == schedule))).one_or_none()
    return None if row is None else _schedule(row)


def _is(guild: int, schedule: ScheduleId) -> ColumnElement[bool]:
    return (SCHEDULE.c.guild_id == guild) & (SCHEDULE.c.id == schedule)


def _row(schedule: Schedule) -> dict[str, object]:
    return {
        "guild_id": schedule.guild,
        "channel_id": schedule.channel,
        "at": schedule.at.isoformat(timespec="minutes"),
        "zone": schedule.zone,
        "days": "".join(map(str, sorted(schedule.days))),
        "length": schedule.length.value,
        "topic": schedule.topic,
        "paused": schedule.paused,
        "suspended": schedule.suspended,
        "created_by": schedule.created_by,
        "created_at": schedule.created_at,
    }


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        id=ScheduleId(row.id),
        guild=row.guild_id,
        channel=row.channel_id,
        at=time.fromisoformat(row.at),
        zone=row.zone,
        days=frozenset(map(int, row.days)),
        length=Length(row.length),
        topic=row.topic,
        paused=row.paused,
        created_by=row.created_by,
        created_at=row.created_at,
        suspended=row.suspended,
    )


def _told(schedule: Schedule) -> str:
    days = "".join(map(str, sorted(schedule.days)))
    return f"channel {schedule.channel} at {schedule.at:%H:%M} {schedule.zone}, days {days}, {schedule.length.value}"
