"""What people change about events: merge two, split reports off; every change can be undone and says who made it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.model.articles import ArticleId
from bot.model.events import EventId, ReportKey
from bot.storage import event_writes
from bot.storage.database import Database
from bot.storage.event_rows import current_events
from bot.storage.schema import EVENT, EVENT_ARTICLE, EVENT_LOG, EVENT_REDIRECT
from bot.storage.statements import upsert


@dataclass(frozen=True, slots=True)
class EventChange:
    """One logged change of ``event``; ``by`` says who asked for it, ``undone_at`` is None while it stands."""

    id: int
    at: datetime
    by: str
    action: str
    event: EventId
    detail: Mapping[str, Any]
    undone_at: datetime | None = None

    @property
    def events(self) -> tuple[EventId, EventId]:
        """Return the two events that the change is about."""
        return self.event, EventId(self.detail["other"])


class EventEditStore:
    """Changes to events. Grouping follows them, and never again moves the reports of events that they name."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def merge(self, event: EventId, into: EventId, *, by: str, at: datetime) -> int:
        """Let *event* be part of *into* from now on, posted or not; return the number of the change.

        Raises:
            UserError: both are the same already, or one of them is not stored.
        """
        async with self._db.transaction() as connection:
            old, new = await _stored(connection, event), await _stored(connection, into)
            if old == new:
                raise UserError("These two are already the same event.")
            row = (await connection.execute(select(EVENT).where(EVENT.c.id == old))).one()
            led = await connection.scalars(select(EVENT_REDIRECT.c.old_id).where(EVENT_REDIRECT.c.event_id == old))
            detail = {
                "other": new,
                "reports": await _reports(connection, old),
                "redirects": list(led.all()),
                "posted": None if row.posted_at is None else row.posted_at.isoformat(),
            }
            await event_writes.redirect(connection, old, new, at)
            return await _log(connection, "merge", old, detail, by=by, at=at)

    async def split(self, event: EventId, articles: Sequence[ArticleId], *, by: str, at: datetime) -> int:
        """Make an event of its own of *articles*, which are in *event*; return the number of the change.

        Raises:
            UserError: the event is not stored, an article is not in it, or none would be left in it.
        """
        async with self._db.transaction() as connection:
            current = await _stored(connection, event)
            reports = await _reports(connection, current)
            off = [report for report in reports if report[0] in set(articles)]
            missing = sorted(set(articles) - {report[0] for report in reports})
            if missing:
                raise UserError(f"Article {missing[0]} is not in event {current}.")
            if not off or len(off) == len(reports):
                raise UserError("Name some of its articles, not none and not all: an event keeps at least one.")
            made = await event_writes.reserve(connection, 1)
            await event_writes.move(connection, _keys(off), made, at)
            return await _log(connection, "split", current, {"other": made, "reports": off}, by=by, at=at)

    async def undo(self, change: int, *, at: datetime) -> EventChange | None:
        """Take a change back and return it; None where there is no such change, or it was taken back already."""
        async with self._db.transaction() as connection:
            mark = update(EVENT_LOG).where(EVENT_LOG.c.id == change, EVENT_LOG.c.undone_at.is_(None))
            row = (await connection.execute(mark.values(undone_at=at).returning(EVENT_LOG))).one_or_none()
            if row is None:
                return None
            found = _change(row)
            await _UNDO[found.action](connection, found, at)
            return found

    async def get(self, change: int) -> EventChange | None:
        """Return the change of that number, or None."""
        async with self._db.read() as connection:
            row = (await connection.execute(select(EVENT_LOG).where(EVENT_LOG.c.id == change))).one_or_none()
        return None if row is None else _change(row)

    async def changes(self, limit: int = 25) -> tuple[EventChange, ...]:
        """Return the newest changes, newest first."""
        query = select(EVENT_LOG).order_by(EVENT_LOG.c.id.desc()).limit(limit)
        async with self._db.read() as connection:
            return tuple(map(_change, await connection.execute(query)))

    async def standing(self) -> frozenset[EventId]:
        """Return the events, under their present ids, that a standing change put in order."""
        query = select(EVENT_LOG).where(EVENT_LOG.c.undone_at.is_(None))
        async with self._db.read() as connection:
            named = [event for row in await connection.execute(query) for event in _change(row).events]
            return frozenset((await current_events(connection, sorted(set(named)))).values())

    async def latest(self) -> int:
        """Return a number that grows with every change and every undoing."""
        query = select(func.count(EVENT_LOG.c.id) + func.count(EVENT_LOG.c.undone_at))
        async with self._db.read() as connection:
            return await connection.scalar(query) or 0


async def _stored(connection: AsyncConnection, event: EventId) -> EventId:
    current = (await current_events(connection, [event]))[event]
    if await connection.scalar(select(EVENT.c.id).where(EVENT.c.id == current)) is None:
        raise UserError(f"No event {event} is stored.")
    return current


async def _reports(connection: AsyncConnection, event: EventId) -> list[list[int]]:
    query: Select[Any] = select(EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part)
    query = query.where(EVENT_ARTICLE.c.event_id == event).order_by(EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part)
    return [[row.article_id, row.part] for row in await connection.execute(query)]


def _keys(reports: Sequence[Sequence[int]]) -> list[ReportKey]:
    return [ReportKey(ArticleId(article), part) for article, part in reports]


async def _log(
    connection: AsyncConnection, action: str, event: EventId, detail: Mapping[str, Any], *, by: str, at: datetime
) -> int:
    row = {"at": at, "by": by, "action": action, "event_id": event, "detail": detail}
    number: int = (await connection.execute(insert(EVENT_LOG).values(row).returning(EVENT_LOG.c.id))).scalar_one()
    return number


def _change(row: Row[Any]) -> EventChange:
    return EventChange(row.id, row.at, row.by, row.action, EventId(row.event_id), row.detail, row.undone_at)


async def _undo_merge(connection: AsyncConnection, change: EventChange, at: datetime) -> None:
    """Give the old id its reports back, those that are still where the merge put them."""
    into = (await current_events(connection, [EventId(change.detail["other"])]))[EventId(change.detail["other"])]
    there = await _reports(connection, into)
    back = [report for report in change.detail["reports"] if report in there]
    if not back or len(back) == len(there):
        raise UserError("Its reports are no longer where that change put them.")
    led = [change.event, *change.detail["redirects"]]
    await connection.execute(delete(EVENT_REDIRECT).where(EVENT_REDIRECT.c.old_id.in_(led)))
    await event_writes.move(connection, _keys(back), change.event, at)
    rows = [{"old_id": old, "event_id": change.event, "at": at} for old in change.detail["redirects"]]
    if rows:
        await connection.execute(upsert(connection, EVENT_REDIRECT), rows)
    if change.detail["posted"] is not None:
        posted = datetime.fromisoformat(change.detail["posted"])
        await connection.execute(update(EVENT).where(EVENT.c.id == change.event).values(posted_at=posted))


async def _undo_split(connection: AsyncConnection, change: EventChange, at: datetime) -> None:
    home, made = change.events
    went = await current_events(connection, [made, home])
    if went[made] != went[home]:
        await event_writes.redirect(connection, went[made], went[home], at)


_UNDO: Mapping[str, Callable[[AsyncConnection, EventChange, datetime], Awaitable[None]]] = {
    "merge": _undo_merge,
    "split": _undo_split,
}
