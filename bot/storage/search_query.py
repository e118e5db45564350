"""One search, as both dialects understand it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import Text, TextClause, bindparam
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.analysis import ActorId
from bot.model.articles import ArticleId
from bot.storage.search_text import Term
from bot.storage.types import UtcDateTime

RANKED_HITS: Final = 1_000
"""So many of the newest hits are ranked by relevance: ranking all hits of a common word takes too long."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched: *terms*, and what the articles must be; None allows any. Both ends of the time count."""

    terms: tuple[Term, ...]
    since: datetime | None = None
    until: datetime | None = None
    outlet: str | None = None
    actor: ActorId | None = None


class SearchEngine(Protocol):
    """The full-text index of one dialect."""

    async def index(self, connection: AsyncConnection, articles: Sequence[tuple[ArticleId, str, str]]) -> None:
        """Take in the (id, title, text) of new or edited articles."""
        ...

    async def find(self, connection: AsyncConnection, search: Search, limit: int, offset: int) -> list[ArticleId]:
        """Return matching articles: of the newest :data:`RANKED_HITS`, the most relevant first."""
        ...

    async def count(self, connection: AsyncConnection, search: Search) -> int:
        """Return how many articles match."""
        ...


def bound(statement: TextClause) -> TextClause:
    """Give the filters of *statement* their types, so that NULL has one too."""
    return statement.bindparams(
        bindparam("query", type_=Text()),
        bindparam("since", type_=UtcDateTime()),
        bindparam("until", type_=UtcDateTime()),
        bindparam("outlet", type_=Text()),
        bindparam("actor", type_=Text()),
    )


def filters(search: Search) -> dict[str, object]:
    """Return the values of the filters."""
    return {"since": search.since, "until": search.until, "outlet": search.outlet, "actor": search.actor}
