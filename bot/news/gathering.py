"""Gathers from storage what an edition or an event page is made of."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.digest.material import Material, Told
from bot.digest.window import LATE_ARRIVAL, Window
from bot.model.analysis import ActorId, Analysis
from bot.model.articles import Article, ArticleId
from bot.model.delivery import ScheduleId
from bot.model.events import Event, EventId
from bot.storage.actors import ActorStore
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.editions import EditionStore, ToldItem
from bot.storage.events import EventFilter, EventStore
from bot.text.fold import fold

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
        self._actors = ActorStore(database)
        self._events = EventStore(database)
        self._editions = EditionStore(database)

    async def material(
        self,
        window: Window,
        *,
        schedule: ScheduleId | None = None,
        topic: str | None = None,
        told: Sequence[Told] = (),
    ) -> Material:
        """Return what an edition over *window* may use; what *schedule* told its readers is among it, and *told*.

        *topic* keeps only events with that actor or with all those words in their title.
        """
        start, end = window
        page = await self._events.list_events(EventFilter(since=start - LATE_ARRIVAL, until=end), limit=_ALL)
        rows = await self._on_topic(page.rows, topic)
        events = sorted(rows, key=lambda event: (-len(event.outlets), -event.importance, event.id))[:_MOST_EVENTS]
        remembered = [] if schedule is None else await self._editions.told(schedule, end - _TOLD_FOR)
        told = (*told, *map(_told, remembered))
        earlier = await self._earlier(events, start)
        known = {event.id: event for event in (*events, *earlier, *await self._told_events(told))}
        wanted = [number for event in known.values() for number in event.articles[-_MOST_REPORTS:]]
        wanted += [span.article for item in told for span in item.spans]
        articles, analyses = await self.read(wanted)
        return Material(
            articles=articles,
            analyses=analyses,
            events=tuple(known.values()),
            told=told,
            counts=await self._counts(window) if topic is None else None,
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

    async def _on_topic(self, events: Sequence[Event], topic: str | None) -> Sequence[Event]:
        if topic is None:
            return events
        actor = await self._actors.find(fold(topic))
        words = re.findall(r"\w+", fold(topic))
        return [event for event in events if _is_about(event, None if actor is None else actor.id, words)]

    async def _counts(self, window: Window) -> tuple[int, int]:
        found = await self._articles.list_between(window[0], window[1])
        published = [article for article in found if article.status == "published" and article.event_at > window[0]]
        return len(published), len({article.outlet.owner or article.outlet.name for article in published})


def _is_about(event: Event, actor: ActorId | None, words: Sequence[str]) -> bool:
    title = re.findall(r"\w+", fold(event.title))
    return (actor is not None and actor in event.actors) or all(word in title for word in words)


def _told(item: ToldItem) -> Told:
    one_liner = item.section == "also"
    return Told(item.event, item.item.text, item.item.spans, item.made_at, one_liner=one_liner)
