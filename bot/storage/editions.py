"""Keep editions: what each schedule told its readers, and which version of which article it copied from."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import ArticleId
from bot.model.delivery import OccurrenceState, ScheduleId
from bot.model.editions import Edition, EditionId, Item
from bot.model.events import EventId
from bot.storage.database import Database
from bot.storage.documents import from_document, to_document
from bot.storage.event_rows import current_events
from bot.storage.guild_log import ensure_guild
from bot.storage.schema import ARTICLE, EDITION, EDITION_ARTICLE, EDITION_ITEM, OCCURRENCE
from bot.storage.statements import rows_for

_SECTIONS: Final = ("background", "bullets", "also", "quote", "coming")
_POSTED: Final = (OccurrenceState.COMPOSED.value, OccurrenceState.DONE.value)


@dataclass(frozen=True, slots=True)
class Readers:
    """For whom an edition was made; all None: for somebody at the command line."""

    guild: int | None = None
    channel: int | None = None
    schedule: ScheduleId | None = None


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """An edition with its id, its readers, and when it was made."""

    id: EditionId
    readers: Readers
    made_at: datetime
    edition: Edition


@dataclass(frozen=True, slots=True)
class ToldItem:
    """An item that an edition told; ``event`` is the id that the event has now. ``section`` is its field in Edition."""

    edition: EditionId
    made_at: datetime
    section: str
    event: EventId | None
    item: Item


@dataclass(frozen=True, slots=True)
class Citation:
    """An edition that copied words of ``article`` in its ``revision``."""

    edition: EditionId
    article: ArticleId
    revision: int


class EditionStore:
    """Editions, whole and item by item."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, edition: Edition, *, readers: Readers | None = None, made_at: datetime) -> EditionId:
        """Store *edition* with the revisions that its articles have now, and return its id."""
        readers = readers or Readers()
        row = {
            "guild_id": readers.guild,
            "channel_id": readers.channel,
            "schedule_id": readers.schedule,
            "made_at": made_at,
            "day": edition.day,
            "window_start": edition.window[0],
            "window_end": edition.window[1],
            "title": edition.title,
            "document": to_document(edition, without=frozenset(_SECTIONS)),
        }
        async with self._db.transaction() as connection:
            if readers.guild is not None:
                await ensure_guild(connection, readers.guild, made_at)
            made = await connection.execute(insert(EDITION).values(row).returning(EDITION.c.id))
            number = EditionId(made.scalar_one())
            await _insert_items(connection, number, edition)
        return number

    async def get(self, edition: EditionId, *, guild: int | None = None) -> StoredEdition | None:
        """Return an edition by its id; with *guild*, only one that was made for that server or for nobody."""
        query = _SELECT.where(EDITION.c.id == edition)
        if guild is not None:
            query = query.where((EDITION.c.guild_id == guild) | EDITION.c.guild_id.is_(None))
        return next(iter(await self._list(query)), None)

    async def latest(self, readers: Readers) -> StoredEdition | None:
        """Return the newest edition for *readers*, or None; where a schedule is named, only one that was to be posted.

        What of *readers* is None may be anything.
        """
        return next(iter(await self.list_for(readers, limit=1)), None)

    async def list_for(self, readers: Readers, *, limit: int = 25) -> tuple[StoredEdition, ...]:
        """Return the newest editions for *readers*, newest first; see :meth:`latest`."""
        query = _SELECT.where(*_made_for(readers)).order_by(EDITION.c.made_at.desc(), EDITION.c.id.desc())
        return await self._list(query.limit(limit))

    async def told(self, schedule: ScheduleId, since: datetime) -> tuple[ToldItem, ...]:
        """Return the items that the editions of *schedule* made at *since* or later told, oldest edition first.

        Editions that were never to be posted told nobody anything and are left out.
        """
        query: Select[Any] = (
            select(EDITION_ITEM, EDITION.c.made_at)
            .join(EDITION, EDITION.c.id == EDITION_ITEM.c.edition_id)
            .where(*_made_for(Readers(schedule=schedule)), EDITION.c.made_at >= since)
            .order_by(EDITION.c.made_at, EDITION.c.id, EDITION_ITEM.c.number)
        )
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
            events = sorted({EventId(row.event_id) for row in rows if row.event_id is not None})
            went = await current_events(connection, events)
        return tuple(
            ToldItem(
                EditionId(row.edition_id),
                row.made_at,
                row.section,
                None if row.event_id is None else went[row.event_id],
                from_document(Item, row.document),
            )
            for row in rows
        )

    async def citing(self, articles: Sequence[ArticleId]) -> tuple[Citation, ...]:
        """Return which editions copied words of *articles*, newest edition first."""
        async with self._db.read() as connection:
            rows = await rows_for(connection, select(EDITION_ARTICLE), EDITION_ARTICLE.c.article_id, articles)
        found = (Citation(EditionId(row.edition_id), ArticleId(row.article_id), row.revision) for row in rows)
        return tuple(sorted(found, key=lambda citation: (-citation.edition, citation.article)))

    async def _list(self, query: Select[Any]) -> tuple[StoredEdition, ...]:
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
            items: dict[int, list[Row[Any]]] = defaultdict(list)
            parts: Select[Any] = select(EDITION_ITEM).order_by(EDITION_ITEM.c.edition_id, EDITION_ITEM.c.number)
            for item in await rows_for(connection, parts, EDITION_ITEM.c.edition_id, [row.id for row in rows]):
                items[item.edition_id].append(item)
        return tuple(_stored(row, items[row.id]) for row in rows)


_SELECT: Final[Select[Any]] = select(EDITION)


def _made_for(readers: Readers) -> list[ColumnElement[bool]]:
    wanted: Mapping[str, int | None] = {
        "guild_id": readers.guild,
        "channel_id": readers.channel,
        "schedule_id": readers.schedule,
    }
    conditions: list[ColumnElement[bool]] = [
        EDITION.c[name] == value for name, value in wanted.items() if value is not None
    ]
    if readers.schedule is not None:
        posted = select(OCCURRENCE.c.edition_id).where(
            OCCURRENCE.c.schedule_id == readers.schedule, OCCURRENCE.c.state.in_(_POSTED)
        )
        conditions.append(EDITION.c.id.in_(posted))
    return conditions


async def _insert_items(connection: AsyncConnection, edition_id: EditionId, edition: Edition) -> None:
    items = list(_items(edition))
    if not items:
        return
    rows = [
        {
            "edition_id": edition_id,
            "number": number,
            "section": section,
            "event_id": item.event,
            "text": item.text,
            "document": to_document(item),
        }
        for number, (section, item) in enumerate(items)
    ]
    await connection.execute(insert(EDITION_ITEM), rows)
    cited = sorted({article for _, item in items for article in _cited(item)})
    query: Select[Any] = select(ARTICLE.c.id, ARTICLE.c.revision)
    sources = [
        {"edition_id": edition_id, "article_id": row.id, "revision": row.revision}
        for row in await rows_for(connection, query, ARTICLE.c.id, cited)
    ]
    if sources:
        await connection.execute(insert(EDITION_ARTICLE), sources)


def _items(edition: Edition) -> Iterator[tuple[str, Item]]:
    for section in _SECTIONS:
        value = getattr(edition, section)
        for item in (value,) if isinstance(value, Item) else value or ():
            yield section, item


def _cited(item: Item) -> Iterator[ArticleId]:
    excerpts = (excerpt.spans for excerpt in (item.new, item.was) if excerpt is not None)
    for spans in (item.spans, *excerpts):
        yield from (span.article for span in spans)


def _stored(row: Row[Any], items: Sequence[Row[Any]]) -> StoredEdition:
    sections: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        sections[item.section].append(from_document(Item, item.document))
    edition = replace(
        from_document(Edition, row.document),
        id=EditionId(row.id),
        background=tuple(sections["background"]),
        bullets=tuple(sections["bullets"]),
        also=tuple(sections["also"]),
        quote=next(iter(sections["quote"]), None),
        coming=tuple(sections["coming"]),
    )
    readers = Readers(row.guild_id, row.channel_id, row.schedule_id)
    return StoredEdition(EditionId(row.id), readers, row.made_at, edition)
