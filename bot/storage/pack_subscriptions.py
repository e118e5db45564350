"""Subscribe a server to many feeds at once: all that fit, in one transaction."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select

from bot.model.answers import PackAdded
from bot.storage.database import Database
from bot.storage.feeds import add_feed
from bot.storage.guild_log import By, has_room, log_change
from bot.storage.schema import FEED, SUBSCRIPTION


class PackSubscriptionStore:
    """Subscriptions to packs of feeds."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def add(
        self, guild: int, pack: str, feeds: Sequence[tuple[str, str]], *, by: By, limit: int | None = None
    ) -> PackAdded:
        """Subscribe *guild* to *feeds* (address and name), in order, until it has *limit* subscriptions.

        Feeds that it reads already stay as they are and take no room. Nothing is fetched: ingest polls new feeds at
        its next round. Doing it again changes nothing. Addresses are each named once.
        """
        async with self._db.transaction() as connection:
            await has_room(connection, SUBSCRIPTION, guild, limit, by.at)
            mine = SUBSCRIPTION.c.guild_id == guild
            here = select(FEED.c.url).join(SUBSCRIPTION, SUBSCRIPTION.c.feed_id == FEED.c.id).where(mine)
            read = set((await connection.scalars(here)).all())
            count = (await connection.execute(select(func.count()).select_from(SUBSCRIPTION).where(mine))).scalar_one()
            unread = [feed for feed in feeds if feed[0] not in read]
            fitting = unread if limit is None else unread[: max(0, limit - count)]
            for url, name in fitting:
                feed = await add_feed(connection, url, name)
                row = {"guild_id": guild, "feed_id": feed.id, "name": name, "topic": None}
                row |= {"created_by": by.user, "created_at": by.at}
                await connection.execute(insert(SUBSCRIPTION).values(row))
            if fitting:
                await log_change(connection, guild, by, "pack add", f"{pack}: {len(fitting)} new")
        return PackAdded(len(fitting), len(feeds) - len(unread), len(unread) - len(fitting))
