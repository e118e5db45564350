"""Finds the actor that somebody means by a name, and fits names into choices."""

from typing import Final

from bot.errors import UnknownActorError
from bot.model.analysis import Actor, ActorId
from bot.model.answers import (
    Choice,
)
from bot.storage.actors import ActorStore
from bot.storage.database import Database
from bot.text.fold import fold
from bot.text.names import name_tokens, skeleton

LONGEST_NAME: Final = 100
_NEAR: Final = 3


class ActorNames:
    """Names as people type them."""

    def __init__(self, database: Database) -> None:
        self._actors = ActorStore(database)

    async def named(self, name: str) -> Actor:
        """Return the actor called *name*: by id, by name or alias, by the only name that is a spelling of it.

        Raises:
            UnknownActorError: there is none; it names near ones.
        """
        if name.lower().startswith("the ") and await self._actors.find(fold(name)) is None:
            name = name[4:]  # “the Kremlin” is stored as Kremlin
        stored = await self._actors.get([ActorId(name)]) if "/" in name else {}
        found = stored.get(ActorId(name)) or await self._actors.find(fold(name))
        if found is not None:
            return found
        begins = await self._actors.suggest(fold(name), _NEAR) if fold(name) else ()
        near = await self._actors.near(fold(name), _NEAR)
        alike = [actor for actor in near if is_spelling(name, actor)]
        for one in (alike, begins):
            if len(one) == 1:
                return one[0]
        raise UnknownActorError(name, tuple(dict.fromkeys(actor.name for actor in (*alike, *begins, *near))))

    async def choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return actors whose name or alias begins like *typed*, most mentioned first."""
        found = list(await self._actors.suggest(fold(typed), limit))
        if not found and typed.strip():
            found = list(await self._actors.near(fold(typed), limit))
        return tuple(Choice(fit(actor.name), actor.id) for actor in found if len(actor.id) <= LONGEST_NAME)


def is_spelling(name: str, actor: Actor) -> bool:
    """Tell whether *name* is one of the actor's names in another spelling; a bare surname is enough."""
    bones = [skeleton(token) for token in name_tokens(name)]
    for written in (actor.name, *actor.aliases):
        theirs = [skeleton(token) for token in name_tokens(written)]
        if bones and (bones == theirs or (len(bones) == 1 and theirs[-1:] == bones)):
            return True
    return False


def fit(name: str) -> str:
    """Return *name* as a choice may hold it: cut where it is longer than Discord takes."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
