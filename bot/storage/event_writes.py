"""Put reports into events, merge events, and keep every id that was ever told leading somewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import ActorId
from bot.model.articles import ArticleId
from bot.model.events import Event, EventId, ReportKey
from bot.storage.event_rows import current_events, event_row, replace_actors
from bot.storage.schema import ACTOR, ARTICLE, COUNTER, EVENT, EVENT_ARTICLE, EVENT_REDIRECT, OUTLET
from bot.storage.statements import rows_for, upsert
from bot.storage.types import SNOWFLAKE

_COUNTER: Final = "event"


async def reserve(connection: AsyncConnection, count: int) -> EventId:
    """Reserve *count* event ids that were never given and return the first."""
    await _count_at_least(connection, 0)
    grown = update(COUNTER).where(COUNTER.c.name == _COUNTER).values(value=COUNTER.c.value + count)
    highest = (await connection.execute(grown.returning(COUNTER.c.value))).scalar_one()
    return EventId(highest - count + 1)


async def highest(connection: AsyncConnection) -> EventId:
    """Return the highest event id ever given, 0 before the first."""
    return EventId(await connection.scalar(select(COUNTER.c.value).where(COUNTER.c.name == _COUNTER)) or 0)


async def assign(connection: AsyncConnection, reports: Mapping[ReportKey, tuple[EventId, Any]], at: datetime) -> None:
    """Put *reports* into events, making the events that are new; each report leaves the event it was in before.

    An event that loses its last report becomes a redirect to where that went.
    """
    went = await current_events(connection, sorted({event for event, _ in reports.values()}))
    target = {key: went[event] for key, (event, _) in reports.items()}
    articles = await _articles(connection, sorted({key.article for key in reports}))
    reports = {key: value for key, value in reports.items() if key.article in articles}
    left = await _left_behind(connection, {key: target[key] for key in reports})
    await _make(connection, {target[key]: articles[key.article] for key in reversed(reports)})
    insertion = upsert(connection, EVENT_ARTICLE)
    new = {name: insertion.excluded[name] for name in ("event_id", "at", "state")}
    rows = [
        {
            "article_id": key.article,
            "part": key.part,
            "event_id": target[key],
            "at": articles[key.article].event_at,
            "state": state,
        }
        for key, (_, state) in reports.items()
    ]
    if rows:
        key_columns = [EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part]
        await connection.execute(insertion.on_conflict_do_update(index_elements=key_columns, set_=new), rows)
    for old, new_home in left.items():
        report = exists().where(EVENT_ARTICLE.c.event_id == old)
        if not (await connection.execute(select(report))).scalar_one():
            await redirect(connection, old, new_home, at)


async def move(connection: AsyncConnection, reports: Sequence[ReportKey], event: EventId, at: datetime) -> None:
    """Move stored *reports* to *event*, which is made where it is not, with what grouping knows of them."""
    query: Select[Any] = select(EVENT_ARTICLE)
    rows = await rows_for(connection, query, EVENT_ARTICLE.c.article_id, sorted({key.article for key in reports}))
    states = {ReportKey(ArticleId(row.article_id), row.part): row.state for row in rows}
    await assign(connection, {key: (event, states[key]) for key in reports}, at)


async def follow(connection: AsyncConnection, old: EventId, into: EventId, at: datetime) -> None:
    """Let *old* lead to *into* after a merge, unless it leads somewhere already or was never stored."""
    stored = await connection.scalar(select(EVENT.c.id).where(EVENT.c.id == old))
    if stored is not None:
        went = await current_events(connection, [into])
        if went[into] != old:
            await redirect(connection, old, went[into], at)


async def describe(connection: AsyncConnection, events: Sequence[Event]) -> None:
    """Describe stored events: title, times, outlets, actors, importance, storyline; others are left out.

    Actors that are not stored are left out too.
    """
    query: Select[Any] = select(ACTOR.c.id)
    named = sorted({actor for event in events for actor in event.actors})
    known = {ActorId(row.id) for row in await rows_for(connection, query, ACTOR.c.id, named)}
    for event in events:
        described = update(EVENT).where(EVENT.c.id == event.id).values(event_row(event))
        if (await connection.execute(described)).rowcount:
            actors = [actor for actor in dict.fromkeys(event.actors) if actor in known]
            await replace_actors(connection, event.id, actors)


async def redirect(connection: AsyncConnection, old: EventId, new: EventId, at: datetime) -> None:
    """Let the id *old* lead to *new*, with its reports and with all that led to *old*; the event itself goes."""
    await connection.execute(update(EVENT_ARTICLE).where(EVENT_ARTICLE.c.event_id == old).values(event_id=new))
    await connection.execute(update(EVENT_REDIRECT).where(EVENT_REDIRECT.c.event_id == old).values(event_id=new))
    posted = select(EVENT.c.posted_at).where(EVENT.c.id == old).scalar_subquery()
    told = update(EVENT).where(EVENT.c.id == new, EVENT.c.posted_at.is_(None)).values(posted_at=posted)
    await connection.execute(told)
    await connection.execute(delete(EVENT).where(EVENT.c.id == old))
    await connection.execute(insert(EVENT_REDIRECT).values(old_id=old, event_id=new, at=at))


async def _left_behind(connection: AsyncConnection, target: Mapping[ReportKey, EventId]) -> dict[EventId, EventId]:
    """Return the events that lose a report, each with where the last of them goes."""
    query: Select[Any] = select(EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part, EVENT_ARTICLE.c.event_id)
    rows = await rows_for(connection, query, EVENT_ARTICLE.c.article_id, sorted({key.article for key in target}))
    before = {ReportKey(ArticleId(row.article_id), row.part): EventId(row.event_id) for row in rows}
    return {before[key]: event for key, event in target.items() if before.get(key, event) != event}


async def _articles(connection: AsyncConnection, articles: Sequence[ArticleId]) -> dict[ArticleId, Any]:
    query: Select[Any] = select(ARTICLE.c.id, ARTICLE.c.title, ARTICLE.c.event_at, OUTLET.c.name).join_from(
        ARTICLE, OUTLET
    )
    return {ArticleId(row.id): row for row in await rows_for(connection, query, ARTICLE.c.id, articles)}


async def _make(connection: AsyncConnection, events: Mapping[EventId, Any]) -> None:
    if not events:
        return
    await _count_at_least(connection, max(events))
    rows = [
        {
            "id": event,
            "title": article.title,
            "start_at": article.event_at,
            "end_at": article.event_at,
            "importance": 0.0,
            "outlets": [article.name],
            "outlet_count": 1,
            "reasons": [],
        }
        for event, article in sorted(events.items(), key=lambda pair: pair[0])
    ]
    await connection.execute(upsert(connection, EVENT).on_conflict_do_nothing(), rows)


async def _count_at_least(connection: AsyncConnection, value: int) -> None:
    insertion = upsert(connection, COUNTER).values(name=_COUNTER, value=value)
    larger = func.max if connection.dialect.name == "sqlite" else func.greatest
    await connection.execute(
        insertion.on_conflict_do_update(
            index_elements=[COUNTER.c.name], set_={"value": larger(COUNTER.c.value, literal(value, SNOWFLAKE))}
        )
    )
