"""Interactions: a member uses a command, types, presses, submits; the bot hears of it and has three seconds."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from bot.sandbox.double.building import all_text
from bot.sandbox.double.checks.rules import EPHEMERAL
from bot.sandbox.double.clockwork import Elapsed
from bot.sandbox.double.gateway.gateway import Gateway
from bot.sandbox.double.resolving import Resolver
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]

ACKNOWLEDGE_SECONDS: Final = 3.0
TOKEN_SECONDS: Final = 15 * 60.0
NO_RESPONSE: Final = "The application did not respond"
LOADING: Final = 1 << 7
_LARGEST_ATTACHMENT: Final = 10 << 20


class Kind(IntEnum):
    """What the member did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How the bot answers first."""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass
class Interaction:
    """One interaction from the member's act to the bot's last word; it fills while the bot answers.

    ``message`` is the one whose component was used, or from which the form was opened; ``answer`` the bot's own
    answer; ``failure`` what the member is told where none came.
    """

    id: str
    token: str
    kind: Kind
    data: JsonObject
    user: JsonObject
    channel: JsonObject
    sent_at: float
    name: str = ""
    patience: float = ACKNOWLEDGE_SECONDS
    message: JsonObject | None = None
    callback: Callback | None = None
    choices: list[JsonObject] = field(default_factory=list)
    modal: JsonObject | None = None
    answer: JsonObject | None = None
    followups: list[JsonObject] = field(default_factory=list)
    failure: str | None = None
    has_turned: bool = False
    _changed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def shown(self) -> list[JsonObject]:
        """Return the bot's answers that the member sees, oldest first; not one that is still loading."""
        answers = [*([self.answer] if self.answer else []), *self.followups]
        return [answer for answer in answers if not answer["flags"] & LOADING]

    @property
    def text(self) -> str:
        """Return all words of the answers, and of the message that was turned instead."""
        turned = [self.message] if self.message is not None and self.has_turned else []
        return "\n".join(all_text(message) for message in [*turned, *self.shown])

    @property
    def is_private(self) -> bool:
        """Tell whether the member alone sees the answers."""
        return bool(self.shown) and all(answer["flags"] & EPHEMERAL for answer in self.shown)

    @property
    def is_settled(self) -> bool:
        """Tell whether the member sees a result: an answer, suggestions, a form, a turned message, or a failure."""
        is_complete = self.callback in {Callback.CHOICES, Callback.MODAL, Callback.PONG}
        return bool(self.failure or is_complete or self.has_turned or self.shown)

    def touch(self) -> None:
        """Wake those who wait for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, is_there: Callable[["Interaction"], bool], *, seconds: float = 10.0) -> "Interaction":
        """Wait until *is_there* holds, and return the interaction.

        Raises:
            TimeoutError: it does not within *seconds*.
        """
        async with asyncio.timeout(seconds):
            while not is_there(self):
                await self._changed.wait()
        return self

    async def acknowledged(self) -> bool:
        """Wait for the bot's first answer, as long as Discord does, and tell whether it came in time."""
        try:
            await self.until(lambda now: now.callback is not None, seconds=self.patience)
        except TimeoutError:
            self.failure = NO_RESPONSE
            self.touch()
            return False
        return True

    async def settled(self, *, seconds: float = 10.0) -> "Interaction":
        """Wait until the member sees a result, and return the interaction; one that fails has a ``failure``.

        Raises:
            TimeoutError: the bot acknowledged, and then showed nothing within *seconds*.
        """
        if await self.acknowledged():
            await self.until(lambda now: now.is_settled, seconds=seconds)
        return self


class Interactions:
    """Tells the bot what members do, and remembers it by token. It checks nothing: see ``members`` for that.

    The time limits of the first and of the last answer can be changed for tests.
    """

    def __init__(self, state: State, gateway: Gateway, resolver: Resolver, elapsed: Elapsed) -> None:
        self._state = state
        self._gateway = gateway
        self._resolver = resolver
        self._elapsed = elapsed
        self.acknowledge_seconds = ACKNOWLEDGE_SECONDS
        self.token_seconds = TOKEN_SECONDS
        self._by_token: dict[str, Interaction] = {}

    def send(
        self,
        kind: Kind,
        data: JsonObject,
        user: JsonObject,
        channel_id: str,
        *,
        message: JsonObject | None = None,
        name: str = "",
    ) -> Interaction:
        """Tell the bot that *user* did something in a channel; the answer comes into the returned interaction.

        *data* is the ``data`` of Discord's INTERACTION_CREATE but for ``resolved``, which is added. *message* is the
        one whose component was used, or from which the form was opened; *name* a command's whole name.
        """
        channel = self._state.channel(channel_id)
        number = self._state.ids.new()
        whole = data | self._resolver.resolved(data, user["id"], channel)
        interaction = Interaction(
            number, f"aW50{number}", kind, whole, user, channel, self._elapsed.seconds(), name=name, message=message
        )
        interaction.patience = self.acknowledge_seconds
        self._by_token[interaction.token] = interaction
        self._gateway.tell("INTERACTION_CREATE", self._frame(interaction), guild=channel.get("guild_id"))
        return interaction

    def find(self, token: str) -> Interaction | None:
        """Return the interaction with a token, or None."""
        return self._by_token.get(token)

    def age(self, interaction: Interaction) -> float:
        """Return how many seconds ago an interaction was sent."""
        return self._elapsed.seconds() - interaction.sent_at

    def _frame(self, interaction: Interaction) -> JsonObject:
        channel, user = interaction.channel, interaction.user
        granted = str(self._state.permissions_of(user["id"], channel))
        frame: JsonObject = {
            "id": interaction.id, "application_id": self._state.bot["id"], "type": int(interaction.kind),
            "version": 1, "token": interaction.token, "data": interaction.data, "channel_id": channel["id"],
            "channel": channel | {"permissions": granted}, "locale": "en-US", "entitlements": [],
            "attachment_size_limit": _LARGEST_ATTACHMENT,
            "app_permissions": str(self._state.permissions_of(self._state.bot["id"], channel)),
            **self._whence(user, channel, granted),
        }  # fmt: skip
        if interaction.message is not None:
            frame["message"] = interaction.message
        return frame

    def _whence(self, user: JsonObject, channel: JsonObject, granted: str) -> JsonObject:
        guild = self._state.guild_of(channel)
        if guild is None:
            return {"user": user, "context": 1, "authorizing_integration_owners": {"0": "0"}}
        member = self._state.member(guild, user["id"]) or {"user": user, "roles": []}
        return {
            "guild_id": guild["id"], "guild_locale": guild["preferred_locale"], "context": 0,
            "guild": {"id": guild["id"], "locale": guild["preferred_locale"], "features": guild["features"]},
            "member": member | {"permissions": granted}, "authorizing_integration_owners": {"0": guild["id"]},
        }  # fmt: skip
