"""What a server reads: the outlets of the feeds that it subscribed to, and what these have published."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from bot.model.articles import OutletId
from bot.storage.database import Database
from bot.storage.schema import ARTICLE, FEED, SUBSCRIPTION


class ReadingListStore:
    """Outlets by server, articles by outlet; read only."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def outlets(self, guild: int) -> frozenset[OutletId]:
        """Return the outlets of the feeds that *guild* subscribed to; empty where it has none."""
        query: Select[Any] = select(FEED.c.outlet_id).join(SUBSCRIPTION).where(SUBSCRIPTION.c.guild_id == guild)
        async with self._db.read() as connection:
            return frozenset(OutletId(number) for number in (await connection.execute(query)).scalars())

    async def articles(self, outlets: frozenset[OutletId], since: datetime, until: datetime) -> frozenset[int]:
        """Return the ids of what *outlets* published between *since* and *until*, both included."""
        query: Select[Any] = select(ARTICLE.c.id).where(
            ARTICLE.c.outlet_id.in_(sorted(outlets)), ARTICLE.c.event_at >= since, ARTICLE.c.event_at <= until
        )
        async with self._db.read() as connection:
            return frozenset((await connection.execute(query)).scalars())
