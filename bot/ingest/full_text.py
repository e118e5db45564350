"""Fetches the pages of articles whose feeds the operator named, and stores the whole text as a revision.

A page is asked for once for each state of an article; whatever goes wrong leaves the feed's text in its place.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import FeedError, InputError, StorageError
from bot.feeds.draft import draft
from bot.feeds.fetch import Fetcher
from bot.feeds.fuller import objection
from bot.feeds.parse import FeedParser
from bot.feeds.robots import Robots
from bot.feeds.room import Place, Room
from bot.model.articles import Article, ArticleId, Draft, Entry, ItemKind
from bot.storage.articles import ArticleStore
from bot.storage.database import Database

_LOG = logging.getLogger(__name__)
_TELLS: Final = frozenset({ItemKind.NEWS, ItemKind.EXPLAINER})
_LONG_ENOUGH: Final = 4_000  # characters: the feed gives the whole text itself
_FRESH: Final = timedelta(days=2)
_A_HOST_AND_ROUND: Final = 5
_MOST_WAITING: Final = 1_000

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PageReport:
    """What asking for one page came to; ``why`` says what was in the way, None: its text is stored."""

    article: ArticleId
    why: str | None = None


@dataclass(frozen=True)
class PageReading:
    """What it takes to read a page: the way there, what the site allows, and the process that finds the article."""

    fetcher: Fetcher
    parser: FeedParser
    robots: Robots

    async def page(self, url: str, place: Place) -> Entry:
        """Return the article that stands at *url*.

        Raises:
            FeedError: it cannot be had, holds no article, or lies where the site wants no robots.
        """
        fetched = await self.fetcher.fetch(url, place=place)
        if not (await self.robots.wish(fetched.final_url)).allowed:
            raise FeedError("blocked_address", "It leads to where a robots.txt does not allow it.")
        return (await self.parser.parse(fetched.body, fetched.content_type, fetched.final_url)).entries[0]


class FullText:
    """Takes articles of the feeds *wanted* (addresses) and reads their pages, a few a host in each round."""

    def __init__(
        self,
        database: Database,
        reading: PageReading,
        clock: Clock,
        *,
        wanted: Collection[str],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._articles = ArticleStore(database)
        self._reading = reading
        self._clock = clock
        self._wanted = frozenset(wanted)
        self._sleep = sleep
        self._room = Room(places=1)
        self._waiting: dict[ArticleId, None] = {}  # in order of arrival

    def offer(self, feed: str, articles: Iterable[ArticleId]) -> None:
        """Let *articles* that came by *feed* wait for the next round, if the operator named that feed."""
        if feed in self._wanted:
            self._waiting |= dict.fromkeys(articles)
            for number in tuple(self._waiting)[:-_MOST_WAITING]:
                del self._waiting[number]

    async def run(self) -> tuple[PageReport, ...]:
        """Read the pages of those that wait, at most five a host; the others wait on. Return what came of each.

        Where it is broken off or the database fails, those whose page was not read wait on too.
        """
        if not self._waiting:
            return ()
        waiting = tuple(self._waiting)
        stored = await self._articles.find(waiting)
        hosts: dict[str, list[Article]] = defaultdict(list)
        for number in waiting:
            if number in stored and self._is_wanting(stored[number]):
                hosts[_host(stored[number])].append(stored[number])
            else:
                del self._waiting[number]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._visit(own[:_A_HOST_AND_ROUND])) for own in hosts.values()]
        return tuple(report for task in tasks for report in task.result())

    def _is_wanting(self, article: Article) -> bool:
        fresh = article.event_at >= self._clock.now() - _FRESH
        plain = article.status == "published" and article.kind in _TELLS and len(article.parts) <= 1
        return fresh and plain and article.url is not None and len(article.text) < _LONG_ENOUGH

    async def _visit(self, articles: Sequence[Article]) -> list[PageReport]:
        """Read the pages of one host, one after the other, with the pause that it asks for."""
        reports = []
        for number, article in enumerate(articles):
            # Not for good before it was handled; but a page that makes this fail must not come again in every round.
            self._waiting.pop(article.id, None)
            try:
                why = await self._why_not(article, is_first=number == 0)
            except (asyncio.CancelledError, StorageError):
                self._waiting[article.id] = None
                raise
            reports.append(PageReport(article.id, why))
            if why is not None:
                _LOG.info("page not used: article=%d why=%s", article.id, why)
        return reports

    async def _why_not(self, article: Article, *, is_first: bool) -> str | None:
        wish = await self._reading.robots.wish(article.url or "")
        if not wish.allowed:
            return "the site's robots.txt does not allow it"
        if not is_first:
            await self._sleep(wish.pause)
        return await self._store(article)

    async def _store(self, article: Article) -> str | None:
        try:
            async with self._room.place() as place:
                page = await self._reading.page(article.url or "", place)
            if (why := objection(article, page)) is not None:
                return why
            await self._articles.put(await asyncio.to_thread(_revised, article, page))
        except (FeedError, InputError) as error:
            return str(error)
        return None


def _host(article: Article) -> str:
    return urlsplit(article.url or "").netloc


def _revised(article: Article, page: Entry) -> Draft:
    """Return *article* with the text of *page*; when it happened, what it is called and what it is stay the same."""
    entry = Entry(
        title=article.title, url=article.url, guid=article.guid, text=page.text, author=article.author,
        published=article.published, date_only=article.date_only, language=article.language,
    )  # fmt: skip
    made = draft(entry, article.outlet.name, article.first_seen)
    return replace(made, title=article.title, url=article.url, kind=article.kind, event_at=article.event_at)
