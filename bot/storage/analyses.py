"""Store and find what analysis read out of articles."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import insert, select, update

from bot.model.analysis import Analysis
from bot.model.articles import ArticleId
from bot.storage.actor_rows import put_actors
from bot.storage.analysis_rows import actors_of, forget_analyses, insert_findings
from bot.storage.database import Database
from bot.storage.documents import from_document, to_document, uncollected
from bot.storage.schema import ANALYSIS, ARTICLE, DATE_MENTION
from bot.storage.statements import chunks, rows_for

_READ_AT_ONCE: Final = 100  # so that the event loop is never held up for long


class AnalysisStore:
    """One analysis an article, of the revision that is stored; an edited article loses its own."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, article: ArticleId, analysis: Analysis, *, revision: int | None = None) -> bool:
        """Store an analysis in the place of an older one; see :meth:`put_many`."""
        revisions = None if revision is None else {article: revision}
        return article in await self.put_many({article: analysis}, revisions=revisions)

    async def put_many(
        self, analyses: Mapping[ArticleId, Analysis], *, revisions: Mapping[ArticleId, int] | None = None
    ) -> frozenset[ArticleId]:
        """Store analyses in the place of older ones, with the actors they name; all or nothing.

        *revisions* tell which revision of an article was analysed: where it was edited since, the analysis is left
        out, for its offsets index another text. Returns the articles whose analysis was stored.
        """
        async with self._db.transaction() as connection:
            columns = (ARTICLE.c.id, ARTICLE.c.revision, ARTICLE.c.text)
            rows = await rows_for(connection, select(*columns).with_for_update(), ARTICLE.c.id, sorted(analyses))
            current = [row for row in rows if revisions is None or revisions.get(row.id) in {None, row.revision}]
            ids = [ArticleId(row.id) for row in current]
            if not ids:
                return frozenset()
            await forget_analyses(connection, ids)
            await put_actors(connection, [actor for id_ in ids for actor in actors_of(analyses[id_])])
            await insert_findings(connection, {ArticleId(row.id): (analyses[row.id], row.text) for row in current})
            await connection.execute(
                insert(ANALYSIS),
                [
                    {
                        "article_id": row.id,
                        "revision": row.revision,
                        "version": analyses[row.id].version,
                        "document": to_document(analyses[row.id]),
                    }
                    for row in current
                ],
            )
            for some in chunks(ids):
                await connection.execute(update(ARTICLE).where(ARTICLE.c.id.in_(some)).values(analysed=True))
        return frozenset(ids)

    async def find(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Analysis]:
        """Return the analyses of *articles*; one that is not analysed is left out."""
        found: dict[ArticleId, Analysis] = {}
        query = select(ANALYSIS.c.article_id, ANALYSIS.c.document)
        async with self._db.read() as connection:
            with uncollected():
                for some in chunks(articles, _READ_AT_ONCE):
                    rows = await rows_for(connection, query, ANALYSIS.c.article_id, some)
                    found |= {ArticleId(row.article_id): from_document(Analysis, row.document) for row in rows}
                    await asyncio.sleep(0)
        return found

    async def naming(self, first: date, last: date, *, since: datetime) -> tuple[ArticleId, ...]:
        """Return the articles, of *since* or later, whose text names a day or period from *first* to *last*."""
        query = (
            select(DATE_MENTION.c.article_id)
            .distinct()
            .join(ARTICLE, ARTICLE.c.id == DATE_MENTION.c.article_id)
            .where(DATE_MENTION.c.first_day <= last, DATE_MENTION.c.last_day >= first, ARTICLE.c.event_at >= since)
            .order_by(DATE_MENTION.c.article_id)
        )
        async with self._db.read() as connection:
            return tuple(ArticleId(number) for number in (await connection.execute(query)).scalars())
