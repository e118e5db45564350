"""Feeds: which are read, how reading them goes, and when it is their turn."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import Feed, FeedId
from bot.storage.article_writes import outlet_named
from bot.storage.database import Database
from bot.storage.feed_rows import SELECT_FEED, feed_of, feed_with, state_row
from bot.storage.schema import FEED, FEED_STATE, SUBSCRIPTION
from bot.storage.statements import upsert

_FIRST_INTERVAL_SECONDS = 900


class FeedStore:
    """Feeds by address: one row and one fetch, however many servers subscribe."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add(self, url: str, outlet: str, *, kept: bool = False) -> Feed:
        """Return the feed at *url*, made with *outlet* where it is new; *kept* ones are read without subscribers."""
        async with self._db.transaction() as connection:
            return await add_feed(connection, url, outlet, kept=kept)

    async def find(self, url: str) -> Feed | None:
        """Return the feed at *url*, or None."""
        return next(iter(await self._list(SELECT_FEED.where(FEED.c.url == url))), None)

    async def get(self, feed: FeedId) -> Feed | None:
        """Return the feed with this id, or None."""
        async with self._db.read() as connection:
            return await feed_with(connection, feed)

    async def all(self) -> tuple[Feed, ...]:
        """Return every feed, in order of id."""
        return await self._list(SELECT_FEED.order_by(FEED.c.id))

    async def failing(self, limit: int = 25) -> tuple[Feed, ...]:
        """Return feeds that cannot be read, those failing longest first."""
        query = SELECT_FEED.where(FEED_STATE.c.failing_since.is_not(None))
        return await self._list(query.order_by(FEED_STATE.c.failing_since, FEED.c.id).limit(limit))

    async def due(self, now: datetime, limit: int) -> tuple[Feed, ...]:
        """Return feeds whose turn it is, the most overdue first; leased ones and those of nobody wait.

        A disabled feed has its turn when its next look was planned: so it heals by itself. Without a plan: never.
        """
        return await self._list(SELECT_FEED.where(_is_due(now)).order_by(*_MOST_OVERDUE).limit(limit))

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[Feed, ...]:
        """Return feeds whose turn it is and keep them from every other process for *lease*, or until :meth:`put`."""
        turn = (
            select(FEED_STATE.c.feed_id)
            .join(FEED, FEED.c.id == FEED_STATE.c.feed_id)
            .where(_is_due(now))
            .order_by(*_MOST_OVERDUE)
            .limit(limit)
            .with_for_update(skip_locked=True, of=FEED_STATE)
            .cte()
        )
        async with self._db.transaction() as connection:
            taken = update(FEED_STATE).where(FEED_STATE.c.feed_id.in_(select(turn.c.feed_id)))
            claimed = taken.values(leased_until=now + lease).returning(FEED_STATE.c.feed_id)
            ids = (await connection.scalars(claimed)).all()
            query = SELECT_FEED.where(FEED.c.id.in_(ids)).order_by(*_MOST_OVERDUE)
            return tuple(feed_of(row) for row in await connection.execute(query))

    async def put(self, feed: Feed) -> None:
        """Store how reading *feed* went, and end its lease."""
        state = update(FEED_STATE).where(FEED_STATE.c.feed_id == feed.id)
        async with self._db.transaction() as connection:
            await connection.execute(state.values(**state_row(feed), leased_until=None))

    async def note_move(self, feed: FeedId, url: str | None, now: datetime) -> datetime | None:
        """Remember that *feed* says it moved to *url* for good; return since when it has said so.

        None forgets it. An address that changes starts anew: a move is believed only after days of the same.
        """
        state = FEED_STATE.c.feed_id == feed
        async with self._db.transaction() as connection:
            row = (
                await connection.execute(select(FEED_STATE.c.moved_to, FEED_STATE.c.moved_since).where(state))
            ).one_or_none()
            since: datetime | None = row.moved_since if row is not None and row.moved_to == url else now
            since = None if url is None else since
            await connection.execute(update(FEED_STATE).where(state).values(moved_to=url, moved_since=since))
        return since

    async def move(self, feed: FeedId, url: str) -> bool:
        """Read *feed* at *url* from now on; False where another feed has that address."""
        taken = exists().where(FEED.c.url == url)
        async with self._db.transaction() as connection:
            if (await connection.execute(select(taken))).scalar_one():
                return False
            await connection.execute(update(FEED).where(FEED.c.id == feed).values(url=url))
            fresh = {"etag": None, "modified": None, "moved_to": None, "moved_since": None}
            await connection.execute(update(FEED_STATE).where(FEED_STATE.c.feed_id == feed).values(fresh))
        return True

    async def guilds_of(self, feed: FeedId) -> tuple[int, ...]:
        """Return the servers that subscribe to *feed*."""
        query = select(SUBSCRIPTION.c.guild_id).where(SUBSCRIPTION.c.feed_id == feed).order_by(SUBSCRIPTION.c.guild_id)
        async with self._db.read() as connection:
            return tuple((await connection.scalars(query)).all())

    async def _list(self, query: Select[Any]) -> tuple[Feed, ...]:
        async with self._db.read() as connection:
            return tuple(feed_of(row) for row in await connection.execute(query))


async def add_feed(connection: AsyncConnection, url: str, outlet: str, *, kept: bool = False) -> Feed:
    """Return the feed at *url*, made where it is new, inside the caller's transaction."""
    insertion = upsert(connection, FEED).values(url=url, outlet_id=await outlet_named(connection, outlet), kept=kept)
    made = await connection.scalar(insertion.on_conflict_do_nothing().returning(FEED.c.id))
    if made is not None:
        state = {"feed_id": made, "interval_seconds": _FIRST_INTERVAL_SECONDS, "failures": 0, "disabled": False}
        await connection.execute(insert(FEED_STATE).values(state))
    elif kept:
        await connection.execute(update(FEED).where(FEED.c.url == url).values(kept=True))
    return feed_of((await connection.execute(SELECT_FEED.where(FEED.c.url == url))).one())


_MOST_OVERDUE = (FEED_STATE.c.next_poll_at.asc().nulls_first(), FEED_STATE.c.feed_id)


def _is_due(now: datetime) -> ColumnElement[bool]:
    wanted = FEED.c.kept | exists().where(SUBSCRIPTION.c.feed_id == FEED.c.id)
    # Without a plan a feed is new; a disabled one has ended for good.
    turn = (FEED_STATE.c.next_poll_at.is_(None) & (FEED_STATE.c.disabled == false())) | (
        FEED_STATE.c.next_poll_at <= now
    )
    free = FEED_STATE.c.leased_until.is_(None) | (FEED_STATE.c.leased_until <= now)
    return wanted & turn & free
