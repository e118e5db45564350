"""Keeps events in storage in step with the online grouping, so that a restart goes on where it stopped."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.events.cluster import Change, Clusterer, Merge
from bot.events.copies import independent_outlets
from bot.events.idf import DayCount, LaggedIdf, StaticIdf
from bot.events.importance import score
from bot.events.report import Report, reports_of
from bot.events.settings import FEEDS
from bot.events.storyline import Signature, link, signature, signature_from_json, signature_to_json
from bot.events.title import best_title
from bot.events.topic import place_of, topics_of
from bot.model.analysis import ActorId, Analysis
from bot.model.articles import Article
from bot.model.events import Event, EventId, ReportKey
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.storage.storylines import DayFrequency, Storyline, StorylineStore

_WINDOW: Final = timedelta(hours=FEEDS.window_hours)
_IDF_DAYS: Final = 15
_STORYLINE_DAYS: Final = 7
_MOST_ACTORS: Final = 40
# A storyline is worth its search only for events that more than one outlet tells.
_TIED_FROM_OUTLETS: Final = 2


@dataclass
class _Tale:
    """A storyline in memory: its row, and the signatures of its events."""

    row: Storyline
    events: dict[EventId, Signature]


class Grouping:
    """Puts reports into events and describes the events that changed.

    Use :meth:`restore` once before anything else. One at a time on a database: the single ingesting process owns it.
    """

    def __init__(self, database: Database) -> None:
        self._articles = ArticleStore(database)
        self._analyses = AnalysisStore(database)
        self._events = EventStore(database)
        self._storylines = StorylineStore(database)
        self._idf = LaggedIdf(StaticIdf.load())
        self._clusterer = Clusterer(self._idf, FEEDS)
        self._reports: dict[ReportKey, Report] = {}
        self._tales: list[_Tale] = []
        self._newest: datetime | None = None
        self._arrived: dict[ReportKey, EventId] = {}
        self._touched: set[EventId] = set()

    async def restore(self, now: datetime) -> None:
        """Take up the events of the last days as an earlier process left them."""
        since = now - _WINDOW
        days = await self._storylines.frequencies((now - timedelta(days=_IDF_DAYS)).date())
        self._idf.restore(DayCount(row.day, row.articles, row.counts) for row in days)
        states = [row for row in await self._events.states(since) if row.state]
        self._clusterer = Clusterer(self._idf, FEEDS, next_id=await self._events.last_event() + 1)
        self._clusterer.restore(((row.event, row.state) for row in states), None)
        self._clusterer.pin(await self._events.posted(since))
        self._newest = max((row.at for row in states), default=None)
        for row in await self._storylines.list_since((now - timedelta(days=_STORYLINE_DAYS)).date()):
            self._tales.append(_tale(row))

    async def pin_posted(self, since: datetime) -> None:
        """Keep the events that editions have told since *since* as they are."""
        self._clusterer.pin(await self._events.posted(since))

    def add(self, article: Article, analysis: Analysis) -> None:
        """Put the reports of *article* into events, in memory; :meth:`save` makes it last."""
        for report in reports_of(article, analysis):
            self._reports[report.key] = report
            event = self._clusterer.add(report)
            self._arrived[report.key] = event
            self._touched.add(event)
            self._newest = report.at if self._newest is None else max(self._newest, report.at)

    def withdraw(self, article: Article) -> None:
        """Take the reports of a withdrawn *article* out of the grouping; the stored event keeps them as coverage."""
        for number in {0, *(part.number for part in article.parts)}:
            key = ReportKey(article.id, number)
            if (event := self._clusterer.event_of(key)) is not None:
                self._touched.add(event)
            self._clusterer.remove(key)
            self._reports.pop(key, None)
            self._arrived.pop(key, None)

    async def save(self, now: datetime) -> None:
        """Merge what belongs together, and store what changed since the last call."""
        # Up to a third of a second after a large batch: not on the event loop, where a gateway waits to be answered.
        self._follow(await asyncio.to_thread(self._clusterer.consolidate))
        placed = {
            key: (event, self._clusterer.state_of(key))
            for key in self._arrived
            if (event := self._clusterer.event_of(key)) is not None
        }
        # An event that lost its last report here becomes a redirect to where that went.
        await self._events.assign_many(placed, at=now)
        await self._describe()
        for day in self._idf.days()[-2:]:
            await self._storylines.put_frequency(DayFrequency(day.day, day.reports, day.counts))
        self._arrived.clear()
        self._touched.clear()
        self._forget()

    def _follow(self, changes: Sequence[Change]) -> None:
        """Note which events and reports a consolidation touched."""
        for change in changes:
            if isinstance(change, Merge):
                self._touched.discard(change.old)
                self._arrived |= dict.fromkeys(self._clusterer.reports_of(change.into), change.into)
            else:
                self._arrived[change.report] = change.into
                self._touched.add(change.source)
            self._touched.add(change.into)

    def _forget(self) -> None:
        """Close the events that nothing can join any more, so that memory stays flat."""
        if self._newest is None:
            return
        self._clusterer.evict(self._newest - _WINDOW)
        oldest = self._newest - _WINDOW
        self._reports = {key: report for key, report in self._reports.items() if report.at >= oldest}
        first_day = (self._newest - timedelta(days=_STORYLINE_DAYS)).date()
        self._tales = [tale for tale in self._tales if tale.row.last_day >= first_day]

    async def _describe(self) -> None:
        members = {event: self._clusterer.reports_of(event) for event in sorted(self._touched)}
        members = {event: keys for event, keys in members.items() if keys}
        await self._load([key for keys in members.values() for key in keys])
        described = []
        for event, keys in members.items():
            reports = [self._reports[key] for key in keys if key in self._reports]
            if reports:
                described.append(await self._described(event, reports))
                await asyncio.sleep(0)  # others come in between
        await self._events.put_many(described)

    async def _described(self, event: EventId, reports: Sequence[Report]) -> Event:
        outlets = tuple(independent_outlets(reports))
        # As of its own last report: how old an event is tells the reader, not how much it mattered.
        latest = max(report.at for report in reports)
        importance, reasons = score(reports, latest)
        return Event(
            id=event,
            title=best_title(reports, self._idf),
            start=min(report.at for report in reports),
            end=latest,
            reports=tuple(report.key for report in reports),
            outlets=outlets,
            actors=_actors(reports),
            importance=importance,
            reasons=reasons,
            storyline=await self._storyline(event, reports) if len(outlets) >= _TIED_FROM_OUTLETS else None,
            topics=topics_of(reports),
            place=place_of(reports),
        )

    async def _storyline(self, event: EventId, reports: Sequence[Report]) -> int | None:
        """Return the storyline that *event* belongs to; one is made when a second event ties to a first."""
        day = max(report.at for report in reports).date()
        about = signature(reports, self._idf, day)
        own = next((tale for tale in self._tales if event in tale.events), None)
        earlier = [(number, one) for tale in self._tales for number, one in tale.events.items() if number != event]
        found = link(about, earlier)
        tale = own
        if tale is None and found is not None:
            tale = next(tale for tale in self._tales if found.event in tale.events)
        if tale is None:
            title = best_title(reports, self._idf)
            number = await self._storylines.new_storyline(title, day, day)
            tale = _Tale(Storyline(number, title, day, day), {})
            self._tales.append(tale)
        tale.events[event] = about
        tale.row = _grown(tale, day)
        await self._storylines.put(tale.row)
        return tale.row.id

    async def _load(self, keys: Iterable[ReportKey]) -> None:
        """Bring reports back that an earlier process grouped."""
        missing = sorted({key.article for key in keys if key not in self._reports})
        if not missing:
            return
        articles = await self._articles.find(missing)
        analyses = await self._analyses.find(missing)
        for number, article in articles.items():
            if number in analyses and article.status == "published":
                self._reports |= {report.key: report for report in reports_of(article, analyses[number])}
                await asyncio.sleep(0)


def _actors(reports: Sequence[Report]) -> tuple[ActorId, ...]:
    """Return the actors that most reports name first."""
    counts: dict[ActorId, int] = {}
    for report in reports:
        for actor in report.actors:
            counts[actor] = counts.get(actor, 0) + 1
    return tuple(sorted(counts, key=lambda actor: -counts[actor])[:_MOST_ACTORS])


def _tale(row: Storyline) -> _Tale:
    stored: Mapping[str, Any] = (row.state or {}).get("events", {})
    return _Tale(row, {EventId(int(event)): signature_from_json(state) for event, state in stored.items()})


def _grown(tale: _Tale, day: date) -> Storyline:
    state = {"events": {str(event): signature_to_json(one) for event, one in tale.events.items()}}
    row = tale.row
    return Storyline(row.id, row.title, min(row.first_day, day), max(row.last_day, day), state)
