"""Gathers from storage what an edition or an event page is made of."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.digest.material import Material, Told
from bot.digest.window import LATE_ARRIVAL, Window
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId, OutletId
from bot.model.delivery import ScheduleId
from bot.model.events import Event, EventId
from bot.news.scope import within
from bot.news.scoping import Scoping
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.editions import EditionStore, ToldItem
from bot.storage.events import EventFilter, EventStore

_MOST_EVENTS: Final = 150  # no edition looks at more; what they leave out counts, but is not read
_MOST_REPORTS: Final = 40  # of one event: more say nothing new
_TOLD_FOR: Final = timedelta(days=7)
_BACKGROUND_FROM: Final = timedelta(days=7)
_BACKGROUND_EVENTS: Final = 40
_ALL: Final = 1_000_000


class Gathering:
    """Reads articles, analyses and events together."""

    def __init__(self, database: Database) -> None:
        self._articles = ArticleStore(database)
        self._analyses = AnalysisStore(database)
        self._scoping = Scoping(database)
        self._events = EventStore(database)
        self._editions = EditionStore(database)

    async def material(
        self,
        window: Window,
        *,
        schedule: ScheduleId | None = None,
        topic: str | None = None,
        told: Sequence[Told] = (),
        guild: int | None = None,
    ) -> Material:
        """Return what an edition over *window* may use; what *schedule* told its readers is among it, and *told*.

        *topic* is a scope as a person types it (:func:`bot.news.scope.read_scope`). A *guild* with feeds of its own
        gets what their outlets publish, and nothing else.

        Raises:
            UserError: *topic* names an actor, storyline or outlet that is not known.
        """
        start, end = window
        page = await self._events.list_events(EventFilter(since=start - LATE_ARRIVAL, until=end), limit=_ALL)
        scope, named = await self._scoping.scope_of(topic)
        outlets = _both(named, await self._scoping.read_by(guild))
        theirs = None
        if outlets is not None:
            theirs = await self._scoping.articles(outlets, start - _BACKGROUND_FROM, end)
        rows = within(page.rows, scope, theirs)
        events = sorted(rows, key=lambda event: (-len(event.outlets), -event.importance, event.id))[:_MOST_EVENTS]
        remembered = [] if schedule is None else await self._editions.told(schedule, end - _TOLD_FOR)
        told = (*told, *map(_told, remembered))
        earlier = await self._earlier(events, start)
        known = {event.id: event for event in (*events, *earlier, *await self._told_events(told))}
        cited = {span.article for item in told for span in item.spans}
        readable = None if theirs is None else theirs | cited
        wanted = [number for event in known.values() for number in _newest(event, readable)]
        wanted += [span.article for item in told for span in item.spans]
        articles, analyses = await self.read(wanted)
        return Material(
            articles=articles,
            analyses=analyses,
            events=tuple(known.values()),
            told=told,
            counts=await self._counts(window, outlets) if scope is None else None,
        )

    async def read(self, articles: Iterable[ArticleId]) -> tuple[dict[ArticleId, Article], dict[ArticleId, Analysis]]:
        """Return *articles* and what was read in them."""
        wanted = list(dict.fromkeys(articles))
        return await self._articles.find(wanted), await self._analyses.find(wanted)

    async def _earlier(self, events: Sequence[Event], before: datetime) -> list[Event]:
        """Return events before the window that belong to the storylines of the weightiest *events*."""
        lines = dict.fromkeys(event.storyline for event in events[:_BACKGROUND_EVENTS] if event.storyline is not None)
        found: list[Event] = []
        for line in lines:
            wanted = EventFilter(since=before - _BACKGROUND_FROM, until=before, storyline=line)
            found += (await self._events.list_events(wanted, limit=10)).rows
        return found

    async def _told_events(self, told: Sequence[Told]) -> list[Event]:
        ids = sorted({item.event for item in told if item.event is not None})
        return list((await self._events.find([EventId(number) for number in ids])).values())

    async def _counts(self, window: Window, outlets: frozenset[OutletId] | None) -> tuple[int, int]:
        found = await self._articles.list_between(window[0], window[1])
        read = (article for article in found if outlets is None or article.outlet.id in outlets)
        published = [article for article in read if article.status == "published" and article.event_at > window[0]]
        return len(published), len({article.outlet.owner or article.outlet.name for article in published})


def _both(one: frozenset[OutletId] | None, other: frozenset[OutletId] | None) -> frozenset[OutletId] | None:
    """Return the outlets that both keep; None keeps all."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _newest(event: Event, readable: frozenset[int] | None) -> tuple[ArticleId, ...]:
    """Return the newest reports of *event* among *readable*; None is all. What others report takes no place."""
    mine = (number for number in event.articles if readable is None or number in readable)
    return tuple(mine)[-_MOST_REPORTS:]


def _told(item: ToldItem) -> Told:
    one_liner = item.section == "also"
    return Told(item.event, item.item.text, item.item.spans, item.made_at, one_liner=one_liner)
