"""Find articles by their words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import ActorId
from bot.model.answers import Page, SearchHit
from bot.model.articles import ArticleId
from bot.storage.database import Database
from bot.storage.schema import ACTOR, ARTICLE, OUTLET
from bot.storage.search_engine import engine_of
from bot.storage.search_query import Search
from bot.storage.search_text import Term, parse_query, snippet


class SearchIndex:
    """The words of all stored articles."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._engine = engine_of(db.dialect)

    async def search(  # noqa: PLR0913 - the filters of one question, given by name
        self,
        query: str,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outlet: str | None = None,
        actor: ActorId | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Page[SearchHit]:
        """Return articles in which all of *query* is found: words, ``prefix*``, ``"a phrase"``.

        Case and accents do not count. The newest 1,000 hits are ordered by relevance; later pages end there, while
        ``total`` counts all. *since* and *until* are both included; *outlet* is a name in any case. Snippets are
        copied text.

        Raises:
            UserError: *query* holds no word.
        """
        wanted = Search(parse_query(query), since, until, outlet, actor)
        async with self._db.read() as connection:
            wanted = replace(wanted, actor=await _current(connection, actor))
            found = await self._engine.find(connection, wanted, limit, offset)
            total = await self._engine.count(connection, wanted)
            rows = {row.id: row for row in await _articles(connection, found)}
        return Page(tuple(_hit(rows[article], wanted.terms) for article in found), total, offset)


async def _current(connection: AsyncConnection, actor: ActorId | None) -> ActorId | None:
    """Return what *actor* was merged into, or itself."""
    if actor is None:
        return None
    merged = await connection.scalar(select(func.coalesce(ACTOR.c.merged_into, ACTOR.c.id)).where(ACTOR.c.id == actor))
    return actor if merged is None else ActorId(merged)


async def _articles(connection: AsyncConnection, articles: Sequence[ArticleId]) -> Sequence[Row[Any]]:
    query: Select[Any] = (
        select(ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.url, ARTICLE.c.event_at, ARTICLE.c.text, OUTLET.c.name)
        .join_from(ARTICLE, OUTLET)
        .where(ARTICLE.c.id.in_(articles))
    )
    rows: Sequence[Row[Any]] = (await connection.execute(query)).all()
    return rows


def _hit(row: Row[Any], terms: Sequence[Term]) -> SearchHit:
    words, marks = snippet(row.text, terms)
    return SearchHit(ArticleId(row.id), row.title, row.name, row.url, row.event_at, words, marks)
