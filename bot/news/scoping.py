"""Finds in storage what a typed scope means: which actor, which storyline, which outlets; and what a server reads."""

from datetime import datetime
from typing import Final

from bot.errors import UserError
from bot.model.articles import OutletId
from bot.model.events import Event, EventId
from bot.news.scope import Kind, Scope, Wanted, read_scope, topic_named, words_of
from bot.storage.actors import ActorStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.storage.outlets import OutletStore
from bot.storage.reading_lists import ReadingListStore
from bot.text.fold import fold

_NEAR: Final = 3


class Scoping:
    """Resolves scopes."""

    def __init__(self, database: Database) -> None:
        self._actors = ActorStore(database)
        self._events = EventStore(database)
        self._outlets = OutletStore(database)
        self._lists = ReadingListStore(database)

    async def scope_of(self, typed: str | None) -> tuple[Scope | None, frozenset[OutletId] | None]:
        """Return which events *typed* keeps, and which outlets; None where it says nothing of them.

        Raises:
            UserError: an actor, storyline or outlet that it names is not known.
        """
        if not typed:
            return None, None
        wanted = read_scope(typed)
        if wanted.kind is Kind.OUTLETS:
            return None, await self._named(wanted)
        if wanted.kind is Kind.STORYLINE:
            event = await self._event(wanted.value)
            return Scope(storyline=event.storyline, event=event.id), None
        topic = topic_named(wanted.value) if wanted.kind in {Kind.TOPIC, Kind.ANY} else None
        if topic is not None:
            return Scope(topic=topic), None
        actor = await self._actors.find(fold(wanted.value))
        if actor is None and wanted.kind is Kind.ACTOR:
            raise UserError(f"I have no actor called “{wanted.value}”. /actor suggests names as you type.")
        words = words_of(wanted.value) if wanted.kind is Kind.ANY else ()
        return Scope(actor=actor.id if actor is not None else None, words=words), None

    async def read_by(self, guild: int | None) -> frozenset[OutletId] | None:
        """Return the outlets whose feeds *guild* subscribed to; None: it has no feeds, and reads what the bot reads."""
        found = frozenset() if guild is None else await self._lists.outlets(guild)
        return found or None

    async def articles(self, outlets: frozenset[OutletId], since: datetime, until: datetime) -> frozenset[int]:
        """Return the ids of what *outlets* published between *since* and *until*, both included."""
        return await self._lists.articles(outlets, since, until)

    async def _named(self, wanted: Wanted) -> frozenset[OutletId]:
        found = []
        for name in wanted.names:
            outlet = await self._outlets.find(name)
            if outlet is None:
                near = ", ".join(f"“{one.name}”" for one in await self._outlets.suggest(name[:3], _NEAR))
                raise UserError(f"No outlet is called “{name}”.{f' There are {near}.' if near else ''}")
            found.append(outlet.id)
        return frozenset(found)

    async def _event(self, value: str) -> Event:
        if value.isdecimal():
            found = await self._events.get(EventId(int(value)))
        else:
            near = await self._events.suggest(value, 1)
            found = near[0] if near else None
        if found is None:
            raise UserError(f"I know no story “{value}”. /event suggests some as you type.")
        return found
