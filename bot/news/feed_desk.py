"""Reads and changes what a server reads: its feeds, one by one or by the pack."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import FeedError, UserError
from bot.feeds.health import describe_error
from bot.feeds.opml import Outline
from bot.model.answers import Choice, FeedLine, FeedsTried, Pack, PackAdded
from bot.news.allowance import Allowance, too_many_feeds
from bot.news.pace import Pace
from bot.news.packs import PackShelf
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.outlets import OutletStore
from bot.storage.pack_subscriptions import PackSubscriptionStore
from bot.storage.subscriptions import SubscriptionStore

_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A feed that was looked at: its address, what it calls itself, how many entries it holds."""

    url: str
    title: str
    entries: int


class SourceReader(Protocol):
    """Looks at a feed."""

    async def look(self, url: str) -> FoundSource:
        """Return the feed at *url*, or the first one that the page there names.

        Raises:
            FeedError: there is none, or it cannot be read.
        """
        ...


class FeedDesk:
    """What is read for a server; each method for one server's rows alone."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        allowance: Allowance,
        sources: SourceReader,
        packs: PackShelf,
        pace: Pace,
    ) -> None:
        self._pace = pace
        self._shelf = packs
        self._pack_subscriptions = PackSubscriptionStore(database)
        self._outlets = OutletStore(database)
        self._subscriptions = SubscriptionStore(database)
        self._sources = sources
        self._clock = clock
        self._allowance = allowance

    async def feeds(self, guild: int) -> tuple[FeedLine, ...]:
        """Return the feeds that this server subscribed to, with their health."""
        return await self._subscriptions.list_for(guild)

    async def add_feed(self, guild: int, url: str, name: str | None, topic: str | None, user: int) -> FeedLine:
        """Fetch *url*, subscribe the server to the feed found there, and return it. Takes seconds."""
        address = url.strip() if "://" in url else f"https://{url.strip()}"
        quotas = await self._allowance.of(guild)
        if len(await self._subscriptions.list_for(guild)) >= quotas.feeds:
            raise too_many_feeds(quotas)
        if not self._pace.admits(guild, quotas.feed_adds):
            raise UserError(f"A server can add {quotas.feed_adds} feeds a minute. Please wait a minute, then go on.")
        try:
            found = await self._sources.look(address)
        except FeedError as error:
            raise UserError(
                f"I can't read {urlsplit(address).hostname or 'this address'}: {describe_error(error)}"
            ) from error
        title = (name or found.title).strip()[:_LONGEST_NAME]
        line = await self._subscriptions.add(
            guild, found.url, title, by=self._by(user), outlet=found.title.strip()[:_LONGEST_NAME], topic=topic or None,
            limit=quotas.feeds,
        )  # fmt: skip
        if line is None:
            raise too_many_feeds(quotas)
        return line

    async def add_feeds(self, guild: int, urls: Iterable[str], user: int) -> FeedsTried:
        """Fetch *urls* at once and subscribe the server to what is found; each failure becomes a sentence."""

        async def one(url: str) -> FeedLine | UserError:
            try:
                return await self.add_feed(guild, url, None, None, user)
            except UserError as error:
                return error

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(url)) for url in urls]
        results = [task.result() for task in tasks]
        return FeedsTried(
            tuple(line for line in results if not isinstance(line, UserError)),
            tuple(dict.fromkeys(str(error) for error in results if isinstance(error, UserError))),
        )

    async def remove_feed(self, guild: int, feed: int, user: int) -> FeedLine:
        """End the server's subscription and return what it was."""
        removed = await self._subscriptions.remove(guild, feed, by=self._by(user))
        if removed is None:
            raise UserError("This server has no such feed. /feed list shows what there is.")
        return removed

    async def feed_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        """Return the server's feeds whose name holds *typed*; their ids as values."""
        rows = await self._subscriptions.list_for(guild)
        wanted = typed.strip().lower()
        return tuple(Choice(row.name[:_LONGEST_NAME], str(row.id)) for row in rows if wanted in row.name.lower())[:25]

    async def packs(self) -> tuple[Pack, ...]:
        """Return the starter packs there are."""
        return tuple(one.pack for one in await self._shelf.list_packs())

    async def add_pack(self, guild: int, pack: str, user: int) -> PackAdded:
        """Subscribe the server to the feeds of a pack, as many as fit; they are read at the next round."""
        found = await self._shelf.get(pack)
        feeds = [(feed.url, feed.title[:_LONGEST_NAME]) for feed in found.feeds]
        quotas = await self._allowance.of(guild)
        made = await self._pack_subscriptions.add(guild, pack, feeds, by=self._by(user), limit=quotas.feeds)
        if not made.added and not made.known:
            raise too_many_feeds(quotas)
        await self._describe(found.feeds)
        return made

    async def _describe(self, feeds: Iterable[Outline]) -> None:
        """Keep what a pack says of its outlets, where nothing is known of them."""
        for feed in feeds:
            details = {"owner": feed.owner, "country": feed.country, "kind": feed.kind, "url": feed.site}
            outlet = await self._outlets.find(feed.title)
            if outlet is not None and outlet.owner is None and outlet.country is None and feed.owner is not None:
                await self._outlets.put(outlet.name, details)

    def _by(self, user: int) -> By:
        return By(user, self._clock.now())
