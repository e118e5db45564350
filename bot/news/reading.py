"""Answers questions about stored news: no Discord, no SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot import __version__
from bot.clock import Clock
from bot.errors import UserError
from bot.model.analysis import ActorId, QuoteKind
from bot.model.answers import (
    ActorPage,
    Choice,
    Comparison,
    FeedLine,
    Page,
    Position,
    QuoteLine,
    SearchHit,
    Status,
)
from bot.model.articles import Article
from bot.model.delivery import Schedule
from bot.model.events import Event
from bot.news.comparing import Comparing
from bot.news.edition_reading import EditionReading
from bot.news.event_pages import EventPages
from bot.news.naming import ActorNames, fit
from bot.news.runs import next_runs
from bot.news.scope import topic_names
from bot.storage.actor_pages import ActorPageStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventFilter, EventStore
from bot.storage.feeds import FeedStore
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outlets import OutletStore
from bot.storage.quotes import QuoteFilter, QuoteStore
from bot.storage.schedules import ScheduleStore
from bot.storage.search import SearchIndex
from bot.storage.stats import stats

_SHORT: Final = 5
_NEAR: Final = 3


class News:
    """Read-only questions about stored news; see :class:`bot.news.questions.NewsQuestions` for each promise."""

    def __init__(self, database: Database, clock: Clock, *, analysis_version: str = "", model: str = "") -> None:
        self._database = database
        self._clock = clock
        self._version = analysis_version
        self._model = model
        self._comparing = Comparing(database)
        self._actor_pages = ActorPageStore(database)
        self._articles = ArticleStore(database)
        self._events = EventStore(database)
        self._quotes = QuoteStore(database)
        self._search = SearchIndex(database)
        self._outlets = OutletStore(database)
        names, pages, editions = ActorNames(database), EventPages(database, clock), EditionReading(database, clock)
        self.named, self.actor_choices = names.named, names.choices
        self.event, self.event_choices = pages.event, pages.event_choices
        self.digest, self.edition_for = editions.digest, editions.edition_for
        self.latest_edition, self.edition = editions.latest_edition, editions.edition

    async def articles(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outlet: str | None = None,
        limit: int = 100,
    ) -> tuple[Article, ...]:
        """Return the newest *limit* stored articles of that time and outlet, newest first."""
        found = await self._articles.list_between(since, until, outlet=outlet, limit=limit)
        return tuple(reversed(found))

    async def actor(self, name: str) -> ActorPage:
        """Return all that is known of the actor with this name, alias or id."""
        actor = await self.named(name)
        figures = await self._actor_pages.figures(actor.id)
        by = await self._quotes.list_quotes(QuoteFilter(by=actor.id), limit=_SHORT)
        about = await self._quotes.list_quotes(QuoteFilter(about=actor.id), limit=_SHORT)
        events = await self._events.list_events(EventFilter(actor=actor.id), limit=_SHORT)
        return ActorPage(
            actor=actor,
            aliases=tuple(dict.fromkeys((actor.name, *actor.aliases))),
            roles=await self._actor_pages.roles(actor.id, limit=_SHORT),
            articles=figures.articles,
            quotes_by=figures.quotes_by,
            quotes_about=figures.quotes_about,
            first_seen=figures.first_seen,
            last_seen=figures.last_seen,
            latest_quotes=by.rows,
            latest_about=about.rows,
            actions=(await self._actor_pages.actions(actor.id, limit=_SHORT)).rows,
            events=events.rows,
            related=await self._actor_pages.related(actor.id, limit=_SHORT * 2),
        )

    async def quotes(  # noqa: PLR0913 - filters, each by its name and each optional
        self,
        *,
        by: str | ActorId | None = None,
        about: str | ActorId | None = None,
        contains: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        kind: QuoteKind | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[QuoteLine]:
        """Return stored quotes that meet every filter, newest first."""
        wanted = QuoteFilter(
            by=None if by is None else (await self.named(by)).id,
            about=None if about is None else (await self.named(about)).id,
            contains=contains, since=since, until=until, kind=kind,
        )  # fmt: skip
        return await self._quotes.list_quotes(wanted, limit=limit, offset=offset)

    async def position(self, name: str, issue: str | None = None, *, limit: int = 20, offset: int = 0) -> Position:
        """Return what the actor called *name* said with the words *issue* in it, oldest first, each wording once."""
        return await self._comparing.position(await self.named(name), issue or None, limit, offset)

    async def compare(self, one: str, other: str, issue: str | None = None) -> Comparison:
        """Return two actors side by side: their words on *issue*, of each other, their dealings, common stories."""
        actors = await self.named(one), await self.named(other)
        if actors[0].id == actors[1].id:
            raise UserError(f"“{one}” and “{other}” are both {actors[0].name}. Name two different actors.")
        return await self._comparing.compare(*actors, issue or None)

    async def events(
        self,
        *,
        actor: str | ActorId | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        min_outlets: int = 1,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[Event]:
        """Return events that meet every filter, most important first."""
        number = None if actor is None else (await self.named(actor)).id
        wanted = EventFilter(since=since, until=until, actor=number, min_outlets=min_outlets)
        return await self._events.list_events(wanted, limit=limit, offset=offset)

    async def search(  # noqa: PLR0913 - filters, each by its name and each optional
        self,
        query: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outlet: str | None = None,
        actor: str | ActorId | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[SearchHit]:
        """Return articles that hold the words of *query*, best match first."""
        number = None if actor is None else (await self.named(actor)).id
        if outlet is not None and await self._outlets.find(outlet) is None:
            near = ", ".join(f"“{one.name}”" for one in await self._outlets.suggest(outlet[:3], _NEAR))
            raise UserError(f"No outlet is called “{outlet}”.{f' There are {near}.' if near else ''}")
        return await self._search.search(
            query, since=since, until=until, outlet=outlet, actor=number, limit=limit, offset=offset
        )

    async def outlet_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return outlets whose name holds *typed*; their names as values."""
        found = await self._outlets.suggest(typed.strip(), limit)
        return tuple(Choice(fit(outlet.name), fit(outlet.name)) for outlet in found)

    async def topic_choices(self, typed: str) -> tuple[Choice, ...]:
        """Return what an edition may keep to that reads like *typed*: topics, then actors."""
        topics = [Choice(name, name) for name in topic_names(typed)]
        actors = [
            Choice(fit(f"actor: {one.name}"), fit(f"actor: {one.name}"))
            for one in (await self.actor_choices(typed, _SHORT * 2) if typed.strip() else ())
        ]
        return tuple(topics + actors)[:25]

    async def status(self, guild: int | None = None) -> Status:
        """Return how the bot is doing; feeds, runs and deliveries of *guild* alone where one is named."""
        counts = await stats(self._database, self._version)
        schedules = ScheduleStore(self._database)
        running = await schedules.active() if guild is None else await schedules.list_for(guild)
        failing = await FeedStore(self._database).failing()
        return Status(
            version=__version__,
            language_model=self._model,
            database=self._database.shown if guild is None else "",
            articles=counts.articles,
            events=counts.events,
            actors=counts.actors,
            quotes=counts.quotes,
            feeds=counts.feeds,
            feeds_failing=() if guild is not None else tuple(FeedLine(f.id, f.outlet.name, f.url, f) for f in failing),
            last_ingest=counts.last_ingest,
            last_article=counts.last_article,
            waiting_analysis=counts.waiting_analysis,
            next_runs=_next_runs(running, self._clock.now()),
            last_deliveries=await OccurrenceStore(self._database).deliveries(guild=guild, limit=_SHORT),
            schema=self._database.version,
        )


def _next_runs(schedules: Sequence[Schedule], now: datetime) -> tuple[tuple[Schedule, datetime], ...]:
    runs = [(schedule, run) for schedule in schedules for run in next_runs(schedule, now, 1)]
    return tuple(sorted(runs, key=lambda row: row[1])[:_SHORT])
