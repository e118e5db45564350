"""Servers: when they came and went, their channels' troubles, their log; and forgetting them wholly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, exists, false, func, select, update

from bot.storage.database import Database
from bot.storage.guild_log import By, ensure_guild, log_change
from bot.storage.schema import (
    CHANNEL,
    CONFIG_LOG,
    CORRECTION,
    EDITION,
    FEED,
    FEED_NOTICE,
    GUILD,
    MESSAGE_EDIT,
    OCCURRENCE,
    OUTBOX_PART,
    SCHEDULE,
    SUBSCRIPTION,
)
from bot.storage.statements import upsert


@dataclass(frozen=True, slots=True)
class Guild:
    """A server. ``left_at`` None: the bot is there. ``limits`` are what an operator allowed beyond the quotas."""

    id: int
    joined_at: datetime
    left_at: datetime | None
    notice_channel: int | None
    zone: str | None
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ChannelProblem:
    """Why a channel cannot be posted to; ``told_at`` is when its admins were told, None: not yet."""

    channel: int
    guild: int
    text: str
    since: datetime
    count: int
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """One logged change of a server's configuration."""

    at: datetime
    user: int | None
    action: str
    detail: str


class GuildStore:
    """Servers. Every method that takes one touches its rows alone."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def join(self, guild: int, now: datetime) -> Guild:
        """Store that the bot is in *guild*; what it had configured before it left is there again."""
        async with self._db.transaction() as connection:
            await ensure_guild(connection, guild, now)
            back = update(GUILD).where(GUILD.c.id == guild).values(left_at=None).returning(GUILD)
            return _guild((await connection.execute(back)).one())

    async def leave(self, guild: int, now: datetime) -> None:
        """Store that the bot left *guild*; its configuration waits for :meth:`purge`."""
        async with self._db.transaction() as connection:
            gone = update(GUILD).where(GUILD.c.id == guild, GUILD.c.left_at.is_(None))
            await connection.execute(gone.values(left_at=now))

    async def find(self, guild: int) -> Guild | None:
        """Return what is stored of *guild*, or None."""
        async with self._db.read() as connection:
            row = (await connection.execute(select(GUILD).where(GUILD.c.id == guild))).one_or_none()
        return None if row is None else _guild(row)

    async def set_details(
        self,
        guild: int,
        *,
        by: By,
        notice_channel: int | None = None,
        zone: str | None = None,
        limits: Mapping[str, int] | None = None,
    ) -> None:
        """Store a server's notice channel, usual time zone or limits; what is None stays as it was."""
        details = {"notice_channel": notice_channel, "zone": zone, "limits": limits and dict(limits)}
        changed = {name: value for name, value in details.items() if value is not None}
        async with self._db.transaction() as connection:
            await ensure_guild(connection, guild, by.at)
            if changed:
                await connection.execute(update(GUILD).where(GUILD.c.id == guild).values(changed))
                await log_change(connection, guild, by, "settings", ", ".join(sorted(changed)))

    async def note_problem(self, guild: int, channel: int, text: str, now: datetime) -> ChannelProblem:
        """Count one more failure to post to *channel*; ``since`` and ``told_at`` stay until it is cleared."""
        async with self._db.transaction() as connection:
            await ensure_guild(connection, guild, now)
            row = {"id": channel, "guild_id": guild, "problem": text, "problem_since": now, "problem_count": 1}
            insertion = upsert(connection, CHANNEL).values(row)
            again = {
                "problem": text,
                "problem_since": func.coalesce(CHANNEL.c.problem_since, insertion.excluded.problem_since),
                "problem_count": CHANNEL.c.problem_count + 1,
            }
            statement = insertion.on_conflict_do_update(index_elements=[CHANNEL.c.id], set_=again)
            return _problem((await connection.execute(statement.returning(CHANNEL))).one())

    async def note_told(self, guild: int, channel: int, now: datetime) -> None:
        """Store that the admins of *guild* were told of the problem of *channel*."""
        mine = (CHANNEL.c.id == channel) & (CHANNEL.c.guild_id == guild)
        async with self._db.transaction() as connection:
            await connection.execute(update(CHANNEL).where(mine).values(told_at=now))

    async def clear_problem(self, channel: int) -> bool:
        """Forget the problem of *channel*, which can be posted to again; False where it had none."""
        async with self._db.transaction() as connection:
            gone = await connection.execute(delete(CHANNEL).where(CHANNEL.c.id == channel))
        return gone.rowcount > 0

    async def problems(self, guild: int) -> tuple[ChannelProblem, ...]:
        """Return the channels of *guild* that cannot be posted to."""
        query = select(CHANNEL).where(CHANNEL.c.guild_id == guild).order_by(CHANNEL.c.id)
        async with self._db.read() as connection:
            return tuple(_problem(row) for row in await connection.execute(query))

    async def changes(self, guild: int, limit: int = 25) -> tuple[Change, ...]:
        """Return the newest changes of *guild*'s configuration, newest first."""
        query = select(CONFIG_LOG).where(CONFIG_LOG.c.guild_id == guild).order_by(CONFIG_LOG.c.id.desc()).limit(limit)
        async with self._db.read() as connection:
            return tuple(Change(row.at, row.user_id, row.action, row.detail) for row in await connection.execute(query))

    async def count_changes(self, guild: int, action: str, since: datetime) -> int:
        """Return how many changes of the kind *action* (``feed add``) *guild* made at *since* or later."""
        mine = (CONFIG_LOG.c.guild_id == guild) & (CONFIG_LOG.c.at >= since) & (CONFIG_LOG.c.action == action)
        async with self._db.read() as connection:
            count = await connection.execute(select(func.count()).select_from(CONFIG_LOG).where(mine))
            return int(count.scalar_one())

    async def left_before(self, when: datetime) -> tuple[int, ...]:
        """Return the servers that the bot left before *when* and that nobody has forgotten yet."""
        query = select(GUILD.c.id).where(GUILD.c.left_at < when).order_by(GUILD.c.id)
        async with self._db.read() as connection:
            return tuple((await connection.scalars(query)).all())

    async def purge(self, guild: int) -> bool:
        """Delete everything that is stored of *guild*, so that not a byte of it stays in the database's files.

        The addresses of feeds that only this server read go too: one may hold its key. Articles stay: they are the
        public's. Backups made before keep what they hold. False where nothing was stored.
        """
        unread = (FEED.c.kept == false()) & ~exists().where(SUBSCRIPTION.c.feed_id == FEED.c.id)
        async with self._db.transaction() as connection:
            gone = await connection.execute(delete(GUILD).where(GUILD.c.id == guild))
            await connection.execute(delete(FEED).where(unread))
        await self._db.tidy()
        return gone.rowcount > 0

    async def export(self, guild: int) -> dict[str, list[dict[str, object]]]:
        """Return every row that is stored of *guild*, by table, as JSON values."""
        rows: dict[str, list[dict[str, object]]] = {}
        async with self._db.read() as connection:
            for table in (
                GUILD,
                CHANNEL,
                SCHEDULE,
                SUBSCRIPTION,
                FEED_NOTICE,
                CONFIG_LOG,
                EDITION,
                OUTBOX_PART,
                CORRECTION,
                MESSAGE_EDIT,
            ):
                mine = table.c.id if table is GUILD else table.c.guild_id
                found = await connection.execute(select(table).where(mine == guild).order_by(table.c.id))
                rows[table.name] = [_exported(row, table) for row in found]
            dates = select(OCCURRENCE).join(SCHEDULE).where(SCHEDULE.c.guild_id == guild).order_by(OCCURRENCE.c.id)
            rows[OCCURRENCE.name] = [_exported(row, OCCURRENCE) for row in await connection.execute(dates)]
        return rows


def _exported(row: Row[Any], table: Table) -> dict[str, object]:
    values = {column.name: getattr(row, column.name) for column in table.columns}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _guild(row: Row[Any]) -> Guild:
    return Guild(row.id, row.joined_at, row.left_at, row.notice_channel, row.zone, row.limits)


def _problem(row: Row[Any]) -> ChannelProblem:
    return ChannelProblem(row.id, row.guild_id, row.problem, row.problem_since, row.problem_count, row.told_at)
