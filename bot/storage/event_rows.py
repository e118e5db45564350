"""Events as rows, and back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import ActorId
from bot.model.articles import ArticleId
from bot.model.events import Event, EventId, Reason, ReportKey
from bot.storage.actor_groups import current_id
from bot.storage.schema import EVENT_ACTOR, EVENT_ARTICLE, EVENT_REDIRECT
from bot.storage.statements import rows_for


def event_row(event: Event) -> dict[str, object]:
    """Return the columns of ``event`` that a description sets."""
    return {
        "title": event.title,
        "start_at": event.start,
        "end_at": event.end,
        "importance": event.importance,
        "outlets": list(event.outlets),
        "outlet_count": len(event.outlets),
        "reasons": [[reason.text, reason.weight] for reason in event.reasons],
        "storyline_id": event.storyline,
        "topics": list(event.topics),
        "place": event.place,
    }


async def replace_actors(connection: AsyncConnection, event: EventId, actors: Sequence[ActorId]) -> None:
    """Store who acts in *event*, in that order, in the place of what was stored."""
    await connection.execute(delete(EVENT_ACTOR).where(EVENT_ACTOR.c.event_id == event))
    rows = [{"event_id": event, "number": number, "actor_id": actor} for number, actor in enumerate(actors)]
    if rows:
        await connection.execute(insert(EVENT_ACTOR), rows)


async def events_of(connection: AsyncConnection, rows: Sequence[Row[Any]]) -> list[Event]:
    """Return the events of *rows* (of ``event``), in their order, with reports in order of arrival."""
    ids = [row.id for row in rows]
    reports: dict[int, list[ReportKey]] = defaultdict(list)
    query: Select[Any] = select(EVENT_ARTICLE.c.event_id, EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part)
    query = query.order_by(EVENT_ARTICLE.c.article_id, EVENT_ARTICLE.c.part)
    for row in await rows_for(connection, query, EVENT_ARTICLE.c.event_id, ids):
        reports[row.event_id].append(ReportKey(ArticleId(row.article_id), row.part))
    actors: dict[int, dict[ActorId, None]] = defaultdict(dict)
    query = select(EVENT_ACTOR.c.event_id, current_id(EVENT_ACTOR.c.actor_id).label("current"))
    query = query.order_by(EVENT_ACTOR.c.event_id, EVENT_ACTOR.c.number)
    for row in await rows_for(connection, query, EVENT_ACTOR.c.event_id, ids):
        actors[row.event_id][ActorId(row.current)] = None
    return [_event(row, tuple(reports[row.id]), tuple(actors[row.id])) for row in rows]


async def current_events(connection: AsyncConnection, events: Sequence[EventId]) -> dict[EventId, EventId]:
    """Return where each of *events* went, itself where it was never merged away; stored or not."""
    query: Select[Any] = select(EVENT_REDIRECT.c.old_id, EVENT_REDIRECT.c.event_id)
    rows = await rows_for(connection, query, EVENT_REDIRECT.c.old_id, events)
    went = {row.old_id: EventId(row.event_id) for row in rows}
    return {event: went.get(event, event) for event in events}


def _event(row: Row[Any], reports: tuple[ReportKey, ...], actors: tuple[ActorId, ...]) -> Event:
    return Event(
        id=EventId(row.id),
        title=row.title,
        start=row.start_at,
        end=row.end_at,
        reports=reports,
        outlets=tuple(row.outlets),
        actors=actors,
        importance=row.importance,
        reasons=tuple(Reason(text, weight) for text, weight in row.reasons),
        storyline=row.storyline_id,
        topics=tuple(row.topics),
        place=row.place,
    )
