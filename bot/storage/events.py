"""Store and find events, and what the clusterer needs to go on after a restart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import ActorId
from bot.model.answers import Page
from bot.model.articles import ArticleId
from bot.model.events import Event, EventId, ReportKey
from bot.storage import event_writes
from bot.storage.actor_groups import group_of, resolved
from bot.storage.database import Database
from bot.storage.event_rows import current_events, events_of
from bot.storage.schema import EVENT, EVENT_ACTOR, EVENT_ARTICLE
from bot.storage.statements import chunks, rows_for


@dataclass(frozen=True, slots=True)
class ReportState:
    """A report in its event, with the clusterer's own state of it (as JSON gives it back)."""

    key: ReportKey
    event: EventId
    at: datetime
    state: Any


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted. An event counts when any of its time lies between; both ends are included.

    *alongside* is a second actor that must be in the event too.
    """

    since: datetime | None = None
    until: datetime | None = None
    actor: ActorId | None = None
    alongside: ActorId | None = None
    min_outlets: int = 1
    storyline: int | None = None


class EventStore:
    """Events. A report is in one event; an id that was given once leads somewhere for ever."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def new_event(self, count: int = 1) -> EventId:
        """Reserve *count* ids that were never given, and return the first; the rest follow it."""
        async with self._db.transaction() as connection:
            return await event_writes.reserve(connection, count)

    async def last_event(self) -> EventId:
        """Return the highest id ever given, 0 before the first."""
        async with self._db.read() as connection:
            return await event_writes.highest(connection)

    async def assign(self, report: ReportKey, event: EventId, state: object = None, *, at: datetime) -> None:
        """Put one report into *event*; see :meth:`assign_many`."""
        await self.assign_many({report: (event, state)}, at=at)

    async def assign_many(self, reports: Mapping[ReportKey, tuple[EventId, Any]], *, at: datetime) -> None:
        """Put reports into events, each with the clusterer's state as a JSON value; all or nothing.

        An event that is new is made, described by its first report until :meth:`put` says more. A report leaves the
        event it was in; an event that loses its last report becomes a redirect to where that went. Ids that were
        redirected count as what they lead to; reports of articles that are not stored are left out.
        """
        async with self._db.transaction() as connection:
            await event_writes.assign(connection, reports, at)

    async def put(self, event: Event) -> None:
        """Describe a stored event: title, times, outlets, actors, importance, storyline. Reports stay as assigned."""
        await self.put_many([event])

    async def put_many(self, events: Sequence[Event]) -> None:
        """Describe stored events; see :meth:`put`. Actors that are not stored are left out."""
        async with self._db.transaction() as connection:
            await event_writes.describe(connection, events)

    async def merge(self, old: EventId, into: EventId, *, at: datetime) -> bool:
        """Move the reports of *old* to *into*, and let *old* lead there.

        False, and nothing changes, where *old* was told by an edition: readers hold that id; or where both are one.
        """
        async with self._db.transaction() as connection:
            went = await current_events(connection, [old, into])
            posted = await connection.scalar(select(EVENT.c.posted_at).where(EVENT.c.id == went[old]))
            if posted is not None or went[old] == went[into]:
                return False
            await event_writes.redirect(connection, went[old], went[into], at)
            return True

    async def get(self, event: EventId) -> Event | None:
        """Return the event that *event* leads to, under the id it has now; None where there never was one."""
        return (await self.find([event])).get(event)

    async def find(self, events: Sequence[EventId]) -> dict[EventId, Event]:
        """Return what *events* lead to, each under the id that was asked for."""
        async with self._db.read() as connection:
            went = await current_events(connection, events)
            rows = await rows_for(connection, select(EVENT), EVENT.c.id, sorted(set(went.values())))
            found = {event.id: event for event in await events_of(connection, rows)}
        return {asked: found[now] for asked, now in went.items() if now in found}

    async def list_events(self, wanted: EventFilter | None = None, *, limit: int = 10, offset: int = 0) -> Page[Event]:
        """Return the events that are *wanted*, the most important first."""
        wanted = wanted or EventFilter()
        async with self._db.read() as connection:
            conditions = await _conditions(connection, wanted)
            total = (await connection.execute(select(func.count()).select_from(EVENT).where(*conditions))).scalar_one()
            query: Select[Any] = select(EVENT).where(*conditions).order_by(EVENT.c.importance.desc(), EVENT.c.id)
            rows = (await connection.execute(query.limit(limit).offset(offset))).all()
            return Page(tuple(await events_of(connection, rows)), total, offset)

    async def suggest(self, typed: str, limit: int, *, since: datetime | None = None) -> tuple[Event, ...]:
        """Return events of *since* or later whose title holds *typed*, the most important first."""
        query: Select[Any] = select(EVENT).where(EVENT.c.title.icontains(typed, autoescape=True))
        if since is not None:
            query = query.where(EVENT.c.end_at >= since)
        query = query.order_by(EVENT.c.importance.desc(), EVENT.c.end_at.desc(), EVENT.c.id).limit(limit)
        async with self._db.read() as connection:
            return tuple(await events_of(connection, (await connection.execute(query)).all()))

    async def events_of(self, articles: Sequence[ArticleId]) -> dict[ReportKey, EventId]:
        """Return which events the reports of *articles* are in."""
        async with self._db.read() as connection:
            rows = await rows_for(connection, select(EVENT_ARTICLE), EVENT_ARTICLE.c.article_id, articles)
            return {ReportKey(ArticleId(row.article_id), row.part): EventId(row.event_id) for row in rows}

    async def states(self, since: datetime) -> tuple[ReportState, ...]:
        """Return all reports of the events that got one at *since* or later, with the clusterer's state of each.

        In order of arrival; the older reports of such an event too, for it is known by all of them.
        """
        open_events = select(EVENT_ARTICLE.c.event_id).where(EVENT_ARTICLE.c.at >= since)
        query = (
            select(EVENT_ARTICLE)
            .where(EVENT_ARTICLE.c.event_id.in_(open_events))
            .order_by(EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part)
        )
        async with self._db.read() as connection:
            return tuple(_state(row) for row in await connection.execute(query))

    async def open_states(self) -> tuple[ReportState, ...]:
        """Return all reports that grouping still remembers, with the clusterer's state of each, in order of arrival."""
        query = (
            select(EVENT_ARTICLE)
            .where(EVENT_ARTICLE.c.state.is_not(None))
            .order_by(EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part)
        )
        async with self._db.read() as connection:
            return tuple(_state(row) for row in await connection.execute(query))

    async def mark_posted(self, events: Sequence[EventId], at: datetime) -> None:
        """Remember that an edition told *events*; the first time counts."""
        async with self._db.transaction() as connection:
            went = sorted(set((await current_events(connection, events)).values()))
            for some in chunks(went):
                told = update(EVENT).where(EVENT.c.id.in_(some), EVENT.c.posted_at.is_(None))
                await connection.execute(told.values(posted_at=at))

    async def posted(self, since: datetime) -> frozenset[EventId]:
        """Return the events of *since* or later that an edition told."""
        query = select(EVENT.c.id).where(EVENT.c.posted_at.is_not(None), EVENT.c.end_at >= since)
        async with self._db.read() as connection:
            return frozenset(EventId(number) for number in await connection.scalars(query))


async def _conditions(connection: AsyncConnection, wanted: EventFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [EVENT.c.outlet_count >= wanted.min_outlets]
    if wanted.since is not None:
        conditions.append(EVENT.c.end_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(EVENT.c.start_at <= wanted.until)
    if wanted.storyline is not None:
        conditions.append(EVENT.c.storyline_id == wanted.storyline)
    for named in (wanted.actor, wanted.alongside):
        if (actor := await resolved(connection, named)) is not None:
            acting = select(EVENT_ACTOR.c.event_id).where(EVENT_ACTOR.c.actor_id.in_(group_of(actor)))
            conditions.append(EVENT.c.id.in_(acting))
    return conditions


def _state(row: Row[Any]) -> ReportState:
    return ReportState(ReportKey(ArticleId(row.article_id), row.part), EventId(row.event_id), row.at, row.state)
