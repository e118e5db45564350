"""Which server reads which feed. Every method takes the server first and touches its rows alone."""

from typing import Any, Final

from sqlalchemy import Row, Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.answers import FeedLine
from bot.storage.database import Database
from bot.storage.feed_rows import SELECT_FEED, feed_of, shown_url
from bot.storage.feeds import add_feed
from bot.storage.guild_log import By, has_room, log_change
from bot.storage.schema import ARTICLE, FEED, FEED_NOTICE, SUBSCRIPTION


class SubscriptionStore:
    """Subscriptions of servers to feeds."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def list_for(self, guild: int) -> tuple[FeedLine, ...]:
        """Return the subscriptions of *guild*, in order of name."""
        query = _SELECT.where(SUBSCRIPTION.c.guild_id == guild).order_by(func.lower(SUBSCRIPTION.c.name))
        async with self._db.read() as connection:
            return tuple(_line(row) for row in await connection.execute(query))

    async def get(self, guild: int, subscription: int) -> FeedLine | None:
        """Return one subscription of *guild*; None where it has none with this id."""
        async with self._db.read() as connection:
            return await _get(connection, guild, subscription)

    async def add(  # noqa: PLR0913 - what a subscription is made of, by its names
        self,
        guild: int,
        url: str,
        name: str,
        *,
        by: By,
        outlet: str | None = None,
        topic: str | None = None,
        limit: int | None = None,
    ) -> FeedLine | None:
        """Subscribe *guild* to the feed at *url*, which it calls *name*.

        Where the feed is new, its *outlet* (*name*, where that is None) is called so for everybody. A feed that it
        reads already is returned as it is. None: it has *limit* subscriptions already.
        """
        async with self._db.transaction() as connection:
            room = await has_room(connection, SUBSCRIPTION, guild, limit, by.at)
            feed = await add_feed(connection, url, outlet or name)
            mine = (SUBSCRIPTION.c.guild_id == guild) & (SUBSCRIPTION.c.feed_id == feed.id)
            if existing := await connection.scalar(select(SUBSCRIPTION.c.id).where(mine)):
                return await _get(connection, guild, existing)
            if not room:
                return None
            row = {
                "guild_id": guild,
                "feed_id": feed.id,
                "name": name,
                "topic": topic,
                "created_by": by.user,
                "created_at": by.at,
            }
            made = await connection.execute(insert(SUBSCRIPTION).values(row).returning(SUBSCRIPTION.c.id))
            await log_change(connection, guild, by, "feed add", f"{name} {shown_url(url)}")
            return await _get(connection, guild, made.scalar_one())

    async def remove(self, guild: int, subscription: int, *, by: By) -> FeedLine | None:
        """End one subscription of *guild* and return what it was; None where it has none with this id."""
        async with self._db.transaction() as connection:
            line = await _get(connection, guild, subscription)
            if line is None:
                return None
            await connection.execute(delete(SUBSCRIPTION).where(SUBSCRIPTION.c.id == line.id))
            told = (FEED_NOTICE.c.guild_id == guild) & (FEED_NOTICE.c.feed_id == line.feed.id)
            await connection.execute(delete(FEED_NOTICE).where(told))
            await log_change(connection, guild, by, "feed remove", f"{line.name} {line.url}")
            return line


_COUNT = select(func.count()).where(ARTICLE.c.outlet_id == FEED.c.outlet_id).scalar_subquery()
_SELECT: Final[Select[Any]] = SELECT_FEED.add_columns(
    SUBSCRIPTION.c.id.label("subscription_id"), SUBSCRIPTION.c.name, SUBSCRIPTION.c.topic, _COUNT.label("articles")
).join(SUBSCRIPTION, SUBSCRIPTION.c.feed_id == FEED.c.id)


async def _get(connection: AsyncConnection, guild: int, subscription: int) -> FeedLine | None:
    mine = (SUBSCRIPTION.c.guild_id == guild) & (SUBSCRIPTION.c.id == subscription)
    row = (await connection.execute(_SELECT.where(mine))).one_or_none()
    return None if row is None else _line(row)


def _line(row: Row[Any]) -> FeedLine:
    return FeedLine(row.subscription_id, row.name, shown_url(row.url), feed_of(row), row.topic, row.articles)
