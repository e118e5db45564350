"""Where an operator puts events in order: merge two, split articles off, undo."""

from collections.abc import Iterable, Sequence

from bot.clock import Clock
from bot.errors import UserError
from bot.events.describe import describe
from bot.events.report import reports_of
from bot.model.articles import ArticleId
from bot.model.events import EventId
from bot.news.gathering import Gathering
from bot.news.word_weights import newest_report, stored_weights
from bot.storage.database import Database
from bot.storage.event_edits import EventChange, EventEditStore
from bot.storage.events import EventStore
from bot.storage.groupings import GroupingStore


class EventDesk:
    """Changes that people make to events, with a log. A bot that runs meanwhile follows them at its next poll."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._clock = clock
        self._database = database
        self._edits = EventEditStore(database)
        self._events = EventStore(database)
        self._groupings = GroupingStore(database)
        self._gathering = Gathering(database)

    async def merge(self, event: EventId, into: EventId, *, by: str) -> EventChange:
        """Let *event* be part of *into*, and its id lead there.

        Raises:
            UserError: both are the same already, or one of them is not stored.
        """
        return await self._told(await self._edits.merge(event, into, by=by, at=self._clock.now()))

    async def split(self, event: EventId, articles: Sequence[ArticleId], *, by: str) -> EventChange:
        """Make an event of its own of *articles* of *event*.

        Raises:
            UserError: the event is not stored, an article is not in it, or none would be left in it.
        """
        return await self._told(await self._edits.split(event, articles, by=by, at=self._clock.now()))

    async def undo(self, change: int) -> EventChange:
        """Take a change back.

        Raises:
            UserError: there is no such change, it was taken back already, or its reports have moved on.
        """
        undone = await self._edits.undo(change, at=self._clock.now())
        if undone is None:
            raise UserError(f"There is no change {change} that could be undone.")
        await self._describe(undone.events)
        return undone

    async def changes(self, limit: int = 25) -> tuple[EventChange, ...]:
        """Return the newest changes, newest first."""
        return await self._edits.changes(limit)

    async def _told(self, number: int) -> EventChange:
        change = await self._edits.get(number)
        if change is None:
            raise UserError(f"There is no change {number}.")
        await self._describe(change.events)
        return change

    async def _describe(self, events: Iterable[EventId]) -> None:
        """Describe what *events* are now, from their reports."""
        found = {event.id: event for event in (await self._events.find(list(events))).values()}
        newest = newest_report(await self._groupings.marks(), self._clock.now())
        idf = await stored_weights(self._database, newest)
        for event in found.values():
            articles, analyses = await self._gathering.read(event.articles)
            keys = set(event.reports)
            reports = [
                report
                for number, article in sorted(articles.items())
                if number in analyses and article.status == "published"
                for report in reports_of(article, analyses[number])
                if report.key in keys
            ]
            if reports:
                await self._events.put(describe(event.id, reports, idf, storyline=event.storyline))
