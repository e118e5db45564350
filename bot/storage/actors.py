"""Find actors by their names, misspelt ones too."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Select, func, select

from bot.model.analysis import Actor, ActorId
from bot.storage.actor_groups import current_ids
from bot.storage.actor_rows import actor_of, current_actors, put_actors
from bot.storage.database import Database
from bot.storage.schema import ACTOR, ACTOR_ALIAS

_AFTER_EVERY_LETTER: Final = "\U0010ffff"
_LEAST_LIKENESS: Final = 75.0


class ActorStore:
    """Actors and their aliases. Names are passed folded (:func:`bot.text.fold.fold`).

    Whoever was merged into another actor is found as that one.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def put(self, actors: Iterable[Actor]) -> None:
        """Store *actors* and their aliases; what was met in a text never replaces what the tables know."""
        async with self._db.transaction() as connection:
            await put_actors(connection, actors)

    async def find(self, folded: str) -> Actor | None:
        """Return the actor with this name or alias, of several the one that most articles name; or None."""
        return next(iter(await self.find_all(folded, 1)), None)

    async def find_all(self, folded: str, limit: int = 25) -> tuple[Actor, ...]:
        """Return every actor with this name or alias, those that more articles name first."""
        return await self._ranked(ACTOR_ALIAS.c.folded == folded, limit)

    async def merged_away(self, folded: str, name: str) -> tuple[Actor, ...]:
        """Return the actors of this alias, or with the id *name*, that count as another one now, as they were."""
        merged = ACTOR.c.merged_into.is_not(None)
        aliased = select(ACTOR_ALIAS.c.actor_id).where(ACTOR_ALIAS.c.folded == folded)
        query: Select[Any] = select(ACTOR).where(merged, (ACTOR.c.id == name) | ACTOR.c.id.in_(aliased))
        async with self._db.read() as connection:
            return tuple(actor_of(row) for row in await connection.execute(query.order_by(ACTOR.c.id)))

    async def suggest(self, prefix: str, limit: int) -> tuple[Actor, ...]:
        """Return actors with a name or alias of which a word begins with *prefix*, the most named first.

        All of *prefix*, spaces too, must follow each other; an empty one suggests whoever is named most.
        """
        folded = ACTOR_ALIAS.c.folded
        starts = (folded >= prefix) & (folded < prefix + _AFTER_EVERY_LETTER)
        return await self._ranked(starts | folded.contains(f" {prefix}", autoescape=True), limit)

    async def near(self, folded: str, limit: int) -> tuple[Actor, ...]:
        """Return actors whose name or alias is spelt almost like *folded*, the likest first.

        Reads every alias: about 0.2 seconds for 40,000 of them.
        """
        query: Select[Any] = select(ACTOR_ALIAS.c.actor_id, ACTOR_ALIAS.c.folded)
        async with self._db.read() as connection:
            aliases = (await connection.execute(query)).all()
            likest = await asyncio.to_thread(_likest, folded, [row.folded for row in aliases], limit * 4)
            ids = [ActorId(aliases[index].actor_id) for index in likest]
            current = await current_ids(connection, ids)
            actors = list(dict.fromkeys(current[actor] for actor in ids))
            return tuple(await current_actors(connection, actors[:limit]))

    async def get(self, actors: Sequence[ActorId]) -> dict[ActorId, Actor]:
        """Return those of *actors* that are stored, each under the id that was asked for."""
        async with self._db.read() as connection:
            current = await current_ids(connection, actors)
            found = {actor.id: actor for actor in await current_actors(connection, sorted(set(current.values())))}
        return {asked: found[now] for asked, now in current.items()}

    async def all(self) -> tuple[Actor, ...]:
        """Return every actor with all aliases, in order of id; ids that were merged away are left out."""
        async with self._db.read() as connection:
            ids = await connection.scalars(select(ACTOR.c.id).where(ACTOR.c.merged_into.is_(None)).order_by(ACTOR.c.id))
            return tuple(await current_actors(connection, [ActorId(number) for number in ids]))

    async def met(self) -> tuple[tuple[Actor, int], ...]:
        """Return all actors, each with the number of articles that name it, the most named first."""
        counts: Select[Any] = select(ACTOR.c.id, ACTOR.c.articles)
        actors = await self.all()
        async with self._db.read() as connection:
            articles = {row.id: row.articles for row in await connection.execute(counts)}
        named = [(actor, articles.get(actor.id, 0)) for actor in actors]
        return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0].id)))

    async def _ranked(self, names: ColumnElement[bool], limit: int) -> tuple[Actor, ...]:
        merged, named = ACTOR.alias(), ACTOR.alias()
        by_name = (
            select(func.coalesce(named.c.merged_into, named.c.id))
            .join(ACTOR_ALIAS, ACTOR_ALIAS.c.actor_id == named.c.id)
            .where(names)
        )
        more = select(func.sum(merged.c.articles)).where(merged.c.merged_into == ACTOR.c.id).scalar_subquery()
        articles = ACTOR.c.articles + func.coalesce(more, 0)
        query = select(ACTOR.c.id).where(ACTOR.c.id.in_(by_name))
        query = query.order_by(articles.desc(), ACTOR.c.known.desc(), ACTOR.c.id).limit(limit)
        async with self._db.read() as connection:
            ids = [ActorId(number) for number in await connection.scalars(query)]
            return tuple(await current_actors(connection, ids))


def _likest(folded: str, names: Sequence[str], limit: int) -> list[int]:
    """Return the indexes of the names that are most like *folded*; a single word is compared with single words too."""
    choices = list(enumerate(names))
    if " " not in folded:
        choices += [(index, word) for index, name in enumerate(names) if " " in name for word in name.split()]
    words = [word for _, word in choices]
    found = process.extract(folded, words, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS, limit=limit)
    return [choices[position][0] for _, _, position in found]
