"""Gives the answer again that was given before, for as long as nobody has written to the database since."""

from collections.abc import Awaitable, Callable, Hashable
from time import monotonic
from typing import Any, Final, TypeVar, cast

from bot.model.answers import ActorPage, Choice, Comparison, EventPage, Page, Position, QuoteLine, SearchHit
from bot.news.questions import NewsQuestions
from bot.storage.actor_edits import ActorEditStore
from bot.storage.database import Database
from bot.storage.event_edits import EventEditStore

_KEPT: Final = 256
_LAG_SECONDS: Final = 60.0

T = TypeVar("T")


def edits_of(database: Database) -> Callable[[], Awaitable[object]]:
    """Return what tells something else once a person changed actors or events, or took such a change back."""
    actors, events = ActorEditStore(database), EventEditStore(database)

    async def edits() -> object:
        return await actors.latest(), await events.latest()

    return edits


async def _no_edits() -> object:
    return None


class AnswerMemory:
    """Keeps the last 256 answers that were asked for.

    *mark* tells something that differs from before once anybody has written; then all answers are forgotten. Only
    while *is_reading* says that a batch of news is being read, which writes several times a second, they may be as old
    as the last moment before it, at most a minute; but never older than what *edited* tells, which differs from before
    once a person put actors or events right.
    """

    def __init__(
        self,
        mark: Callable[[], Awaitable[object]],
        is_reading: Callable[[], bool] = lambda: False,
        edited: Callable[[], Awaitable[object]] = _no_edits,
        *,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._mark = mark
        self._is_reading = is_reading
        self._edited = edited
        self._known_edits: object = None
        self._seconds = seconds
        self._known: object = None
        self._true_at = seconds()
        self._answers: dict[Hashable, object] = {}

    async def answer(self, question: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """Return the answer to *question*, which *ask* finds where it is not remembered; a failure is not kept."""
        await self._follow(await self._mark())
        if question in self._answers:
            found = self._answers[question] = self._answers.pop(question)  # the last one asked goes last
            return cast("T", found)
        answers = self._answers
        made = await ask()
        if len(answers) >= _KEPT:
            answers.pop(next(iter(answers)))
        # Into the memory of the time when it was asked: if somebody wrote meanwhile, nobody looks there any more.
        answers[question] = made
        return made

    async def _follow(self, mark: object) -> None:
        if mark != self._known:
            edits = await self._edited()
            lags = self._is_reading() and self._seconds() - self._true_at < _LAG_SECONDS
            if edits != self._known_edits or not lags:
                self._known, self._known_edits, self._answers = mark, edits, {}
        if mark == self._known:
            self._true_at = self._seconds()


class RememberedNews:
    """Answers questions about news as *news* does; those that many ask and that cost most out of *memory*."""

    def __init__(self, news: NewsQuestions, memory: AnswerMemory) -> None:
        self._news = news
        self._memory = memory
        # They depend on the hour or on the server, or cost next to nothing.
        self.digest, self.status = news.digest, news.status
        self.events, self.event_choices = news.events, news.event_choices
        self.latest_edition, self.edition = news.latest_edition, news.edition

    async def actor(self, name: str) -> ActorPage:
        """Return all that is known of the actor with this name, alias or id."""
        return await self._memory.answer(("actor", name), lambda: self._news.actor(name))

    async def actor_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return actors whose name or alias begins like *typed*."""
        question = ("actor choices", typed, limit)
        return await self._memory.answer(question, lambda: self._news.actor_choices(typed, limit))

    async def outlet_choices(self, typed: str, limit: int = 25) -> tuple[Choice, ...]:
        """Return outlets whose name begins like *typed*."""
        question = ("outlet choices", typed, limit)
        return await self._memory.answer(question, lambda: self._news.outlet_choices(typed, limit))

    async def topic_choices(self, typed: str) -> tuple[Choice, ...]:
        """Return topics and actors whose name begins like *typed*."""
        question = ("topic choices", typed)
        return await self._memory.answer(question, lambda: self._news.topic_choices(typed))

    async def position(self, name: str, issue: str | None = None, *, limit: int = 20, offset: int = 0) -> Position:
        """Return what the actor called *name* said with the words *issue* in it."""
        question = ("position", name, issue, limit, offset)
        return await self._memory.answer(question, lambda: self._news.position(name, issue, limit=limit, offset=offset))

    async def compare(self, one: str, other: str, issue: str | None = None) -> Comparison:
        """Return two actors side by side."""
        return await self._memory.answer(("compare", one, other, issue), lambda: self._news.compare(one, other, issue))

    async def event(self, name_or_id: str) -> EventPage:
        """Return one event by id or title."""
        return await self._memory.answer(("event", name_or_id), lambda: self._news.event(name_or_id))

    async def quotes(self, **filters: Any) -> Page[QuoteLine]:  # noqa: ANN401 - those of the Protocol
        """Return stored quotes that meet every filter."""
        question = ("quotes", *sorted(filters.items()))
        return await self._memory.answer(question, lambda: self._news.quotes(**filters))

    async def search(self, query: str, **filters: Any) -> Page[SearchHit]:  # noqa: ANN401 - those of the Protocol
        """Return articles that hold the words of *query*."""
        question = ("search", query, *sorted(filters.items()))
        return await self._memory.answer(question, lambda: self._news.search(query, **filters))
