"""Brings articles in: from files and from feeds, each failure as a value."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.clock import Clock
from bot.errors import FeedError, InputError
from bot.feeds.discover import find_feeds
from bot.feeds.draft import draft
from bot.feeds.fetch import Fetched, Fetcher
from bot.feeds.files import read_path
from bot.feeds.health import describe_error
from bot.feeds.parse import FeedParser
from bot.feeds.parsed import ParsedFeed
from bot.feeds.polling import Notice, next_poll
from bot.feeds.room import Place, Room
from bot.ingest.full_text import FullText
from bot.model.articles import ArticleId, Draft, Entry, Feed, FeedReport
from bot.news.feed_desk import FoundSource
from bot.storage.articles import ArticleStore, Stored
from bot.storage.database import Database
from bot.storage.feed_notices import FeedNoticeStore
from bot.storage.feeds import FeedStore
from bot.storage.intake import Outcome

_LOG = logging.getLogger(__name__)
_DRAFTS_AT_ONCE: Final = 500
_LEASE: Final = timedelta(minutes=5)
# A move that every redirect calls permanent is believed after so long; see the fetch rules.
_MOVE_AFTER: Final = timedelta(days=7)
# A text beyond this takes too long to clean on the event loop.
_LONG_CHARACTERS: Final = 20_000
# Older than whatever an edition tells as news or background.
_SEED_AGE: Final = timedelta(days=30)
_UNNAMED: Final = "unknown outlet"
# Feeds that were read but wait for an earlier one to be stored: their entries are in memory.
_AHEAD: Final = 12
FEEDS_A_ROUND: Final = 50

Step = Callable[[int, int], None]
_Job = Callable[[], Awaitable["FeedReport | _Brought"]]


@dataclass
class Tally:
    """What came in so far; ``withdrawn`` are articles that their outlets took back."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    rejected: int = 0
    problems: list[str] = field(default_factory=list)
    withdrawn: list[ArticleId] = field(default_factory=list)

    def reject(self, problem: str) -> None:
        """Count something that could not be read, and remember why."""
        self.rejected += 1
        self.problems.append(problem)


class FileIntake:
    """Stores the articles of files and folders."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._articles = ArticleStore(database)
        self._clock = clock

    async def read(
        self, paths: Iterable[Path], tally: Tally, *, published: datetime | None, outlet: str | None, url: str | None
    ) -> None:
        """Store what *paths* hold, in the order in which it was first seen.

        *published*, *outlet* and *url* stand in where a file does not say them itself.
        """
        drafts: list[Draft] = []
        for path in paths:
            for entry in read_path(path, published=published, outlet=outlet, url=url):
                if isinstance(entry, InputError):
                    tally.reject(str(entry))
                elif (
                    made := _drafted(entry, entry.outlet or outlet or _UNNAMED, self._clock.now(), tally)
                ) is not None:
                    drafts.append(made)
            await asyncio.sleep(0)
        drafts.sort(key=lambda one: (one.first_seen, one.event_at))
        for start in range(0, len(drafts), _DRAFTS_AT_ONCE):
            _count(await self._articles.put_many(drafts[start : start + _DRAFTS_AT_ONCE]), drafts[start:], tally)


@dataclass(frozen=True, slots=True)
class _Brought:
    """What a feed gave, not stored yet; the body of ``fetched`` is let go.

    ``is_seed``: nobody has read the feed before, so what it holds without a date is old for all that is known.
    """

    feed: Feed
    fetched: Fetched
    parsed: ParsedFeed
    is_seed: bool = False


class FeedIntake:
    """Fetches feeds, stores their articles, and remembers how each feed is doing."""

    def __init__(
        self,
        database: Database,
        fetcher: Fetcher,
        parser: FeedParser,
        clock: Clock,
        *,
        pages: FullText | None = None,
    ) -> None:
        """Prepare an intake; *pages* hears of what is new in each feed, None: feeds' own texts are all there is."""
        self._pages = pages
        self._articles = ArticleStore(database)
        self._feeds = FeedStore(database)
        self._notices = FeedNoticeStore(database)
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock
        self._room = Room()

    async def fetch_now(
        self, urls: Sequence[str], tally: Tally, step: Step, *, names: dict[str, str] | None = None
    ) -> tuple[FeedReport, ...]:
        """Fetch *urls* at once, whatever their turn, and return one report each, in order.

        *names* say which outlet an address counts under; else it is the feed's own title.
        """
        done = 0

        async def one(url: str) -> FeedReport | _Brought:
            nonlocal done
            brought = await self._explicit(url, (names or {}).get(url), tally)
            done += 1
            step(done, len(urls))
            return brought

        return await self._in_order([partial(one, url) for url in urls], tally)

    async def poll_due(self, tally: Tally, *, limit: int = FEEDS_A_ROUND) -> tuple[FeedReport, ...]:
        """Fetch the feeds whose turn it is, at most *limit*, and return their reports."""
        feeds = await self._feeds.claim(self._clock.now(), limit, _LEASE)
        return await self._in_order([partial(self._poll, feed, tally, seeds=True) for feed in feeds], tally)

    async def _in_order(self, jobs: "Sequence[_Job]", tally: Tally) -> tuple[FeedReport, ...]:
        """Do *jobs* at once and store what came in their order: which server answered first must not decide who came
        first. None runs far ahead of what is stored, so that what waits in memory is bounded.
        """
        ahead = asyncio.Semaphore(_AHEAD)

        async def run(job: "_Job", before: asyncio.Event, done: asyncio.Event) -> FeedReport:
            try:
                result = await job()
                await before.wait()
                return await self._take(result, tally) if isinstance(result, _Brought) else result
            finally:
                done.set()
                ahead.release()

        tasks: list[asyncio.Task[FeedReport]] = []
        before = asyncio.Event()
        before.set()
        async with asyncio.TaskGroup() as group:
            for job in jobs:
                await ahead.acquire()
                done = asyncio.Event()
                tasks.append(group.create_task(run(job, before, done)))
                before = done
        return tuple(task.result() for task in tasks)

    async def look(self, url: str) -> FoundSource:
        """Return the feed at *url*, or the first one that the page there names; nothing is stored.

        Raises:
            FeedError: there is none, or it cannot be fetched or read.
        """
        async with self._room.place() as place:
            fetched = await self._fetcher.fetch(url, place=place)
            try:
                parsed = await self._parsed(fetched)
            except FeedError as error:
                named = find_feeds(fetched.body, fetched.final_url) if error.code == "not_a_feed" else ()
                if not named:
                    raise
                place.leave()
                url = named[0].url
                fetched = await self._fetcher.fetch(url, place=place)
                parsed = await self._parsed(fetched)
        return FoundSource(url, parsed.title or urlsplit(fetched.final_url).hostname or _UNNAMED, len(parsed.entries))

    async def _parsed(self, fetched: Fetched) -> ParsedFeed:
        return await self._parser.parse(fetched.body, fetched.content_type, fetched.final_url)

    async def _explicit(self, url: str, name: str | None, tally: Tally) -> "FeedReport | _Brought":
        known = await self._feeds.find(url)
        if known is not None:
            return await self._poll(known, tally)
        loop = asyncio.get_running_loop()
        started = loop.time()

        def begin() -> None:
            nonlocal started
            started = loop.time()

        async with self._room.place() as place:
            try:
                fetched = await self._fetcher.fetch(url, on_start=begin, place=place)
                parsed = await self._parsed(fetched)
            except FeedError as error:
                return _failed(url, error, loop.time() - started)
            feed = await self._feeds.add(url, name or parsed.title or urlsplit(fetched.final_url).hostname or _UNNAMED)
            return await self._kept(_Brought(feed, replace(fetched, body=b""), parsed), place, tally)

    async def _kept(self, brought: "_Brought", place: Place, tally: Tally) -> "FeedReport | _Brought":
        """Store a large feed at once, while it holds its place, and let every other one wait for its turn."""
        return await self._take(brought, tally) if place.taken else brought

    async def _poll(self, feed: Feed, tally: Tally, *, seeds: bool = False) -> "FeedReport | _Brought":
        loop = asyncio.get_running_loop()
        started = loop.time()

        def begin() -> None:
            nonlocal started
            started = loop.time()

        async with self._room.place() as place:
            try:
                fetched = await self._fetcher.fetch(feed.url, feed.etag, feed.modified, on_start=begin, place=place)
                if fetched.not_modified:
                    await self._remember(feed, fetched, new=0)
                    return FeedReport(feed.url, "not_modified", bytes=fetched.wire_bytes, seconds=fetched.seconds)
                parsed = await self._parsed(fetched)
            except FeedError as error:
                await self._remember_failure(feed, error)
                return _failed(feed.url, error, loop.time() - started)
            is_seed = seeds and feed.last_ok_at is None
            return await self._kept(_Brought(feed, replace(fetched, body=b""), parsed, is_seed), place, tally)

    async def _take(self, brought: "_Brought", tally: Tally) -> FeedReport:
        feed, fetched, parsed = brought.feed, brought.fetched, brought.parsed
        loop = asyncio.get_running_loop()
        started = loop.time()
        drafts: list[Draft] = []
        for entry in parsed.entries:
            job = partial(_drafted, replace(entry, outlet=None), feed.outlet.name, self._clock.now(), tally)
            is_long = len(entry.text) + len(entry.content_html) + len(entry.summary_html) > _LONG_CHARACTERS
            made = await asyncio.to_thread(job) if is_long else job()
            drafts += [] if made is None else [made]
            await asyncio.sleep(0)  # some milliseconds each: others come in between
        if brought.is_seed:
            old = self._clock.now() - _SEED_AGE
            drafts = [replace(one, event_at=old) if one.published is None else one for one in drafts]
        # A feed lists its newest entry first; the older one arrived first.
        drafts.sort(key=lambda one: one.event_at)
        stored = await self._articles.put_many(drafts)
        _count(stored, drafts, tally)
        counts = Counter(one.outcome for one in stored)
        if self._pages is not None:
            self._pages.offer(feed.url, [one.id for one in stored if one.outcome is not Outcome.DUPLICATE])
        await self._remember(feed, fetched, new=counts[Outcome.NEW])
        return FeedReport(
            feed.url, "ok", entries=len(parsed.entries), new=counts[Outcome.NEW], revised=counts[Outcome.REVISED],
            bytes=fetched.wire_bytes, seconds=fetched.seconds + loop.time() - started,
        )  # fmt: skip

    async def _remember(self, feed: Feed, fetched: Fetched, *, new: int) -> None:
        now = self._clock.now()
        poll = next_poll(feed, now, new=new, retry_after=fetched.retry_after)
        await self._feeds.put(
            replace(
                feed, etag=fetched.etag or (feed.etag if fetched.not_modified else None),
                modified=fetched.modified or (feed.modified if fetched.not_modified else None),
                next_poll_at=poll.next_poll_at, interval_seconds=poll.interval_seconds, failures=0, code=None,
                failing_since=None, last_ok_at=now, disabled=False,
            )
        )  # fmt: skip
        await self._tell(feed, poll.notice, None, now)
        since = await self._feeds.note_move(feed.id, fetched.moved_to, now)
        if fetched.moved_to is not None and since is not None and now - since >= _MOVE_AFTER:
            await self._feeds.move(feed.id, fetched.moved_to)

    async def _remember_failure(self, feed: Feed, error: FeedError) -> None:
        now = self._clock.now()
        poll = next_poll(feed, now, code=error.code, retry_after=error.retry_after)
        _LOG.info("feed failed: feed=%d code=%s failures=%d", feed.id, error.code, poll.failures)
        await self._feeds.put(
            replace(
                feed, next_poll_at=poll.next_poll_at, interval_seconds=poll.interval_seconds, failures=poll.failures,
                code=poll.code, failing_since=poll.failing_since, disabled=poll.disabled,
            )
        )  # fmt: skip
        await self._tell(feed, poll.notice, poll.code, poll.failing_since or now)

    async def _tell(self, feed: Feed, notice: Notice | None, code: str | None, since: datetime) -> None:
        if notice is not None:
            await self._notices.note(feed.id, notice, code, since)


def _drafted(entry: Entry, outlet: str, now: datetime, tally: Tally) -> Draft | None:
    try:
        return draft(entry, outlet, now)
    except InputError as error:
        tally.reject(str(error))
        return None


def _count(stored: Sequence[Stored], drafts: Sequence[Draft], tally: Tally) -> None:
    for one, made in zip(stored, drafts, strict=False):
        tally.counts[one.outcome] += 1
        if made.withdrawn:
            tally.withdrawn.append(one.id)


def _failed(url: str, error: FeedError, seconds: float) -> FeedReport:
    return FeedReport(url, "error", code=error.code, message=describe_error(error), seconds=seconds)
