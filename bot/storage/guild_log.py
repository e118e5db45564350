"""Who changed what in a server's configuration, and how much room its quotas leave; for use inside a transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.schema import CONFIG_LOG, GUILD
from bot.storage.statements import upsert


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a change, and when; ``user`` None is the bot itself."""

    user: int | None
    at: datetime


async def ensure_guild(connection: AsyncConnection, guild: int, now: datetime) -> None:
    """Make sure that *guild* is stored."""
    row = {"id": guild, "joined_at": now, "limits": {}}
    await connection.execute(upsert(connection, GUILD).values(row).on_conflict_do_nothing())


async def has_room(connection: AsyncConnection, table: Table, guild: int, limit: int | None, now: datetime) -> bool:
    """Tell whether *guild* has fewer than *limit* rows in *table*; nobody can add one until the transaction ends."""
    await ensure_guild(connection, guild, now)
    await connection.execute(select(GUILD.c.id).where(GUILD.c.id == guild).with_for_update())
    count = select(func.count()).select_from(table).where(table.c.guild_id == guild)
    return limit is None or (await connection.execute(count)).scalar_one() < limit


async def log_change(connection: AsyncConnection, guild: int, by: By, action: str, detail: str) -> None:
    """Log a change of *guild*'s configuration."""
    row = {"guild_id": guild, "at": by.at, "user_id": by.user, "action": action, "detail": detail}
    await connection.execute(insert(CONFIG_LOG).values(row))
