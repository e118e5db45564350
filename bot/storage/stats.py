"""How much is stored, for ``status``."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, select

from bot.storage.database import Database
from bot.storage.schema import ACTOR, ANALYSIS, ARTICLE, EVENT, FEED, FEED_STATE, OUTLET, QUOTE


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over everything stored; a time is None where nothing has happened yet.

    ``waiting_analysis`` counts published articles that the asked version has not analysed.
    """

    articles: int
    events: int
    actors: int
    quotes: int
    outlets: int
    feeds: int
    feeds_failing: int
    waiting_analysis: int
    last_ingest: datetime | None
    last_article: datetime | None


async def stats(db: Database, version: str) -> Stats:
    """Count what is stored; *version* is the analysis that articles should have. About 50 ms for 30,000 articles."""
    analysed = (
        select(func.count())
        .select_from(ANALYSIS.join(ARTICLE))
        .where(ANALYSIS.c.version == version, ARTICLE.c.status == "published")
    )
    published = select(func.count()).where(ARTICLE.c.status == "published")
    query = select(
        _count(ARTICLE).label("articles"),
        _count(EVENT).label("events"),
        select(func.count()).where(ACTOR.c.merged_into.is_(None)).scalar_subquery().label("actors"),
        _count(QUOTE).label("quotes"),
        _count(OUTLET).label("outlets"),
        _count(FEED).label("feeds"),
        select(func.count()).where(FEED_STATE.c.failing_since.is_not(None)).scalar_subquery().label("feeds_failing"),
        (published.scalar_subquery() - analysed.scalar_subquery()).label("waiting_analysis"),
        select(func.max(ARTICLE.c.first_seen_at)).scalar_subquery().label("last_ingest"),
        select(func.max(ARTICLE.c.event_at)).scalar_subquery().label("last_article"),
    )
    async with db.read() as connection:
        row = (await connection.execute(query)).one()
    return Stats(
        row.articles, row.events, row.actors, row.quotes, row.outlets, row.feeds, row.feeds_failing,
        row.waiting_analysis, row.last_ingest, row.last_article,
    )  # fmt: skip


def _count(table: Table) -> ColumnElement[int]:
    return select(func.count()).select_from(table).scalar_subquery()
