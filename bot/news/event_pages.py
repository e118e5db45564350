"""Tells one event: its reports and why they were grouped, its days, its disagreements, its storyline."""

from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.digest.edition import make_edition
from bot.digest.material import EditionRequest, Material
from bot.errors import UnknownEventError
from bot.events.disagreement import disagreements
from bot.events.report import reports_of
from bot.events.timeline import timeline
from bot.events.why import why_each
from bot.model.analysis import Analysis
from bot.model.answers import (
    Choice,
    EventPage,
    ReportLine,
)
from bot.model.articles import Article, ArticleId
from bot.model.editions import Link
from bot.model.events import Event, EventId
from bot.news.gathering import Gathering
from bot.news.naming import fit
from bot.storage.actors import ActorStore
from bot.storage.database import Database
from bot.storage.events import EventFilter, EventStore

_SHORT: Final = 5
_NEAR: Final = 3
_RECENT: Final = timedelta(days=30)
_MOST_REPORTS: Final = 60


class EventPages:
    """Events as people ask for them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._clock = clock
        self._gathering = Gathering(database)
        self._actors = ActorStore(database)
        self._events = EventStore(database)

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

    async def event_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return recent events whose title holds *typed*, most important first."""
        found = await self._events.suggest(typed.strip(), limit, since=self._clock.now() - _RECENT)
        if not found:
            found = await self._events.suggest(typed.strip(), limit)
        return tuple(Choice(fit(event.title), str(event.id)) for event in found)

    async def _beside(self, event: Event) -> tuple[Event, ...]:
        """Return the weightiest other events of its storyline, oldest first."""
        if event.storyline is None:
            return ()
        page = await self._events.list_events(EventFilter(storyline=event.storyline), limit=_SHORT * 2)
        return tuple(sorted((other for other in page.rows if other.id != event.id), key=lambda other: other.start))

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
