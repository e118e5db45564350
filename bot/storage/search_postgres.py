"""Full-text search in PostgreSQL: a tsvector of folded words beside each article."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Text, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.articles import ArticleId
from bot.storage.search_query import RANKED_HITS, Search, bound, filters
from bot.storage.search_text import Term, folded_words

_INDEXED_CHARACTERS: Final = 250_000  # a tsvector holds 1 MB
_INDEX: Final = text("""
    INSERT INTO article_search (article_id, words)
    VALUES (:id, setweight(to_tsvector('simple', :title), 'A') || setweight(to_tsvector('simple', :text), 'D'))
        ON CONFLICT (article_id) DO UPDATE SET words = excluded.words
""").bindparams(bindparam("title", type_=Text()), bindparam("text", type_=Text()))
_FIND: Final = bound(
    text("""
    SELECT id
      FROM (SELECT article.id, article.event_at,
                   ts_rank('{0.25, 0.5, 0.75, 1.0}', article_search.words, to_tsquery('simple', :query)) AS score
              FROM article_search JOIN article ON article.id = article_search.article_id
             WHERE article_search.words @@ to_tsquery('simple', :query)
               AND (:since IS NULL OR article.event_at >= :since)
               AND (:until IS NULL OR article.event_at <= :until)
               AND (:outlet IS NULL
                    OR article.outlet_id IN (SELECT id FROM outlet WHERE lower(name) = lower(:outlet)))
               AND (:actor IS NULL
                    OR EXISTS (SELECT 1 FROM mention JOIN actor ON actor.id = mention.actor_id
                                WHERE mention.article_id = article.id
                                  AND coalesce(actor.merged_into, actor.id) = :actor))
             ORDER BY article.id DESC
             LIMIT :ranked) AS newest
     ORDER BY score DESC, event_at DESC, id DESC
     LIMIT :limit OFFSET :offset
    """)
)
_COUNT: Final = bound(
    text("""
    SELECT count(*)
      FROM article_search JOIN article ON article.id = article_search.article_id
     WHERE article_search.words @@ to_tsquery('simple', :query)
       AND (:since IS NULL OR article.event_at >= :since)
       AND (:until IS NULL OR article.event_at <= :until)
       AND (:outlet IS NULL OR article.outlet_id IN (SELECT id FROM outlet WHERE lower(name) = lower(:outlet)))
       AND (:actor IS NULL
            OR EXISTS (SELECT 1 FROM mention JOIN actor ON actor.id = mention.actor_id
                        WHERE mention.article_id = article.id
                          AND coalesce(actor.merged_into, actor.id) = :actor))
    """)
)


class PostgresSearch:
    """The tsvectors of the articles."""

    async def index(self, connection: AsyncConnection, articles: Sequence[tuple[ArticleId, str, str]]) -> None:
        """Take in the (id, title, text) of new or edited articles; words after 250,000 characters are not found."""
        rows = [
            {"id": number, "title": folded_words(title), "text": folded_words(body[:_INDEXED_CHARACTERS])}
            for number, title, body in articles
        ]
        if rows:
            await connection.execute(_INDEX, rows)

    async def find(self, connection: AsyncConnection, search: Search, limit: int, offset: int) -> list[ArticleId]:
        """Return matching articles, the most relevant of the newest first; see :class:`SearchEngine`."""
        values = {"query": tsquery(search.terms), "ranked": RANKED_HITS, "limit": limit, "offset": offset}
        rows = await connection.execute(_FIND, values | filters(search))
        return [ArticleId(row.id) for row in rows]

    async def count(self, connection: AsyncConnection, search: Search) -> int:
        """Return how many articles match."""
        count = await connection.scalar(_COUNT, {"query": tsquery(search.terms)} | filters(search))
        return int(count or 0)


def tsquery(terms: Sequence[Term]) -> str:
    """Return the tsquery that finds *terms*: quoted words alone, so no word can be taken for syntax."""
    return " & ".join(_phrase(term) for term in terms)


def _phrase(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    if term.prefix:
        words[-1] += ":*"
    return f"({' <-> '.join(words)})"
