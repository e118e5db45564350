"""What an actor's page shows: counts, roles, deeds, company."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import LOCAL_MARK, Action, Actor, ActorId
from bot.model.answers import ActionLine, Page, RoleLine
from bot.model.spans import Span
from bot.storage.actor_groups import CURRENT_ID, current_id, group_of, resolved
from bot.storage.actor_rows import current_actors
from bot.storage.database import Database
from bot.storage.schema import ACTION, ACTOR, ACTOR_ROLE, ARTICLE, MENTION, OUTLET, QUOTE_ACTOR
from bot.storage.statements import cut

_ROLES_READ: Final = 200
_COMPANY_ARTICLES: Final = 1_000


@dataclass(frozen=True, slots=True)
class ActorFigures:
    """Counts over everything stored; the times are of the first and last article, None where there is none."""

    articles: int
    quotes_by: int
    quotes_about: int
    first_seen: datetime | None
    last_seen: datetime | None


class ActorPageStore:
    """Figures and lists about one actor and whoever was merged into it. Withdrawn articles do not count."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def figures(self, actor: ActorId) -> ActorFigures:
        """Return the counts for *actor*."""
        async with self._db.read() as connection:
            group = await _group(connection, actor)
            articles = (
                select(
                    func.count(distinct(MENTION.c.article_id)).label("articles"),
                    func.min(ARTICLE.c.event_at).label("first"),
                    func.max(ARTICLE.c.event_at).label("last"),
                )
                .select_from(MENTION.join(ARTICLE))
                .where(MENTION.c.actor_id.in_(group), _PUBLISHED)
            )
            row = (await connection.execute(articles)).one()
            quotes = (
                select(QUOTE_ACTOR.c.part, QUOTE_ACTOR.c.article_id, QUOTE_ACTOR.c.number)
                .distinct()
                .select_from(QUOTE_ACTOR.join(ARTICLE))
                .where(QUOTE_ACTOR.c.actor_id.in_(group), _PUBLISHED)
                .subquery()
            )
            counts = select(quotes.c.part, func.count().label("number")).group_by(quotes.c.part)
            by_part = {row.part: row.number for row in await connection.execute(counts)}
        return ActorFigures(row.articles, by_part.get("speaker", 0), by_part.get("about", 0), row.first, row.last)

    async def roles(self, actor: ActorId, *, until: datetime | None = None, limit: int = 10) -> tuple[RoleLine, ...]:
        """Return the roles that articles gave *actor* up to *until*, newest first, each once with its newest source."""
        query: Select[Any] = (
            select(ACTOR_ROLE.c.role, ARTICLE.c.event_at, ARTICLE.c.url, OUTLET.c.name)
            .select_from(ACTOR_ROLE.join(ARTICLE).join(OUTLET))
            .order_by(ARTICLE.c.event_at.desc(), ARTICLE.c.id.desc())
            .limit(_ROLES_READ)
        )
        if until is not None:
            query = query.where(ARTICLE.c.event_at <= until)
        async with self._db.read() as connection:
            group = await _group(connection, actor)
            rows = (await connection.execute(query.where(ACTOR_ROLE.c.actor_id.in_(group), _PUBLISHED))).all()
        newest: dict[str, RoleLine] = {}
        for row in rows:
            newest.setdefault(row.role.casefold(), RoleLine(row.role, row.event_at, row.name, row.url))
        return tuple(newest.values())[:limit]

    async def actions(
        self, actor: ActorId, *, other: ActorId | None = None, limit: int = 10, offset: int = 0
    ) -> Page[ActionLine]:
        """Return what *actor* did and what was done to it, newest first; with *other*, only between the two."""
        async with self._db.read() as connection:
            group = await _group(connection, actor)
            where = ACTION.c.source_id.in_(group) | ACTION.c.target_id.in_(group)
            if other is not None:
                others = await _group(connection, other)
                where &= ACTION.c.source_id.in_(others) | ACTION.c.target_id.in_(others)
            query = _ACTIONS.where(where, _PUBLISHED).limit(limit).offset(offset)
            rows = (await connection.execute(query)).all()
            count = select(func.count()).select_from(ACTION.join(ARTICLE)).where(where, _PUBLISHED)
            total = (await connection.execute(count)).scalar_one()
        return Page(tuple(_action(row) for row in rows), total, offset)

    async def related(self, actor: ActorId, limit: int = 10) -> tuple[tuple[Actor, int], ...]:
        """Return who is named in the same articles, with the number of them, most first.

        Counted over the newest 1,000 articles that name *actor*. Left out are bare surnames that lead to nobody
        known: the reader would take them for one more person.
        """
        async with self._db.read() as connection:
            group = await _group(connection, actor)
            newest = (
                select(MENTION.c.article_id)
                .distinct()
                .where(MENTION.c.actor_id.in_(group))
                .order_by(MENTION.c.article_id.desc())
                .limit(_COMPANY_ARTICLES)
            )
            number = func.count(distinct(MENTION.c.article_id)).label("number")
            query = (
                select(CURRENT_ID.label("current"), number)
                .select_from(MENTION.join(ACTOR))
                .where(MENTION.c.article_id.in_(newest), MENTION.c.actor_id.not_in(group), ~_IS_BARE_SURNAME)
                .group_by(CURRENT_ID)
                .order_by(number.desc(), CURRENT_ID)
                .limit(limit)
            )
            counts = {ActorId(row.current): row.number for row in await connection.execute(query)}
            actors = await current_actors(connection, list(counts))
        return tuple((found, counts[found.id]) for found in actors)


_IS_BARE_SURNAME: ColumnElement[bool] = ACTOR.c.id.contains(LOCAL_MARK, autoescape=True) & ACTOR.c.merged_into.is_(None)
_PUBLISHED: ColumnElement[bool] = ARTICLE.c.status == "published"
_ACTIONS: Select[Any] = (
    select(
        ACTION,
        ACTION.c["class"].label("action_class"),
        current_id(ACTION.c.source_id).label("source"),
        current_id(ACTION.c.target_id).label("target"),
        cut(ARTICLE.c.text, ACTION.c.sentence_start, ACTION.c.sentence_end).label("sentence"),
        ARTICLE.c.url, ARTICLE.c.event_at, OUTLET.c.name,
    )
    .select_from(ACTION.join(ARTICLE).join(OUTLET))
    .order_by(ARTICLE.c.event_at.desc(), ACTION.c.article_id.desc(), ACTION.c.number)
)  # fmt: skip


async def _group(connection: AsyncConnection, actor: ActorId) -> Select[tuple[str]]:
    return group_of(await resolved(connection, actor) or actor)


def _action(row: Row[Any]) -> ActionLine:
    action = Action(
        ActorId(row.source),
        row.action_class,
        row.plover,
        ActorId(row.target),
        Span(row.start, row.end),
        row.source_name,
        row.target_name,
    )
    return ActionLine(action, row.sentence, row.name, row.url, row.event_at)
