"""Channels that cannot be posted to: whose admins must still be told, and which may be mended by now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, or_, select, update

from bot.storage.database import Database
from bot.storage.schema import CHANNEL, GUILD, SCHEDULE


@dataclass(frozen=True, slots=True)
class Trouble:
    """A channel with a problem; ``notice_channel`` is where its server wants to be told, None: anywhere."""

    guild: int
    channel: int
    text: str
    since: datetime
    notice_channel: int | None


class ProblemStore:
    """Problems of channels, of all servers that the bot is in."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def untold(self) -> tuple[Trouble, ...]:
        """Return the problems that nobody was told of yet, those of one server beside each other."""
        query = (
            select(CHANNEL, GUILD.c.notice_channel)
            .join(GUILD, GUILD.c.id == CHANNEL.c.guild_id)
            .where(CHANNEL.c.told_at.is_(None), CHANNEL.c.problem.is_not(None), GUILD.c.left_at.is_(None))
            .order_by(CHANNEL.c.guild_id, CHANNEL.c.id)
        )
        async with self._db.read() as connection:
            return tuple(
                Trouble(row.guild_id, row.id, row.problem, row.problem_since, row.notice_channel)
                for row in await connection.execute(query)
            )

    async def told(self, troubles: tuple[Trouble, ...], now: datetime) -> None:
        """Remember that the admins were told of *troubles*; one that began anew meanwhile still waits."""
        same = ((CHANNEL.c.id == trouble.channel) & (CHANNEL.c.problem_since == trouble.since) for trouble in troubles)
        async with self._db.transaction() as connection:
            await connection.execute(update(CHANNEL).where(or_(false(), *same)).values(told_at=now))

    async def suspended(self, guild: int | None = None) -> tuple[tuple[int, int], ...]:
        """Return (server, channel) of suspended schedules, each once; those of *guild* alone, where it is named."""
        query = select(SCHEDULE.c.guild_id, SCHEDULE.c.channel_id).where(SCHEDULE.c.suspended.is_not(None)).distinct()
        if guild is not None:
            query = query.where(SCHEDULE.c.guild_id == guild)
        async with self._db.read() as connection:
            return tuple((row.guild_id, row.channel_id) for row in await connection.execute(query))
