"""Actors as rows, and back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import Actor, ActorId, MentionType
from bot.storage.actor_groups import CURRENT_ID
from bot.storage.schema import ACTOR, ACTOR_ALIAS
from bot.storage.statements import chunks, rows_for, upsert
from bot.text.fold import fold


async def put_actors(connection: AsyncConnection, actors: Iterable[Actor]) -> None:
    """Store *actors* and their aliases.

    One from the tables of ``config/actors`` replaces what was stored; one that was met in a text never does, but may
    bring new aliases.
    """
    unique = sorted({actor.id: actor for actor in actors}.values(), key=lambda actor: actor.id)
    known, met = [actor for actor in unique if actor.known], [actor for actor in unique if not actor.known]
    insertion = upsert(connection, ACTOR)
    if met:
        await connection.execute(insertion.on_conflict_do_nothing(), [_row(actor) for actor in met])
    if known:
        new = {name: insertion.excluded[name] for name in ("name", "type", "acts_for", "country", "known")}
        statement = insertion.on_conflict_do_update(index_elements=[ACTOR.c.id], set_=new)
        await connection.execute(statement, [_row(actor) for actor in known])
    if aliases := [row for actor in unique for row in alias_rows(actor.id, (actor.name, *actor.aliases))]:
        await connection.execute(upsert(connection, ACTOR_ALIAS).on_conflict_do_nothing(), aliases)


def alias_rows(actor: ActorId, aliases: Iterable[str]) -> list[dict[str, object]]:
    """Return the rows of an actor's aliases, one for each folded form."""
    folded = {key: alias for alias in reversed(tuple(aliases)) if (key := fold(alias))}
    return [{"actor_id": actor, "folded": key, "alias": alias} for key, alias in sorted(folded.items())]


async def current_actors(connection: AsyncConnection, actors: Sequence[ActorId]) -> list[Actor]:
    """Return *actors*, ids that they go by now, in their order, with the aliases of all that was merged into them."""
    rows = {row.id: row for row in await rows_for(connection, select(ACTOR), ACTOR.c.id, actors)}
    query: Select[Any] = (
        select(CURRENT_ID.label("current"), ACTOR_ALIAS.c.alias)
        .join(ACTOR, ACTOR.c.id == ACTOR_ALIAS.c.actor_id)
        .order_by(ACTOR_ALIAS.c.folded)
    )
    aliases: dict[str, dict[str, None]] = defaultdict(dict)
    for some in chunks(actors):
        group = ACTOR.c.id.in_(some) & ACTOR.c.merged_into.is_(None) | ACTOR.c.merged_into.in_(some)
        for row in await connection.execute(query.where(group)):
            aliases[row.current][row.alias] = None
    return [actor_of(rows[actor], tuple(aliases[actor])) for actor in actors if actor in rows]


def actor_of(row: Row[Any], aliases: Sequence[str] = ()) -> Actor:
    """Return the actor of a row of ``actor``; an alias that is the name itself is left out."""
    others = tuple(alias for alias in aliases if alias != row.name)
    return Actor(ActorId(row.id), row.name, MentionType(row.type), others, row.acts_for, row.country, row.known)


def _row(actor: Actor) -> dict[str, object]:
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type.value,
        "acts_for": actor.acts_for,
        "country": actor.country,
        "known": actor.known,
    }
