"""What an edition keeps to: a topic, an actor, a storyline, some outlets, or words; as a person types it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.errors import UserError
from bot.events.topic import topics
from bot.model.analysis import ActorId
from bot.model.events import Event, EventId
from bot.text.fold import fold

_PREFIXED: Final = re.compile(r"\s*(?P<kind>topic|actor|storyline|story|outlets?)\s*:\s*(?P<value>.*)", re.IGNORECASE)


class Kind(StrEnum):
    """By what stories are kept. ANY: a topic of the table, else an actor, else words of the title."""

    ANY = "any"
    TOPIC = "topic"
    ACTOR = "actor"
    STORYLINE = "storyline"
    OUTLETS = "outlets"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: its kind, and the rest of the words."""

    kind: Kind
    value: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of a list of outlets."""
        return tuple(name for part in self.value.split(",") if (name := part.strip()))


def read_scope(typed: str) -> Wanted:
    """Return what *typed* asks for: ``health``, ``actor: NATO``, ``storyline: 12``, ``outlets: BBC, CNN``, or words.

    Raises:
        UserError: nothing follows the colon, or there is no such topic.
    """
    found = _PREFIXED.fullmatch(typed)
    if found is None:
        return Wanted(Kind.ANY, typed.strip())
    name, value = found["kind"].lower(), found["value"].strip()
    kind = {"story": Kind.STORYLINE, "outlet": Kind.OUTLETS}.get(name) or Kind(name)
    if not value:
        raise UserError(f"What {kind} do you mean? Write it behind the colon, as in “{kind}: …”.")
    if kind is Kind.TOPIC and topic_named(value) is None:
        known = ", ".join(topic.name for topic in topics().values())
        raise UserError(f"There is no topic “{value}”. There are {known}.")
    return Wanted(kind, value)


def topic_named(words: str) -> str | None:
    """Return the key of the topic that *words* name, by its key or its name, or None."""
    wanted = fold(words)
    return next((key for key, one in topics().items() if wanted in {fold(key), fold(one.name)}), None)


def topic_names(typed: str) -> tuple[str, ...]:
    """Return the names of the topics that hold *typed*, in the order of the table."""
    wanted = fold(typed)
    return tuple(one.name for one in topics().values() if wanted in fold(one.name))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which events belong: those of a topic, with an actor, of a storyline, or with all *words* in their title.

    What is None or empty is not asked for; of what is given one is enough.
    """

    topic: str | None = None
    actor: ActorId | None = None
    storyline: int | None = None
    event: EventId | None = None
    words: tuple[str, ...] = ()

    def holds(self, event: Event) -> bool:
        """Tell whether *event* belongs to the scope."""
        return (
            (self.topic is not None and self.topic in event.topics)
            or (self.actor is not None and self.actor in event.actors)
            or (self.storyline is not None and event.storyline == self.storyline)
            or (self.event is not None and event.id == self.event)
            or (bool(self.words) and _has_all(event.title, self.words))
        )


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of *text*."""
    return tuple(re.findall(r"\w+", fold(text)))


def within(events: Iterable[Event], scope: Scope | None, articles: Collection[int] | None) -> tuple[Event, ...]:
    """Return those of *events* that belong to *scope* and are told by one of *articles*; None keeps all."""
    kept = (event for event in events if scope is None or scope.holds(event))
    return tuple(event for event in kept if articles is None or any(one in articles for one in event.articles))


def _has_all(title: str, words: Iterable[str]) -> bool:
    there = frozenset(words_of(title))
    return all(word in there for word in words)
