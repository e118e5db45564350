"""Store and find articles: each story of an outlet once, its edits as revisions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, exists, false, func, select, true

from bot.model.articles import Article, ArticleId, Draft
from bot.storage.article_rows import SELECT_ARTICLE, articles_of, storable
from bot.storage.article_writes import store_drafts
from bot.storage.database import Database
from bot.storage.documents import uncollected
from bot.storage.intake import Outcome
from bot.storage.schema import ANALYSIS, ARTICLE, ARTICLE_REVISION, EVENT_ARTICLE, OUTLET
from bot.storage.statements import chunks, rows_for

_DRAFTS_AT_ONCE: Final = 1_000
_FAR: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a draft; ``revision`` is the one that holds its text."""

    id: ArticleId
    outcome: Outcome
    revision: int


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article said before it was edited at ``replaced_at``."""

    article: ArticleId
    number: int
    title: str
    text: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article as its last change left it."""

    article: ArticleId
    at: datetime
    revision: int
    status: str


class ArticleStore:
    """Articles of all outlets. :mod:`bot.storage.identity` says when two entries are the same story."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, draft: Draft) -> Stored:
        """Store *draft*; see :meth:`put_many`."""
        (stored,) = await self.put_many([draft])
        return stored

    async def put_many(self, drafts: Iterable[Draft]) -> tuple[Stored, ...]:
        """Store *drafts*, all or nothing, and return what became of each, in order.

        An entry of a story that is stored already changes nothing if it says the same (or what an older revision
        said), and makes a new revision if it does not: the old text is kept, the analysis forgotten; when it
        happened and when it was met stay as they were. A withdrawn entry marks its story as withdrawn and keeps the
        text. About a second for 2,500 drafts.
        """
        drafts = [storable(draft) for draft in drafts]
        by_outlet: dict[str, list[int]] = defaultdict(list)
        for position, draft in enumerate(drafts):
            by_outlet[draft.outlet].append(position)
        stored: dict[int, Stored] = {}
        async with self._db.transaction() as connection:
            for outlet, positions in sorted(by_outlet.items()):
                for some in chunks(positions, _DRAFTS_AT_ONCE):
                    decisions = await store_drafts(connection, outlet, [drafts[position] for position in some])
                    for position, made in zip(some, decisions, strict=True):
                        stored[position] = Stored(made.id, made.outcome, made.revision)
        return tuple(stored[position] for position in range(len(drafts)))

    async def find(self, articles: Sequence[ArticleId]) -> dict[ArticleId, Article]:
        """Return those of *articles* that are stored."""
        async with self._db.read() as connection:
            with uncollected():
                rows = await rows_for(connection, SELECT_ARTICLE, ARTICLE.c.id, articles)
                return {article.id: article for article in await articles_of(connection, rows)}

    async def list_between(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        outlet: str | None = None,
        limit: int = _FAR,
    ) -> tuple[Article, ...]:
        """Return the newest *limit* articles whose ``event_at`` lies between *since* and *until*, oldest first.

        Both ends are included; None is open. *outlet* is a name in any case.
        """
        query = SELECT_ARTICLE.order_by(ARTICLE.c.event_at.desc(), ARTICLE.c.id.desc()).limit(limit)
        if since is not None:
            query = query.where(ARTICLE.c.event_at >= since)
        if until is not None:
            query = query.where(ARTICLE.c.event_at <= until)
        if outlet is not None:
            query = query.where(func.lower(OUTLET.c.name) == outlet.lower())
        return tuple(reversed(await self._list(query)))

    async def waiting(self, version: str, limit: int) -> tuple[Article, ...]:
        """Return at most *limit* articles that want analysing: those never analysed in order of arrival, then those
        that another *version* analysed, newest first. Withdrawn ones are left out.
        """
        published = ARTICLE.c.status == "published"
        new = SELECT_ARTICLE.where(ARTICLE.c.analysed == false(), published).order_by(ARTICLE.c.id).limit(limit)
        waiting = await self._list(new)
        if len(waiting) < limit:
            other = (ANALYSIS.c.version < version) | (ANALYSIS.c.version > version)
            old = SELECT_ARTICLE.join(ANALYSIS, ANALYSIS.c.article_id == ARTICLE.c.id).where(other, published)
            waiting += await self._list(old.order_by(ARTICLE.c.id.desc()).limit(limit - len(waiting)))
        return tuple(waiting)

    async def count_unread(self, limit: int) -> int:
        """Return how many articles were never analysed, *limit* where there are more; withdrawn ones do not count."""
        unread = select(ARTICLE.c.id).where(ARTICLE.c.analysed == false(), ARTICLE.c.status == "published").limit(limit)
        async with self._db.read() as connection:
            return int((await connection.execute(select(func.count()).select_from(unread.subquery()))).scalar_one())

    async def ungrouped(self, limit: int) -> tuple[Article, ...]:
        """Return at most *limit* analysed articles that are in no event, in order of arrival."""
        grouped = exists().where(EVENT_ARTICLE.c.article_id == ARTICLE.c.id)
        analysed = (ARTICLE.c.analysed == true()) & (ARTICLE.c.status == "published")
        return tuple(await self._list(SELECT_ARTICLE.where(analysed, ~grouped).order_by(ARTICLE.c.id).limit(limit)))

    async def changed_since(self, since: datetime) -> tuple[ArticleChange, ...]:
        """Return the articles that were edited or withdrawn at *since* or later, in order of their change."""
        query = (
            select(ARTICLE.c.id, ARTICLE.c.changed_at, ARTICLE.c.revision, ARTICLE.c.status)
            .where(ARTICLE.c.changed_at >= since)
            .order_by(ARTICLE.c.changed_at, ARTICLE.c.id)
        )
        async with self._db.read() as connection:
            rows = await connection.execute(query)
            return tuple(ArticleChange(ArticleId(row.id), row.changed_at, row.revision, row.status) for row in rows)

    async def withdrawn_since(self, since: datetime) -> tuple[ArticleId, ...]:
        """Return the articles that were withdrawn at *since* or later."""
        query = select(ARTICLE.c.id).where(ARTICLE.c.changed_at >= since, ARTICLE.c.status == "withdrawn")
        async with self._db.read() as connection:
            return tuple(ArticleId(number) for number in (await connection.execute(query)).scalars())

    async def revisions(self, articles: Sequence[ArticleId]) -> dict[ArticleId, tuple[Revision, ...]]:
        """Return the older revisions of *articles*, oldest first; one that was never edited is left out."""
        query = select(ARTICLE_REVISION).order_by(ARTICLE_REVISION.c.article_id, ARTICLE_REVISION.c.revision)
        found: dict[ArticleId, list[Revision]] = defaultdict(list)
        async with self._db.read() as connection:
            for row in await rows_for(connection, query, ARTICLE_REVISION.c.article_id, articles):
                article = ArticleId(row.article_id)
                found[article].append(Revision(article, row.revision, row.title, row.text, row.replaced_at))
        return {article: tuple(revisions) for article, revisions in found.items()}

    async def _list(self, query: Select[Any]) -> list[Article]:
        async with self._db.read() as connection:
            with uncollected():
                return await articles_of(connection, (await connection.execute(query)).all())
