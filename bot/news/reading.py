"""Answers questions about stored news: no Discord, no SQL."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot import __version__
from bot.clock import Clock
from bot.digest.edition import make_edition
from bot.digest.material import EditionRequest, Material
from bot.digest.window import LONGEST as WEEK
from bot.digest.window import ORDINARY, since_last, window_of
from bot.errors import UnknownActorError, UnknownEventError, UserError
from bot.events.disagreement import disagreements
from bot.events.report import reports_of
from bot.events.timeline import timeline
from bot.events.why import why_each
from bot.model.analysis import Actor, ActorId, Analysis, QuoteKind
from bot.model.answers import (
    ActorPage,
    Choice,
    Comparison,
    EventPage,
    FeedLine,
    Page,
    Position,
    QuoteLine,
    ReportLine,
    SearchHit,
    Status,
)
from bot.model.articles import Article, ArticleId
from bot.model.delivery import Schedule
from bot.model.editions import Edition, EditionId, Length, Link
from bot.model.events import Event, EventId
from bot.news.comparing import Comparing
from bot.news.gathering import Gathering
from bot.news.runs import next_runs
from bot.news.scope import topic_names
from bot.storage.actor_pages import ActorPageStore
from bot.storage.actors import ActorStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.editions import EditionStore, Readers
from bot.storage.events import EventFilter, EventStore
from bot.storage.feeds import FeedStore
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outlets import OutletStore
from bot.storage.quotes import QuoteFilter, QuoteStore
from bot.storage.schedules import ScheduleStore
from bot.storage.search import SearchIndex
from bot.storage.stats import stats
from bot.text.fold import fold
from bot.text.names import name_tokens, skeleton

_SHORT: Final = 5
_NEAR: Final = 3
_RECENT: Final = timedelta(days=30)
_MOST_REPORTS: Final = 60
_LONGEST_NAME: Final = 100


class News:
    """Read-only questions about stored news; see :class:`bot.news.questions.NewsQuestions` for each promise."""

    def __init__(self, database: Database, clock: Clock, *, analysis_version: str = "", model: str = "") -> None:
        self._database = database
        self._clock = clock
        self._version = analysis_version
        self._model = model
        self._gathering = Gathering(database)
        self._comparing = Comparing(database)
        self._actors = ActorStore(database)
        self._actor_pages = ActorPageStore(database)
        self._articles = ArticleStore(database)
        self._events = EventStore(database)
        self._editions = EditionStore(database)
        self._quotes = QuoteStore(database)
        self._search = SearchIndex(database)
        self._outlets = OutletStore(database)

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

    async def actor_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return actors whose name or alias begins like *typed*, most mentioned first."""
        found = list(await self._actors.suggest(fold(typed), limit))
        if not found and typed.strip():
            found = list(await self._actors.near(fold(typed), limit))
        return tuple(Choice(_fit(actor.name), actor.id) for actor in found if len(actor.id) <= _LONGEST_NAME)

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

    async def event(self, name_or_id: str) -> EventPage:
        """Return one event by id or title; an id that was merged away leads to the event it became."""
        event = await self._found_event(name_or_id)
        keys = event.reports[-_MOST_REPORTS:]
        articles, analyses = await self._gathering.read(key.article for key in keys)
        shown = [article for article in articles.values() if article.status == "published"]
        asked = EventId(int(name_or_id)) if name_or_id.strip().isdecimal() else event.id
        actors = await self._actors.get(event.actors[: _SHORT * 4])
        return EventPage(
            event=event,
            summary=_summary(event, articles, analyses),
            reports=_report_lines(event, articles, analyses),
            timeline=timeline(shown, analyses),
            actors=tuple({actor.id: actor for actor in actors.values()}.values()),
            redirected_from=asked if asked != event.id else None,
            disagreements=disagreements(shown, analyses),
            storyline=await self._beside(event),
        )

    async def _beside(self, event: Event) -> tuple[Event, ...]:
        """Return the weightiest other events of its storyline, oldest first."""
        if event.storyline is None:
            return ()
        page = await self._events.list_events(EventFilter(storyline=event.storyline), limit=_SHORT * 2)
        return tuple(sorted((other for other in page.rows if other.id != event.id), key=lambda other: other.start))

    async def event_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return recent events whose title holds *typed*, most important first."""
        found = await self._events.suggest(typed.strip(), limit, since=self._clock.now() - _RECENT)
        if not found:
            found = await self._events.suggest(typed.strip(), limit)
        return tuple(Choice(_fit(event.title), str(event.id)) for event in found)

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
        return tuple(Choice(_fit(outlet.name), _fit(outlet.name)) for outlet in found)

    async def digest(
        self,
        *,
        at: datetime | None = None,
        zone: str = "UTC",
        hours: int | None = None,
        length: Length | None = None,
        topic: str | None = None,
        guild: int | None = None,
    ) -> Edition:
        """Return the edition of the last *hours* before *at* (now), made for this question and stored nowhere.

        *topic* is a scope as typed; a *guild* with feeds of its own gets what these bring.
        """
        request = EditionRequest(
            at or self._clock.now(), zone=zone, hours=hours, length=length or Length.STANDARD, topic=topic
        )
        return make_edition(await self._gathering.material(window_of(request), topic=topic, guild=guild), request)

    async def topic_choices(self, typed: str) -> tuple[Choice, ...]:
        """Return what an edition may keep to that reads like *typed*: topics, then actors."""
        topics = [Choice(name, name) for name in topic_names(typed)]
        actors = [
            Choice(_fit(f"actor: {one.name}"), _fit(f"actor: {one.name}"))
            for one in (await self.actor_choices(typed, _SHORT * 2) if typed.strip() else ())
        ]
        return tuple(topics + actors)[:25]

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        """Return the edition that *schedule* is due at *at*: since its last one, knowing what that told."""
        last = await self._editions.latest(Readers(schedule=schedule.id))
        # A digest of one weekday is a weekly one: its first covers a week, as every later one does.
        first = WEEK if len(schedule.days) == 1 else ORDINARY
        window = since_last(None if last is None else last.edition.window[1], at, first)
        request = EditionRequest(at, zone=schedule.zone, window=window, length=schedule.length, topic=schedule.topic)
        material = await self._gathering.material(
            window, schedule=schedule.id, topic=schedule.topic, guild=schedule.guild
        )
        return make_edition(material, request)

    async def latest_edition(self, guild: int, channel: int | None = None) -> Edition | None:
        """Return the edition last posted in this server (in *channel*, where one is named), with its id, or None."""
        found = await self._editions.latest(Readers(guild=guild, channel=channel))
        return None if found is None else replace(found.edition, id=found.id)

    async def edition(self, guild: int, edition: EditionId) -> Edition | None:
        """Return a stored edition that was posted in this server, or None; another server's is None too."""
        found = await self._editions.get(edition, guild=guild)
        return None if found is None else replace(found.edition, id=found.id)

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

    async def named(self, name: str) -> Actor:
        """Return the actor called *name*: by id, by name or alias, by the only name that is a spelling of it.

        Raises:
            UnknownActorError: there is none; it names near ones.
        """
        if name.lower().startswith("the ") and await self._actors.find(fold(name)) is None:
            name = name[4:]  # “the Kremlin” is stored as Kremlin
        stored = await self._actors.get([ActorId(name)]) if "/" in name else {}
        found = stored.get(ActorId(name)) or await self._actors.find(fold(name))
        if found is not None:
            return found
        begins = await self._actors.suggest(fold(name), _NEAR) if fold(name) else ()
        near = await self._actors.near(fold(name), _NEAR)
        alike = [actor for actor in near if is_spelling(name, actor)]
        for one in (alike, begins):
            if len(one) == 1:
                return one[0]
        raise UnknownActorError(name, tuple(dict.fromkeys(actor.name for actor in (*alike, *begins, *near))))

    async def _found_event(self, name: str) -> Event:
        if name.strip().isdecimal():
            found = await self._events.get(EventId(int(name)))
            if found is not None:
                return found
            raise UnknownEventError(name)
        near = await self._events.suggest(name.strip(), _NEAR)
        if not near:
            words = sorted((word for word in name.split() if len(word) > 3), key=len, reverse=True)
            near = await self._events.suggest(words[0], _NEAR) if words else ()
            raise UnknownEventError(name, tuple(event.title for event in near))
        return near[0]


def is_spelling(name: str, actor: Actor) -> bool:
    """Tell whether *name* is one of the actor's names in another spelling; a bare surname is enough."""
    bones = [skeleton(token) for token in name_tokens(name)]
    for written in (actor.name, *actor.aliases):
        theirs = [skeleton(token) for token in name_tokens(written)]
        if bones and (bones == theirs or (len(bones) == 1 and theirs[-1:] == bones)):
            return True
    return False


def _summary(
    event: Event, articles: dict[ArticleId, Article], analyses: dict[ArticleId, Analysis]
) -> tuple[tuple[str, Link], ...]:
    """Return the bullet that an edition would print of this event alone, with the outlet of its words."""
    window = (event.start - timedelta(seconds=1), event.end)
    material = Material(articles=articles, analyses=analyses, events=(event,))
    edition = make_edition(material, EditionRequest(event.end, window=window))
    return tuple((item.text, item.links[0]) for item in edition.bullets[:1] if item.links)


def _report_lines(
    event: Event, articles: dict[ArticleId, Article], analyses: dict[ArticleId, Analysis]
) -> tuple[ReportLine, ...]:
    reports = {
        report.key: report
        for number, article in articles.items()
        if number in analyses
        for report in reports_of(article, analyses[number])
    }
    why = why_each(reports[key] for key in event.reports if key in reports)
    lines = []
    for key in event.reports:
        article = articles.get(key.article)
        if article is None:
            continue
        title = article.title if key.part == 0 or key not in reports else reports[key].text
        lines.append(
            ReportLine(
                key.article, key.part, title, article.outlet.name, article.url, article.event_at, why.get(key, ())
            )
        )
    return tuple(lines)


def _next_runs(schedules: Sequence[Schedule], now: datetime) -> tuple[tuple[Schedule, datetime], ...]:
    runs = [(schedule, run) for schedule in schedules for run in next_runs(schedule, now, 1)]
    return tuple(sorted(runs, key=lambda row: row[1])[:_SHORT])


def _fit(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
