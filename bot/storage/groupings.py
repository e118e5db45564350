"""Store one step of grouping whole: where reports went, what events are now, and how to go on from there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.events import Event, EventId, ReportKey
from bot.storage import event_writes
from bot.storage.database import Database
from bot.storage.schema import DOCUMENT_FREQUENCY, EVENT_ARTICLE, NOTE, STORYLINE
from bot.storage.statements import chunks, upsert
from bot.storage.storylines import DayFrequency, Storyline

_NOTE: Final = "grouping"


@dataclass(frozen=True, slots=True)
class Grouped:
    """What one step of grouping changed.

    ``placed``: reports with their event and the clusterer's state (a JSON value, None once the event is closed).
    ``merged``: old ids in order, each with what it is part of now. ``left``: reports whose state is of no use any more,
    as they were withdrawn or their event is closed. ``marks``: a JSON value to go on with.
    """

    placed: Mapping[ReportKey, tuple[EventId, Any]]
    merged: Sequence[tuple[EventId, EventId]] = ()
    left: Sequence[ReportKey] = ()
    described: Sequence[Event] = ()
    storylines: Sequence[Storyline] = ()
    frequencies: Sequence[DayFrequency] = ()
    marks: Mapping[str, Any] = field(default_factory=dict)


class GroupingStore:
    """Keeps what grouping needs to go on after a restart as if nothing had happened."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def save(self, step: Grouped, *, at: datetime) -> None:
        """Store all of *step* or nothing, so that no restart finds half of it."""
        async with self._db.transaction() as connection:
            await event_writes.assign(connection, step.placed, at)
            for old, into in step.merged:
                await event_writes.follow(connection, old, into, at)
            await _forget_states(connection, step.left)
            await _put_storylines(connection, step.storylines)
            await event_writes.describe(connection, step.described)
            await _put_frequencies(connection, step.frequencies)
            note = upsert(connection, NOTE).values({"name": _NOTE, "value": json.dumps(step.marks)})
            new = {"value": note.excluded["value"]}
            await connection.execute(note.on_conflict_do_update(index_elements=[NOTE.c.name], set_=new))

    async def marks(self) -> dict[str, Any] | None:
        """Return the marks of the last step, None before the first."""
        async with self._db.read() as connection:
            value = await connection.scalar(select(NOTE.c.value).where(NOTE.c.name == _NOTE))
        return None if value is None else dict(json.loads(value))

    async def last_storyline(self) -> int:
        """Return the highest number of a storyline, 0 where there is none."""
        async with self._db.read() as connection:
            return await connection.scalar(select(func.max(STORYLINE.c.id))) or 0


async def _forget_states(connection: AsyncConnection, reports: Sequence[ReportKey]) -> None:
    parts: dict[int, list[int]] = {}
    for report in reports:
        parts.setdefault(report.part, []).append(report.article)
    for part, articles in parts.items():
        for some in chunks(articles):
            those = EVENT_ARTICLE.c.article_id.in_(some) & (EVENT_ARTICLE.c.part == part)
            await connection.execute(update(EVENT_ARTICLE).where(those).values(state=null()))


async def _put_storylines(connection: AsyncConnection, storylines: Sequence[Storyline]) -> None:
    for line in storylines:
        row = {
            "id": line.id,
            "title": line.title,
            "first_day": line.first_day,
            "last_day": line.last_day,
            "state": line.state or {},
        }
        insertion = upsert(connection, STORYLINE).values(row)
        new = {name: insertion.excluded[name] for name in row if name != "id"}
        await connection.execute(insertion.on_conflict_do_update(index_elements=[STORYLINE.c.id], set_=new))


async def _put_frequencies(connection: AsyncConnection, frequencies: Sequence[DayFrequency]) -> None:
    for day in frequencies:
        await connection.execute(delete(DOCUMENT_FREQUENCY).where(DOCUMENT_FREQUENCY.c.day == day.day))
        row = {"day": day.day, "articles": day.articles, "counts": dict(day.counts)}
        await connection.execute(upsert(connection, DOCUMENT_FREQUENCY).values(row))
