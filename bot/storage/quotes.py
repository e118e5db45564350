"""Find quotes: by whom, about whom, with which words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import ActorId, QuoteKind
from bot.model.answers import Page, QuoteLine
from bot.model.articles import ArticleId
from bot.model.spans import Span
from bot.storage.actor_groups import current_id, group_of, resolved
from bot.storage.database import Database
from bot.storage.schema import ARTICLE, OUTLET, QUOTE, QUOTE_ACTOR
from bot.storage.statements import cut


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes are wanted; None and nothing allow any. Both ends of the time count."""

    by: ActorId | None = None
    about: ActorId | None = None
    contains: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: QuoteKind | None = None


class QuoteStore:
    """Quotes of all stored articles, but for those that their outlets withdrew."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def list_quotes(
        self, wanted: QuoteFilter | None = None, *, limit: int = 10, offset: int = 0
    ) -> Page[QuoteLine]:
        """Return the quotes that are *wanted*, newest first, words and sentence copied from the article.

        ``contains`` is looked for in the quoted words, in any case, with straight or curly apostrophes.
        """
        wanted = wanted or QuoteFilter()
        async with self._db.read() as connection:
            conditions = await _conditions(connection, wanted)
            query = _SELECT.where(*conditions).limit(limit).offset(offset)
            rows = (await connection.execute(query)).all()
            count = select(func.count()).select_from(QUOTE.join(ARTICLE)).where(*conditions)
            total = (await connection.execute(count)).scalar_one()
            actors = await _actors(connection, rows)
        return Page(tuple(_line(row, actors) for row in rows), total, offset)

    async def list_wordings(
        self, wanted: QuoteFilter | None = None, *, limit: int = 10, offset: int = 0
    ) -> Page[QuoteLine]:
        """Return the quotes that are *wanted*, oldest first, each wording once: by the first report of it.

        Letter case and line breaks make no other wording. The total counts wordings.
        """
        async with self._db.read() as connection:
            told = await _tellings(connection, wanted or QuoteFilter())
            firsts = select(told.c.article_id, told.c.number).where(told.c.telling == 1)
            query = _SELECT.where(tuple_(QUOTE.c.article_id, QUOTE.c.number).in_(firsts)).order_by(None)
            query = query.order_by(ARTICLE.c.event_at, QUOTE.c.article_id, QUOTE.c.number)
            rows = (await connection.execute(query.limit(limit).offset(offset))).all()
            count = select(func.count()).select_from(told).where(told.c.telling == 1)
            total = (await connection.execute(count)).scalar_one()
            actors = await _actors(connection, rows)
        return Page(tuple(_line(row, actors) for row in rows), total, offset)


async def _tellings(connection: AsyncConnection, wanted: QuoteFilter) -> Subquery:
    """Return the keys of the quotes *wanted*, each with how manieth report of its wording it is, from 1."""
    order = (ARTICLE.c.event_at, QUOTE.c.article_id, QUOTE.c.number)
    telling = func.row_number().over(partition_by=_WORDING, order_by=order).label("telling")
    query = select(QUOTE.c.article_id, QUOTE.c.number, telling).select_from(QUOTE.join(ARTICLE))
    return query.where(*await _conditions(connection, wanted)).subquery()


_WORDING: ColumnElement[str] = func.lower(func.replace(QUOTE.c.words, "\n", " "))
_SELECT: Select[Any] = (
    select(
        QUOTE.c.article_id, QUOTE.c.number, QUOTE.c.kind, QUOTE.c.content, QUOTE.c.words, QUOTE.c.speaker_name,
        cut(ARTICLE.c.text, QUOTE.c.sentence_start, QUOTE.c.sentence_end).label("sentence"),
        ARTICLE.c.title, ARTICLE.c.url, ARTICLE.c.event_at, OUTLET.c.name.label("outlet"),
    )
    .select_from(QUOTE.join(ARTICLE).join(OUTLET))
    .order_by(ARTICLE.c.event_at.desc(), QUOTE.c.article_id.desc(), QUOTE.c.number)
)  # fmt: skip


async def _conditions(connection: AsyncConnection, wanted: QuoteFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [ARTICLE.c.status == "published"]
    for part, actor in (("speaker", wanted.by), ("about", wanted.about)):
        if (current := await resolved(connection, actor)) is not None:
            conditions.append(_names(part, current))
    if wanted.contains:
        words = func.replace(QUOTE.c.words, "’", "'")
        conditions.append(words.icontains(wanted.contains.replace("’", "'"), autoescape=True))
    if wanted.since is not None:
        conditions.append(ARTICLE.c.event_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(ARTICLE.c.event_at <= wanted.until)
    if wanted.kind is not None:
        conditions.append(QUOTE.c.kind == wanted.kind.value)
    return conditions


def _names(part: str, actor: ActorId) -> ColumnElement[bool]:
    named = select(QUOTE_ACTOR.c.article_id, QUOTE_ACTOR.c.number).where(
        QUOTE_ACTOR.c.part == part, QUOTE_ACTOR.c.actor_id.in_(group_of(actor))
    )
    return tuple_(QUOTE.c.article_id, QUOTE.c.number).in_(named)


async def _actors(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> dict[tuple[int, int, str], list[ActorId]]:
    keys = [(row.article_id, row.number) for row in rows]
    query: Select[Any] = (
        select(QUOTE_ACTOR, current_id(QUOTE_ACTOR.c.actor_id).label("current"))
        .where(tuple_(QUOTE_ACTOR.c.article_id, QUOTE_ACTOR.c.number).in_(keys))
        .order_by(QUOTE_ACTOR.c.actor_id)
    )
    actors: dict[tuple[int, int, str], list[ActorId]] = defaultdict(list)
    for row in await connection.execute(query):
        actors[row.article_id, row.number, row.part].append(ActorId(row.current))
    return actors


def _line(row: Row[Any], actors: dict[tuple[int, int, str], list[ActorId]]) -> QuoteLine:
    return QuoteLine(
        article=ArticleId(row.article_id),
        kind=QuoteKind(row.kind),
        content=tuple(Span(start, end) for start, end in row.content),
        text=row.words,
        speakers=tuple(actors.get((row.article_id, row.number, "speaker"), ())),
        speaker_name=row.speaker_name,
        about=tuple(actors.get((row.article_id, row.number, "about"), ())),
        outlet=row.outlet,
        url=row.url,
        title=row.title,
        at=row.event_at,
        sentence=row.sentence,
    )
