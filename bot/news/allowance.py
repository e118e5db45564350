"""What each server may have, and what is said where that is all."""

from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.storage.database import Database
from bot.storage.guilds import GuildStore


@dataclass(frozen=True, slots=True)
class Quotas:
    """What one server may have; ``feed_adds`` are tries within a minute, ``minutes_apart`` digests of one channel."""

    feeds: int
    schedules: int
    feed_adds: int = 5
    minutes_apart: int = 0


class Allowance:
    """Quotas of each server: what its operator allowed it goes before what every server may."""

    def __init__(self, database: Database, quotas: Quotas) -> None:
        self._guilds = GuildStore(database)
        self._quotas = quotas

    async def of(self, guild: int) -> Quotas:
        """Return what *guild* may have."""
        found = await self._guilds.find(guild)
        allowed = {} if found is None else found.limits
        known = {
            name: allowed[name] for name in ("feeds", "schedules", "feed_adds", "minutes_apart") if name in allowed
        }
        return replace(self._quotas, **known)


def too_many_feeds(quotas: Quotas) -> UserError:
    """Return what is said where a server has all its feeds."""
    return UserError(f"This server has {quotas.feeds} feeds, which is all it may have. Remove one first: /feed remove.")


def too_many_schedules(quotas: Quotas) -> UserError:
    """Return what is said where a server has all its schedules."""
    return UserError(
        f"This server has {quotas.schedules} schedules, which is all it may have. Remove one first: /schedule remove."
    )
