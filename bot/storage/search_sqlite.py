"""Full-text search in SQLite: FTS5 over the articles themselves, kept in step by triggers."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import ArticleId
from bot.storage.search_query import RANKED_HITS, Search, bound, filters
from bot.storage.search_text import Term

# A word in the title weighs as much as four in the text.
_FIND: Final = bound(
    text("""
    SELECT id
      FROM (SELECT article.id, article.event_at, bm25(article_fts, 4.0, 1.0) AS score
              FROM article_fts JOIN article ON article.id = article_fts.rowid
             WHERE article_fts MATCH :query
               AND (:since IS NULL OR article.event_at >= :since)
               AND (:until IS NULL OR article.event_at <= :until)
               AND (:outlet IS NULL
                    OR article.outlet_id IN (SELECT id FROM outlet WHERE lower(name) = lower(:outlet)))
               AND (:actor IS NULL
                    OR EXISTS (SELECT 1 FROM mention JOIN actor ON actor.id = mention.actor_id
                                WHERE mention.article_id = article.id
                                  AND coalesce(actor.merged_into, actor.id) = :actor))
             ORDER BY article_fts.rowid DESC
             LIMIT :ranked)
     ORDER BY score, event_at DESC, id DESC
     LIMIT :limit OFFSET :offset
    """)
)
_COUNT: Final = bound(
    text("""
    SELECT count(*)
      FROM article_fts JOIN article ON article.id = article_fts.rowid
     WHERE article_fts MATCH :query
       AND (:since IS NULL OR article.event_at >= :since)
       AND (:until IS NULL OR article.event_at <= :until)
       AND (:outlet IS NULL OR article.outlet_id IN (SELECT id FROM outlet WHERE lower(name) = lower(:outlet)))
       AND (:actor IS NULL
            OR EXISTS (SELECT 1 FROM mention JOIN actor ON actor.id = mention.actor_id
                        WHERE mention.article_id = article.id
                          AND coalesce(actor.merged_into, actor.id) = :actor))
    """)
)


class SqliteSearch:
    """The FTS5 index of the articles."""

    async def index(self, connection: AsyncConnection, articles: Sequence[tuple[ArticleId, str, str]]) -> None:
        """Do nothing: triggers keep the index in step with ``article``."""

    async def find(self, connection: AsyncConnection, search: Search, limit: int, offset: int) -> list[ArticleId]:
        """Return matching articles, the most relevant of the newest first; see :class:`SearchEngine`."""
        values = {"query": match(search.terms), "ranked": RANKED_HITS, "limit": limit, "offset": offset}
        rows = await connection.execute(_FIND, values | filters(search))
        return [ArticleId(row.id) for row in rows]

    async def count(self, connection: AsyncConnection, search: Search) -> int:
        """Return how many articles match."""
        count = await connection.scalar(_COUNT, {"query": match(search.terms)} | filters(search))
        return int(count or 0)


def match(terms: Sequence[Term]) -> str:
    """Return the FTS5 expression that finds *terms*: quoted strings alone, so no word can be taken for syntax."""
    return " ".join(f'"{" ".join(term.words)}"{"*" if term.prefix else ""}' for term in terms)
