"""What people change about actors: merge, split, alias; every change can be undone."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.model.analysis import ActorId
from bot.storage.actor_groups import resolved
from bot.storage.actor_rows import alias_rows
from bot.storage.database import Database
from bot.storage.schema import ACTOR, ACTOR_ALIAS, ACTOR_LOG
from bot.storage.statements import upsert
from bot.text.fold import fold

_UNDONE: Final = "undo"


@dataclass(frozen=True, slots=True)
class ActorChange:
    """One logged change; ``by`` says who asked for it, ``undone_at`` is None while it stands."""

    id: int
    at: datetime
    by: str
    action: str
    actor: ActorId
    detail: Mapping[str, Any]
    undone_at: datetime | None = None


class ActorEditStore:
    """Changes to actors. Findings in articles stay as they were made: a merge is a redirect, so undoing it is exact."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def merge(self, actor: ActorId, into: ActorId, *, by: str, at: datetime) -> int:
        """Let *actor* count as *into* from now on; return the number of the change.

        Raises:
            UserError: both are the same already, or one of them is not stored.
        """
        async with self._db.transaction() as connection:
            old, new = await _stored(connection, actor), await _stored(connection, into)
            if old == new:
                raise UserError("These two are already the same actor.")
            moved = (await connection.scalars(select(ACTOR.c.id).where(ACTOR.c.merged_into == old))).all()
            group = (ACTOR.c.id == old) | (ACTOR.c.merged_into == old)
            await connection.execute(update(ACTOR).where(group).values(merged_into=new))
            return await _log(connection, "merge", old, {"into": new, "moved": list(moved)}, by=by, at=at)

    async def split(self, actor: ActorId, *, by: str, at: datetime) -> int:
        """Let *actor*, which was merged into another, stand for itself again; return the number of the change.

        Raises:
            UserError: it was not merged.
        """
        async with self._db.transaction() as connection:
            merged = await connection.scalar(select(ACTOR.c.merged_into).where(ACTOR.c.id == actor))
            if merged is None:
                raise UserError(f"“{actor}” was not merged into another actor.")
            await connection.execute(update(ACTOR).where(ACTOR.c.id == actor).values(merged_into=None))
            return await _log(connection, "split", actor, {"from": merged}, by=by, at=at)

    async def alias(self, actor: ActorId, alias: str, *, by: str, at: datetime) -> int:
        """Give *actor* another name; return the number of the change.

        Raises:
            UserError: it has that name already, the name has no letters, or the actor is not stored.
        """
        async with self._db.transaction() as connection:
            current = await _stored(connection, actor)
            rows = alias_rows(current, [alias])
            if not rows:
                raise UserError(f"“{alias}” is no name.")
            added = await connection.execute(upsert(connection, ACTOR_ALIAS).values(rows[0]).on_conflict_do_nothing())
            if added.rowcount == 0:
                raise UserError(f"It already goes by “{alias}”.")
            return await _log(connection, "alias", current, {"alias": alias}, by=by, at=at)

    async def unalias(self, actor: ActorId, alias: str, *, by: str, at: datetime) -> int:
        """Take a name away from *actor*; return the number of the change.

        Raises:
            UserError: it does not go by that name.
        """
        async with self._db.transaction() as connection:
            current = await _stored(connection, actor)
            if await _drop_alias(connection, current, alias) == 0:
                raise UserError(f"It does not go by “{alias}”.")
            return await _log(connection, "unalias", current, {"alias": alias}, by=by, at=at)

    async def undo(self, change: int, *, by: str, at: datetime) -> bool:
        """Take a change back, and log that; False where there is no such change, or it was taken back already."""
        async with self._db.transaction() as connection:
            open_change = (ACTOR_LOG.c.id == change, ACTOR_LOG.c.undone_at.is_(None), ACTOR_LOG.c.action != _UNDONE)
            mark = update(ACTOR_LOG).where(*open_change)
            marked = await connection.execute(mark.values(undone_at=at).returning(ACTOR_LOG))
            row = marked.one_or_none()
            if row is None:
                return False
            actor = ActorId(row.actor_id)
            await _UNDO[row.action](connection, actor, json.loads(row.detail))
            await _log(connection, _UNDONE, actor, {"change": change}, by=by, at=at)
        return True

    async def latest(self) -> int:
        """Return a number that grows with every change and every undoing, which is logged as one more."""
        async with self._db.read() as connection:
            return await connection.scalar(select(func.count(ACTOR_LOG.c.id))) or 0

    async def changes(self, limit: int = 25) -> tuple[ActorChange, ...]:
        """Return the newest changes, newest first."""
        query = select(ACTOR_LOG).order_by(ACTOR_LOG.c.id.desc()).limit(limit)
        async with self._db.read() as connection:
            return tuple(
                ActorChange(
                    row.id, row.at, row.by, row.action, ActorId(row.actor_id), json.loads(row.detail), row.undone_at
                )
                for row in await connection.execute(query)
            )


async def _stored(connection: AsyncConnection, actor: ActorId) -> ActorId:
    if await connection.scalar(select(ACTOR.c.id).where(ACTOR.c.id == actor)) is None:
        raise UserError(f"No actor “{actor}” is stored.")
    return await resolved(connection, actor) or actor


async def _log(
    connection: AsyncConnection, action: str, actor: ActorId, detail: Mapping[str, Any], *, by: str, at: datetime
) -> int:
    row = {"at": at, "by": by, "action": action, "actor_id": actor, "detail": json.dumps(detail)}
    number: int = (await connection.execute(insert(ACTOR_LOG).values(row).returning(ACTOR_LOG.c.id))).scalar_one()
    return number


async def _drop_alias(connection: AsyncConnection, actor: ActorId, alias: str) -> int:
    row = (ACTOR_ALIAS.c.actor_id == actor) & (ACTOR_ALIAS.c.folded == fold(alias))
    return (await connection.execute(delete(ACTOR_ALIAS).where(row))).rowcount


async def _undo_merge(connection: AsyncConnection, actor: ActorId, detail: Mapping[str, Any]) -> None:
    await connection.execute(update(ACTOR).where(ACTOR.c.id == actor).values(merged_into=None))
    moved = ACTOR.c.id.in_(detail["moved"]) & ACTOR.c.merged_into.is_not(None)
    await connection.execute(update(ACTOR).where(moved).values(merged_into=actor))


async def _undo_split(connection: AsyncConnection, actor: ActorId, detail: Mapping[str, Any]) -> None:
    into = await resolved(connection, ActorId(detail["from"]))
    await connection.execute(update(ACTOR).where(ACTOR.c.id == actor).values(merged_into=into))


async def _undo_alias(connection: AsyncConnection, actor: ActorId, detail: Mapping[str, Any]) -> None:
    await _drop_alias(connection, actor, detail["alias"])


async def _undo_unalias(connection: AsyncConnection, actor: ActorId, detail: Mapping[str, Any]) -> None:
    rows = alias_rows(actor, [detail["alias"]])
    await connection.execute(upsert(connection, ACTOR_ALIAS).values(rows[0]).on_conflict_do_nothing())


_UNDO: Mapping[str, Callable[[AsyncConnection, ActorId, Mapping[str, Any]], Awaitable[None]]] = {
    "merge": _undo_merge,
    "split": _undo_split,
    "alias": _undo_alias,
    "unalias": _undo_unalias,
}
