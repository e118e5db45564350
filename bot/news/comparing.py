"""Sets actors side by side, and one actor's words on an issue in time: all of it quotes and sentences with sources."""

from typing import Final

from bot.model.analysis import Actor
from bot.model.answers import Comparison, Position, QuoteLine
from bot.storage.actor_pages import ActorPageStore
from bot.storage.database import Database
from bot.storage.events import EventFilter, EventStore
from bot.storage.quotes import QuoteFilter, QuoteStore

_SIDE: Final = 5


class Comparing:
    """Reads what two actors, or one actor over time, have said and done."""

    def __init__(self, database: Database) -> None:
        self._quotes = QuoteStore(database)
        self._pages = ActorPageStore(database)
        self._events = EventStore(database)

    async def position(self, actor: Actor, issue: str | None, limit: int, offset: int = 0) -> Position:
        """Return what *actor* said about *issue* (words that stand in the quote), oldest first.

        The same words in several reports count once, by the first of them. None is everything they said.
        """
        wanted = QuoteFilter(by=actor.id, contains=issue)
        page = await self._quotes.list_wordings(wanted, limit=limit, offset=offset)
        return Position(actor, issue, page.rows, page.total, offset)

    async def compare(self, one: Actor, other: Actor, issue: str | None) -> Comparison:
        """Return the latest words of both on *issue*, what each says of the other, their dealings, shared events."""
        sides = [await self._said(QuoteFilter(by=each.id, contains=issue)) for each in (one, other)]
        crossed = [
            await self._said(QuoteFilter(by=each.id, about=about.id)) for each, about in ((one, other), (other, one))
        ]
        shared = EventFilter(actor=one.id, alongside=other.id)
        return Comparison(
            one,
            other,
            issue,
            said=(sides[0], sides[1]),
            of_each_other=(crossed[0], crossed[1]),
            dealings=(await self._pages.actions(one.id, other=other.id, limit=_SIDE)).rows,
            events=(await self._events.list_events(shared, limit=_SIDE)).rows,
        )

    async def _said(self, wanted: QuoteFilter) -> tuple[QuoteLine, ...]:
        return (await self._quotes.list_quotes(wanted, limit=_SIDE)).rows
