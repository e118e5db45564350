"""What an operator changes about actors: who is the same, who is not, what else they are called. All of it logged."""

from bot.clock import Clock
from bot.errors import UserError
from bot.model.analysis import Actor
from bot.news.reading import News
from bot.storage.actor_edits import ActorChange, ActorEditStore
from bot.storage.actors import ActorStore
from bot.storage.database import Database
from bot.text.fold import fold


class ActorDesk:
    """Changes to actors by name. They count at once in every answer, and stay through restarts and new readings."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._news = News(database, clock)
        self._actors = ActorStore(database)
        self._edits = ActorEditStore(database)
        self._clock = clock

    async def merge(self, name: str, into: str, *, by: str) -> int:
        """Let the actor called *name* count as the one called *into*; return the number of the change.

        Raises:
            UserError: no actor has one of the names, or both have the same.
        """
        actor, other = await self._news.named(name), await self._news.named(into)
        return await self._edits.merge(actor.id, other.id, by=by, at=self._clock.now())

    async def split(self, name: str, *, by: str) -> int:
        """Let the actor that had this name or id before it was merged away stand for itself again.

        Raises:
            UserError: none of that name was merged away, or several were: then the message gives their ids.
        """
        merged = await self._actors.merged_away(fold(name), name)
        if len(merged) != 1:
            ids = f" Name one of: {', '.join(actor.id for actor in merged)}." if merged else ""
            raise UserError(f"{len(merged) or 'No'} actors called “{name}” were merged into others.{ids}")
        return await self._edits.split(merged[0].id, by=by, at=self._clock.now())

    async def alias(self, name: str, alias: str, *, by: str) -> int:
        """Give the actor called *name* another name, under which it is found from now on.

        Raises:
            UserError: no actor has that name, or it goes by the other one already.
        """
        actor = await self._news.named(name)
        return await self._edits.alias(actor.id, alias, by=by, at=self._clock.now())

    async def undo(self, change: int, *, by: str) -> None:
        """Take the change of that number back.

        Raises:
            UserError: there is no such change, or it was taken back already.
        """
        if not await self._edits.undo(change, by=by, at=self._clock.now()):
            raise UserError(f"There is no change {change} that could be undone. `actors log` lists them.")

    async def log(self, limit: int = 25) -> tuple[tuple[ActorChange, Actor | None], ...]:
        """Return the newest changes, newest first, each with its actor as it is now."""
        changes = await self._edits.changes(limit)
        actors = await self._actors.get(sorted({change.actor for change in changes}))
        return tuple((change, actors.get(change.actor)) for change in changes)
