"""What servers are to be told of their feeds: one row for each server and feed, told once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, false, or_, select, update

from bot.model.answers import FeedNotice, ServerNotices
from bot.model.articles import FeedId
from bot.storage.database import Database
from bot.storage.schema import FEED_NOTICE, GUILD, SCHEDULE, SUBSCRIPTION
from bot.storage.statements import upsert

_RECOVERED = "recovered"


class FeedNoticeStore:
    """Notices about feeds, for the servers that subscribe to them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def note(self, feed: FeedId, kind: str, code: str | None, since: datetime) -> None:
        """Remember that each subscriber of *feed* is to be told that it is *kind* (failing, disabled, recovered).

        A recovery is told to those alone who were told of the failure; a failure that nobody was told of yet is
        dropped with it.
        """
        mine = FEED_NOTICE.c.feed_id == feed
        async with self._db.transaction() as connection:
            if kind == _RECOVERED:
                await connection.execute(delete(FEED_NOTICE).where(mine, FEED_NOTICE.c.told_at.is_(None)))
                again = {"kind": kind, "code": None, "since": since, "told_at": None}
                await connection.execute(update(FEED_NOTICE).where(mine).values(again))
                return
            query = select(SUBSCRIPTION.c.guild_id).where(SUBSCRIPTION.c.feed_id == feed)
            for guild in (await connection.scalars(query)).all():
                row = {"guild_id": guild, "feed_id": feed, "kind": kind, "code": code, "since": since}
                insertion = upsert(connection, FEED_NOTICE).values(row | {"told_at": None})
                new = {name: insertion.excluded[name] for name in ("kind", "code", "since", "told_at")}
                keys = [FEED_NOTICE.c.guild_id, FEED_NOTICE.c.feed_id]
                await connection.execute(insertion.on_conflict_do_update(index_elements=keys, set_=new))

    async def waiting(self, limit: int = 20) -> tuple[ServerNotices, ...]:
        """Return up to *limit* servers with all that they are to be told, and where.

        ``channel`` is the one that the server chose for notices, else that of its oldest schedule; None: neither.
        Servers that the bot left wait.
        """
        here = select(GUILD).join(FEED_NOTICE, FEED_NOTICE.c.guild_id == GUILD.c.id)
        untold = here.where(FEED_NOTICE.c.told_at.is_(None), GUILD.c.left_at.is_(None))
        async with self._db.read() as connection:
            guilds = (await connection.execute(untold.distinct().order_by(GUILD.c.id).limit(limit))).all()
            found = []
            for guild in guilds:
                oldest = select(SCHEDULE.c.channel_id).where(SCHEDULE.c.guild_id == guild.id)
                channel = guild.notice_channel or await connection.scalar(oldest.order_by(SCHEDULE.c.id).limit(1))
                query = (
                    select(FEED_NOTICE, SUBSCRIPTION.c.name)
                    .join(
                        SUBSCRIPTION,
                        (SUBSCRIPTION.c.feed_id == FEED_NOTICE.c.feed_id)
                        & (SUBSCRIPTION.c.guild_id == FEED_NOTICE.c.guild_id),
                    )
                    .where(FEED_NOTICE.c.guild_id == guild.id, FEED_NOTICE.c.told_at.is_(None))
                    .order_by(FEED_NOTICE.c.id)
                )
                rows = await connection.execute(query)
                notices = tuple(FeedNotice(row.id, row.name, row.kind, row.code, row.since) for row in rows)
                found.append(ServerNotices(guild.id, channel, notices))
        return tuple(found)

    async def mark_told(self, guild: int, notices: Iterable[FeedNotice], now: datetime) -> None:
        """Remember that *guild* was told of *notices*; those that say that all is well again are forgotten.

        One that says something else by now still waits.
        """
        same = or_(
            false(),
            *(
                (FEED_NOTICE.c.id == notice.id)
                & (FEED_NOTICE.c.kind == notice.kind)
                & (FEED_NOTICE.c.since == notice.since)
                for notice in notices
            ),
        )
        mine = (FEED_NOTICE.c.guild_id == guild) & same
        async with self._db.transaction() as connection:
            await connection.execute(delete(FEED_NOTICE).where(mine, FEED_NOTICE.c.kind == _RECOVERED))
            await connection.execute(update(FEED_NOTICE).where(mine).values(told_at=now))
