"""What happens in the double, and who may hear of it: the gateway listens, and so does a page."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.double.errors import Problem

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears of an event: everybody in a server, or those who see a channel, or one person alone.

    ``guild`` is None in a direct channel; ``channel`` is None where it is no matter of one channel. ``user`` is set
    for what one person alone is shown, as an ephemeral message; the bot's gateway does not carry that.
    """

    guild: str | None
    channel: str | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened: ``kind`` and ``data`` as the gateway has them, before any intent cuts them."""

    kind: str
    data: JsonObject
    audience: Audience


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of the bot was handled; ``status`` None: the answer was lost. ``route`` is None for an unknown one."""

    method: str
    path: str
    route: str | None
    status: int | None
    milliseconds: float
    answer: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Violation:
    """A request's body broke Discord's rules."""

    method: str
    path: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CommandsChanged:
    """Commands were registered or removed; ``guild`` is None for global ones."""

    guild: str | None


@dataclass(frozen=True, slots=True)
class BotStateChanged:
    """The bot came or went: "online", "starting" or "offline"."""

    state: str


@dataclass(frozen=True, slots=True)
class FaultsChanged:
    """A fault was ordered, taken back or used up."""


Notice = Event | Exchange | Violation | CommandsChanged | BotStateChanged | FaultsChanged
Listener = Callable[[Notice], None]


class Events:
    """Hands every notice to every listener, at once and in order. A listener must neither block nor raise."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []

    def publish(self, kind: str, data: JsonObject, audience: Audience) -> None:
        """Tell that something happened; listeners get a copy as it is now."""
        if self.listeners:
            self.tell(Event(kind, copy.deepcopy(data), audience))

    def tell(self, notice: Notice) -> None:
        """Hand *notice* to every listener."""
        for listener in list(self.listeners):
            listener(notice)
