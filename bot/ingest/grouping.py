"""Keeps events in storage in step with the online grouping, so that a restart goes on where it stopped."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from bot.events.cluster import Change, Clusterer, Merge
from bot.events.describe import describe
from bot.events.idf import LaggedIdf, StaticIdf
from bot.events.report import Report, reports_of
from bot.events.settings import FEEDS, RULES_VERSION
from bot.ingest.tales import DAYS as TALE_DAYS
from bot.ingest.tales import Tales
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId
from bot.model.events import Event, EventId, ReportKey
from bot.news.word_weights import newest_report, stored_weights
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.event_edits import EventEditStore
from bot.storage.events import EventStore
from bot.storage.groupings import Grouped, GroupingStore
from bot.storage.storylines import DayFrequency, StorylineStore
from bot.tasks import in_thread

_LOG = logging.getLogger(__name__)
_WINDOW: Final = timedelta(hours=FEEDS.window_hours)
# A storyline is worth its search only for events that more than one outlet tells.
_TIED_FROM_OUTLETS: Final = 2

_Waiting = tuple[Article, Analysis | None]
"""An article to group, or, without its analysis, one to take out."""


class Grouping:
    """Puts reports into events and describes the events that changed.

    Use :meth:`restore` once before anything else. One at a time on a database: the single ingesting process owns it.
    Which events come of it depends on the articles and their order alone, not on how many are saved at once; nor does
    a restart change it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles = ArticleStore(database)
        self._analyses = AnalysisStore(database)
        self._events = EventStore(database)
        self._edits = EventEditStore(database)
        self._storylines = StorylineStore(database)
        self._store = GroupingStore(database)
        self._idf = LaggedIdf(StaticIdf.load())
        self._clusterer = Clusterer(self._idf, FEEDS)
        self._reports: dict[ReportKey, Report] = {}
        self._tales = Tales()
        self._waiting: deque[_Waiting] = deque()
        self._moved: set[ReportKey] = set()
        self._unstored: frozenset[ReportKey] = frozenset()
        self._gone: dict[ReportKey, tuple[EventId, None]] = {}
        self._merged: list[tuple[EventId, EventId]] = []
        self._left: list[ReportKey] = []
        self._touched: set[EventId] = set()
        self._closed: dict[EventId, tuple[ReportKey, ...]] = {}
        self._counted = date.min
        self._last_edit = 0
        self._saving = asyncio.Lock()

    async def restore(self, now: datetime) -> None:
        """Take up the events of the last days as an earlier process left them; *now* counts where none did.

        Where it grouped by other rules, the open events are put together anew: those that editions told stay.
        """
        marks = await self._store.marks()
        newest, evicted = _ends(marks, now)
        self._idf = await stored_weights(self._database, newest)
        states = await (self._events.states(evicted) if marks is None else self._events.open_states())
        self._clusterer = Clusterer(self._idf, FEEDS, next_id=await self._events.last_event() + 1)
        self._clusterer.restore(((row.event, row.state) for row in states if row.state), marks)
        tales = await self._storylines.list_since((newest - TALE_DAYS).date())
        self._tales = Tales(tales, await self._store.last_storyline())
        self._last_edit = await self._edits.latest()
        await self.keep(evicted)
        if marks is not None and marks.get("rules") != RULES_VERSION:
            await self._regroup(now)

    async def _regroup(self, now: datetime) -> None:
        known = [ReportKey(ArticleId(state["article"]), state["part"]) for _, state in self._clusterer.states()]
        await self._load(known)
        reports = [self._reports[key] for key in known if key in self._reports]
        changes = await in_thread(self._clusterer.regroup, reports)
        self._moved.update(known)
        self._follow(changes)
        homes = (self._clusterer.event_of(key) for key in known)
        self._touched.update(event for event in homes if event is not None)
        await self.save(now)
        _LOG.info("events regrouped by new rules: reports=%d", len(reports))

    async def keep(self, since: datetime) -> None:
        """Keep as they are the events that editions told, and those that people put in order; let all others change.

        Those that were told are looked for since *since*, and as far back as an event is open. What people changed or
        took back since the last call, in this process or another, is followed.
        """
        async with self._saving:
            latest = await self._edits.latest()
            if latest != self._last_edit:
                await self._follow_edits()
                self._last_edit = latest
            told = await self._events.posted(min(since, self._clusterer.oldest or since))
            self._clusterer.pin(told | await self._edits.standing())

    def add(self, article: Article, analysis: Analysis) -> None:
        """Note that the reports of *article* want grouping; :meth:`save` does it and makes it last."""
        # What a step that was broken off left waiting is found ungrouped too, and its words must count once.
        if (article, analysis) not in tuple(self._waiting):
            self._waiting.append((article, analysis))

    def withdraw(self, article: Article) -> None:
        """Note that *article* was withdrawn: nothing is grouped with it any more; its event keeps it as coverage."""
        self._waiting.append((article, None))

    async def save(self, now: datetime) -> None:
        """Group what waits, merge what belongs together, and store what changed since the last call, all or nothing.

        The work is done in a thread: a gateway that waits on the event loop is answered meanwhile. Whoever breaks it
        off gets away once the thread has ended; what was not done by then is done by the next call.
        """
        async with self._saving:
            waiting, self._unstored = tuple(self._waiting), frozenset(self._moved)
            stored = await self._events.events_of([article.id for article, _ in waiting])
            await in_thread(self._group, waiting, stored)
            await self._load_closed()
            members = self._members()
            await self._load([key for keys in members.values() for key in keys])
            described = await in_thread(self._described, members)
            await self._store.save(self._step(described), at=now)
            self._settled()

    def _group(self, waiting: Sequence[_Waiting], stored: Mapping[ReportKey, EventId]) -> None:
        for article, analysis in waiting:
            # Before it is grouped: one that makes grouping fail must not hold up those behind it for ever.
            self._waiting.popleft()
            if analysis is None:
                self._take_out(article)
                continue
            for report in reports_of(article, analysis):
                self._put(report, stored.get(report.key))
                self._reports[report.key] = report

    def _put(self, report: Report, before: EventId | None) -> None:
        """Group one report; one that is read anew after its event was closed stays where it was."""
        if before is not None and self._clusterer.event_of(report.key) is None:
            self._closed[before] = ()
            return
        if report.key in self._unstored and self._reports.get(report.key) == report:
            return  # the step before was broken off after it had counted the words
        self._touched.add(self._clusterer.add(report))
        self._moved.add(report.key)
        if self._clusterer.is_due:
            self._follow(self._clusterer.consolidate())
            self._close_old()

    def _close_old(self) -> None:
        """Close the events that nothing can join any more; what is not stored of them yet is kept for that."""
        newest = self._clusterer.newest
        if newest is None:
            return
        for event in self._clusterer.old(newest - _WINDOW):
            keys = self._clusterer.reports_of(event)
            if event in self._touched:
                self._closed[event] = keys
            self._gone |= {key: (event, None) for key in keys if key in self._moved}
            self._left += keys
        self._clusterer.evict(newest - _WINDOW)

    def _take_out(self, article: Article) -> None:
        for number in {0, *(part.number for part in article.parts)}:
            key = ReportKey(article.id, number)
            if (event := self._clusterer.event_of(key)) is not None:
                self._touched.add(event)
                self._left.append(key)
            self._clusterer.remove(key)
            self._reports.pop(key, None)
            self._moved.discard(key)

    def _follow(self, changes: Sequence[Change]) -> None:
        """Note which events and reports a consolidation touched."""
        for change in changes:
            if isinstance(change, Merge):
                self._merged.append((change.old, change.into))
                self._moved |= set(self._clusterer.reports_of(change.into))
                self._touched.discard(change.old)
            else:
                self._moved.add(change.report)
                self._touched.add(change.source)
            self._touched.add(change.into)

    async def _follow_edits(self) -> None:
        """Put reports where the database has them: somebody merged or split events there."""
        known = [ReportKey(state["article"], state["part"]) for _, state in self._clusterer.states()]
        stored = await self._events.events_of(sorted({key.article for key in known}))
        for key in known:
            if key in stored and key not in self._moved:
                self._clusterer.place(key, stored[key])
        self._clusterer.skip_to(EventId(await self._events.last_event() + 1))

    def _members(self) -> dict[EventId, tuple[ReportKey, ...]]:
        members = {event: self._clusterer.reports_of(event) for event in sorted(self._touched)}
        return {event: keys for event, keys in (members | self._closed).items() if keys}

    def _described(self, members: Mapping[EventId, Sequence[ReportKey]]) -> list[Event]:
        found = []
        for event, keys in members.items():
            reports = [self._reports[key] for key in keys if key in self._reports]
            if reports:
                found.append(self._describe(event, reports))
        return found

    def _describe(self, event: EventId, reports: Sequence[Report]) -> Event:
        told = describe(event, reports, self._idf)
        if len(told.outlets) < _TIED_FROM_OUTLETS:
            return told
        return replace(told, storyline=self._tales.tie(event, reports, self._idf))

    def _step(self, described: Sequence[Event]) -> Grouped:
        placed = self._gone | {
            key: (event, self._clusterer.state_of(key))
            for key in sorted(self._moved, key=lambda key: (key.article, key.part))
            if (event := self._clusterer.event_of(key)) is not None
        }
        days = [DayFrequency(day.day, day.reports, day.counts) for day in self._idf.days() if day.day >= self._counted]
        return Grouped(
            placed,
            tuple(self._merged),
            tuple(self._left),
            described,
            self._tales.changed(),
            days,
            {**self._clusterer.marks(), "rules": RULES_VERSION},
        )

    def _settled(self) -> None:
        """Start anew after all was stored, and forget what nothing can join any more, so that memory stays flat."""
        self._moved.clear()
        self._gone.clear()
        self._touched.clear()
        self._merged.clear()
        self._left.clear()
        self._closed.clear()
        newest = self._clusterer.newest
        if newest is not None:
            self._counted = max((day.day for day in self._idf.days()), default=date.min)
            self._tales.stored(newest.date())
            self._reports = {key: report for key, report in self._reports.items() if report.at >= newest - _WINDOW}

    async def _load_closed(self) -> None:
        found = await self._events.find(sorted(event for event, keys in self._closed.items() if not keys))
        self._closed |= {event.id: event.reports for event in found.values()}

    async def _load(self, keys: Iterable[ReportKey]) -> None:
        """Bring reports back that an earlier process grouped."""
        missing: list[ArticleId] = sorted({key.article for key in keys if key not in self._reports})
        if not missing:
            return
        articles = await self._articles.find(missing)
        analyses = await self._analyses.find(missing)
        for number, article in articles.items():
            if number in analyses and article.status == "published":
                self._reports |= {report.key: report for report in reports_of(article, analyses[number])}
                await asyncio.sleep(0)


def _ends(marks: Mapping[str, Any] | None, now: datetime) -> tuple[datetime, datetime]:
    """Return the time of the newest report, and the time up to which events were closed."""
    if marks is None or marks["newest"] is None:
        return now, now - _WINDOW
    evicted = marks["evicted"]
    return newest_report(marks, now), datetime.min.replace(tzinfo=UTC) if evicted is None else datetime.fromisoformat(
        evicted
    )
