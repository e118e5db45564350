"""Sets actors side by side, and one actor's words on an issue in time: all of it quotes and sentences with sources."""

from typing import Final

from bot.model.analysis import Actor
from bot.model.answers import Comparison, Position, QuoteLine
from bot.storage.actor_pages import ActorPageStore
from bot.storage.database import Database
from bot.storage.events import EventFilter, EventStore
from bot.storage.quotes import QuoteFilter, QuoteStore

_MOST_QUOTES: Final = 200
_SIDE: Final = 5
_DEALINGS: Final = 200
_SHARED: Final = 100


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
        page = await self._quotes.list_quotes(QuoteFilter(by=actor.id, contains=issue), limit=_MOST_QUOTES)
        first: dict[str, QuoteLine] = {}
        for quote in reversed(page.rows):
            first.setdefault(" ".join(quote.text.lower().split()), quote)
        rows = tuple(first.values())
        return Position(actor, issue, rows[offset : offset + limit], len(rows), offset)

    async def compare(self, one: Actor, other: Actor, issue: str | None) -> Comparison:
        """Return the latest words of both on *issue*, what each says of the other, their dealings, shared events."""
        sides = [await self._said(QuoteFilter(by=each.id, contains=issue)) for each in (one, other)]
        crossed = [
            await self._said(QuoteFilter(by=each.id, about=about.id)) for each, about in ((one, other), (other, one))
        ]
        deeds = (await self._pages.actions(one.id, limit=_DEALINGS)).rows
        events = (await self._events.list_events(EventFilter(actor=one.id), limit=_SHARED)).rows
        return Comparison(
            one,
            other,
            issue,
            said=(sides[0], sides[1]),
            of_each_other=(crossed[0], crossed[1]),
            dealings=tuple(line for line in deeds if other.id in {line.action.source, line.action.target})[:_SIDE],
            events=tuple(event for event in events if other.id in event.actors)[:_SIDE],
        )

    async def _said(self, wanted: QuoteFilter) -> tuple[QuoteLine, ...]:
        return (await self._quotes.list_quotes(wanted, limit=_SIDE)).rows
