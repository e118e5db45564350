"""The parts that read news and answer questions, wired."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from bot.analysis.directory import Directory
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.worker import AnalysisWorker, WorkerSettings
from bot.clock import Clock, SystemClock
from bot.errors import ConfigError
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import FetchRules
from bot.feeds.parse import FeedParser
from bot.feeds.process import PAGE_CHILD
from bot.feeds.robots import Robots
from bot.ingest.full_text import FullText, PageReading
from bot.ingest.grouping import Grouping
from bot.ingest.intake import FeedIntake, FileIntake
from bot.ingest.line import IngestLine
from bot.ingest.understanding import Understanding
from bot.news.actor_desk import ActorDesk
from bot.news.allowance import Quotas
from bot.news.desk import Desk
from bot.news.packs import PackShelf
from bot.news.reading import News
from bot.settings import Settings
from bot.storage.actors import ActorStore
from bot.storage.database import Database
from bot.storage.notes import LANGUAGE_MODEL, NoteStore

_ANALYSIS_VERSION: Final = "analysis version"


@dataclass(frozen=True)
class Machinery:
    """The parts that read news, wired."""

    database: Database
    clock: Clock
    line: IngestLine
    feeds: FeedIntake
    news: News
    desk: Desk
    grouping: Grouping
    model: str


@asynccontextmanager
async def open_reading(settings: Settings, clock: Clock | None = None) -> AsyncIterator[News]:
    """Yield the questions about an existing database; no language model is loaded, nothing is created.

    Raises:
        StorageError: there is no such database, or it cannot be read.
    """
    async with Database(settings.database.url, create=False, check=False) as database:
        notes = NoteStore(database)
        yield News(
            database,
            clock or SystemClock(),
            analysis_version=await notes.find(_ANALYSIS_VERSION) or "",
            model=await notes.find(LANGUAGE_MODEL) or "none yet",
        )


@asynccontextmanager
async def open_actor_desk(settings: Settings, clock: Clock | None = None) -> AsyncIterator[ActorDesk]:
    """Yield the changes to actors of an existing database; a bot that is running over it shows them at once.

    Raises:
        StorageError: there is no such database, or it cannot be read.
    """
    async with Database(settings.database.url, create=False, check=False) as database:
        yield ActorDesk(database, clock or SystemClock())


@asynccontextmanager
async def open_machinery(
    settings: Settings, clock: Clock | None = None, *, actor_folders: tuple[Path, ...] = ()
) -> AsyncIterator[Machinery]:
    """Yield everything that reads news, over a database that is made where it is missing.

    Raises:
        StorageError: the database cannot be opened.
        ConfigError: the language model or an actor table cannot be loaded.
    """
    clock = clock or SystemClock()
    make_database_folder(settings.database.url)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database(settings.database.url))
        fetcher = await stack.enter_async_context(Fetcher(_rules(settings), clock))
        parser = await stack.enter_async_context(FeedParser())
        tables = (*(Path(folder) for folder in settings.language.actor_folders), *actor_folders)
        model = settings.language.model or None
        worker_settings = WorkerSettings(model=model, tables=tables, processes=settings.language.workers)
        worker = await stack.enter_async_context(AnalysisWorker(worker_settings))
        await _note_model(database, worker)
        grouping = Grouping(database)
        await grouping.restore(clock.now())
        directory = await _directory(database, tables)
        pages = await _pages(stack, settings, database, fetcher, clock)
        feeds = FeedIntake(database, fetcher, parser, clock, pages=pages)
        understanding = Understanding(database, worker, directory, grouping, clock)
        limits = quotas_of(settings)
        yield Machinery(
            database=database,
            clock=clock,
            line=IngestLine(FileIntake(database, clock), feeds, understanding, grouping, clock, pages=pages),
            feeds=feeds,
            news=News(database, clock, analysis_version=worker.version, model=worker.model),
            desk=Desk(database, clock, feeds, limits, packs=shelf_of(settings)),
            grouping=grouping,
            model=worker.model,
        )


@asynccontextmanager
async def open_ingest(settings: Settings) -> AsyncIterator[IngestLine]:
    """Yield the line that articles take, as ``needtoknow ingest`` uses it."""
    async with open_machinery(settings) as machinery:
        yield machinery.line


async def _pages(
    stack: AsyncExitStack, settings: Settings, database: Database, fetcher: Fetcher, clock: Clock
) -> FullText | None:
    """Return what reads articles' pages, None where the operator wants none.

    Raises:
        ConfigError: the extra that it needs is not installed.
    """
    if not settings.feeds.full_text:
        return None
    if find_spec("trafilatura") is None:
        raise ConfigError("feeds.full_text needs the extra: pip install 'needtoknow[fulltext]'.")
    parser = await stack.enter_async_context(FeedParser(children=1, child=PAGE_CHILD))
    robots = Robots(fetcher, clock, settings.feeds.user_agent)
    return FullText(database, PageReading(fetcher, parser, robots), clock, wanted=settings.feeds.full_text_feeds)


def quotas_of(settings: Settings) -> Quotas:
    """Return what every server may have."""
    limits = settings.limits
    return Quotas(
        limits.feeds_per_server,
        limits.schedules_per_server,
        limits.feed_adds_per_minute,
        limits.minutes_between_digests,
    )


def _rules(settings: Settings) -> FetchRules:
    feeds = settings.feeds
    return FetchRules(
        allow_private_networks=feeds.allow_private_networks,
        allow_ports=feeds.allow_ports,
        total_seconds=feeds.total_seconds,
        max_wire_bytes=feeds.max_bytes,
        max_body_bytes=feeds.max_bytes,
        per_host=feeds.per_host,
        user_agent=feeds.user_agent,
    )


@asynccontextmanager
async def open_feed_reader(settings: Settings) -> AsyncIterator[Callable[[str], Awaitable[int]]]:
    """Yield what fetches a feed by the rules for all feeds and counts its entries; nothing is stored."""
    async with Fetcher(_rules(settings), SystemClock()) as fetcher, FeedParser() as parser:

        async def look(url: str) -> int:
            fetched = await fetcher.fetch(url)
            return len((await parser.parse(fetched.body, fetched.content_type, fetched.final_url)).entries)

        yield look


def shelf_of(settings: Settings) -> PackShelf:
    """Return the starter packs that the settings name, or those that come with the bot."""
    folder = settings.feeds.pack_folder
    return PackShelf(Path(folder)) if folder else PackShelf()


async def _directory(database: Database, tables: tuple[Path, ...]) -> Directory:
    nicknames = (await asyncio.to_thread(Gazetteer.load, tables)).nicknames
    directory = Directory(nicknames)
    for actor, articles in await ActorStore(database).met():
        directory.add(actor, seen=articles)
    return directory


async def _note_model(database: Database, worker: AnalysisWorker) -> None:
    notes = NoteStore(database)
    for name, value in ((LANGUAGE_MODEL, worker.model), (_ANALYSIS_VERSION, worker.version)):
        if await notes.find(name) != value:
            await notes.put(name, value)


def make_database_folder(url: str) -> None:
    """Make the folder of the default database; one that the operator names must be there."""
    if url.startswith("data/"):
        Path(url).parent.mkdir(parents=True, exist_ok=True)
