"""An actor and everything that was merged into it, as SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import ActorId
from bot.storage.schema import ACTOR
from bot.storage.statements import rows_for

CURRENT_ID: ColumnElement[str] = func.coalesce(ACTOR.c.merged_into, ACTOR.c.id)
"""The id under which an actor goes now, of a row of ``actor``."""


def group_of(actor: ActorId) -> Select[tuple[str]]:
    """Return the ids that findings may have been made with, for the actor that goes by the id *actor* now."""
    return select(ACTOR.c.id).where((ACTOR.c.id == actor) | (ACTOR.c.merged_into == actor))


def current_id(column: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the id under which the actor in *column* goes now."""
    actor = ACTOR.alias()
    now = select(func.coalesce(actor.c.merged_into, actor.c.id)).where(actor.c.id == column)
    return now.scalar_subquery()


async def current_ids(connection: AsyncConnection, actors: Sequence[ActorId]) -> dict[ActorId, ActorId]:
    """Return the id under which each of *actors* goes now; one that is not stored is left out."""
    query: Select[Any] = select(ACTOR.c.id, CURRENT_ID.label("current"))
    rows = await rows_for(connection, query, ACTOR.c.id, actors)
    return {ActorId(row.id): ActorId(row.current) for row in rows}


async def resolved(connection: AsyncConnection, actor: ActorId | None) -> ActorId | None:
    """Return the id under which *actor* goes now, itself where it is not stored; None stays None."""
    return None if actor is None else (await current_ids(connection, [actor])).get(actor, actor)
