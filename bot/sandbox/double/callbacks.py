"""The bot's answers to interactions: the first one in three seconds, further ones for fifteen minutes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.sandbox.double.building import Builder, numbered
from bot.sandbox.double.checks.command_rules import choice_problems
from bot.sandbox.double.checks.component_rules import modal_problems
from bot.sandbox.double.checks.rules import EPHEMERAL, is_empty, message_problems
from bot.sandbox.double.errors import ApiError, Problem, invalid, refuse, unknown
from bot.sandbox.double.events import Audience, Events
from bot.sandbox.double.files import Upload
from bot.sandbox.double.interactions import (
    LOADING,
    Callback,
    Interaction,
    Interactions,
    Kind,
)
from bot.sandbox.double.messages import Messages, check_change, check_new
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]
Uploads = Sequence[Upload]

ORIGINAL: Final = "@original"
_MESSAGES: Final = frozenset({Callback.MESSAGE, Callback.DEFERRED_MESSAGE})
_UPDATES: Final = frozenset({Callback.UPDATE, Callback.DEFERRED_UPDATE})
_ALLOWED: Final = {
    Kind.COMMAND: _MESSAGES | {Callback.MODAL},
    Kind.COMPONENT: _MESSAGES | _UPDATES | {Callback.MODAL},
    Kind.AUTOCOMPLETE: frozenset({Callback.CHOICES}),
    Kind.MODAL: _MESSAGES,
}


class Callbacks:
    """Takes the answers and shows them: in the channel, or to one member alone."""

    def __init__(self, state: State, events: Events, messages: Messages, interactions: Interactions) -> None:
        self._state = state
        self._events = events
        self._messages = messages
        self._interactions = interactions
        self._builder: Builder = messages.builder

    def callback(self, interaction_id: str, token: str, body: Mapping[str, Any], uploads: Uploads) -> JsonObject:
        """Take the first answer and return the callback's response object.

        Raises:
            ApiError: unknown or older than three seconds (10062), answered before (40060), or against the rules.
        """
        interaction = self._interactions.find(token)
        late = interaction is None or self._interactions.age(interaction) > interaction.patience
        if interaction is None or late or interaction.id != interaction_id:
            raise unknown("interaction", 10062)
        if interaction.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        data = body.get("data") or {}
        kind = next((known for known in _allowed(interaction) if known == body["type"]), None)
        if kind is None:
            text = f"Not an answer to an interaction of type {int(interaction.kind)}."
            raise invalid([Problem(("type",), text, "INTERACTION_RESPONSE_TYPE_INVALID")])
        _check(interaction, kind, data, uploads)
        interaction.callback = kind
        self._apply(interaction, kind, data, uploads)
        interaction.touch()
        return _response(interaction, kind)

    def follow_up(self, token: str, body: Mapping[str, Any], uploads: Uploads) -> JsonObject:
        """Take a further message; the first one after a deferral becomes the answer.

        Raises:
            ApiError: no answer came before, the token is older than 15 minutes, or the message breaks a rule.
        """
        interaction = self._live(token)
        if interaction.callback is None:
            raise unknown("Webhook", 10015)
        if interaction.answer is not None and interaction.answer["flags"] & LOADING:
            return self.edit(token, ORIGINAL, body, uploads)
        check_new(body, uploads)
        message = self._built(interaction, body, uploads)
        interaction.followups.append(message)
        self._show(interaction, message)
        return message

    def edit(self, token: str, message_id: str, body: Mapping[str, Any], uploads: Uploads) -> JsonObject:
        """Change an answer, or the message whose component was used.

        Raises:
            ApiError: the token is too old, there is no such answer, or the result breaks a rule.
        """
        interaction, message = self._live(token), self.get(token, message_id)
        check_change(message, body, uploads)
        was_loading = bool(message["flags"] & LOADING)
        message["flags"] &= ~LOADING
        self._builder.change(message, body, uploads)
        if was_loading:
            message["edited_timestamp"] = None
        interaction.has_turned |= message is interaction.message
        self._show(interaction, message, changed=True)
        return message

    def get(self, token: str, message_id: str) -> JsonObject:
        """Return an answer.

        Raises:
            ApiError: the token is too old, or there is no such answer.
        """
        interaction = self._live(token)
        turned = interaction.message if interaction.callback in _UPDATES else None
        known = [interaction.answer, turned, *interaction.followups]
        messages = [message for message in known if message is not None]
        if message_id == ORIGINAL:
            found = interaction.answer or turned
        else:
            found = next((message for message in messages if message["id"] == message_id), None)
        if found is None:
            raise unknown("Message", 10008)
        return found

    def delete(self, token: str, message_id: str) -> None:
        """Remove an answer.

        Raises:
            ApiError: the token is too old, or there is no such answer.
        """
        message, interaction = self.get(token, message_id), self._live(token)
        if interaction.answer is message:
            interaction.answer = None
        interaction.followups = [answer for answer in interaction.followups if answer is not message]
        self.forget(message, interaction.user["id"])
        interaction.touch()

    def forget(self, message: JsonObject, user_id: str) -> None:
        """Take a message away: from its channel, or from the one member who sees it."""
        if not message["flags"] & EPHEMERAL:
            self._messages.remove(message)
            return
        if self._state.private.get(user_id, {}).pop(message["id"], None) is not None:
            self._tell_one("MESSAGE_DELETE", {"id": message["id"], "channel_id": message["channel_id"]}, user_id)

    def _live(self, token: str) -> Interaction:
        interaction = self._interactions.find(token)
        if interaction is None:
            raise unknown("Webhook", 10015)
        if self._interactions.age(interaction) > self._interactions.token_seconds:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _apply(self, interaction: Interaction, kind: Callback, data: Mapping[str, Any], uploads: Uploads) -> None:
        if kind in _MESSAGES:
            interaction.answer = self._built(interaction, data, uploads)
            if kind is Callback.DEFERRED_MESSAGE:
                interaction.answer["flags"] |= LOADING
            self._show(interaction, interaction.answer)
        elif kind is Callback.UPDATE and interaction.message is not None:
            self._builder.change(interaction.message, data, uploads)
            interaction.has_turned = True
            self._show(interaction, interaction.message, changed=True)
        elif kind is Callback.CHOICES:
            interaction.choices = list(data.get("choices") or ())
        elif kind is Callback.MODAL:
            interaction.modal = dict(data)
            numbered(interaction.modal["components"])

    def _show(self, interaction: Interaction, message: JsonObject, *, changed: bool = False) -> None:
        """Show a message or its change, and wake those who wait for it."""
        if message["flags"] & EPHEMERAL:
            self._state.private.setdefault(interaction.user["id"], {})[message["id"]] = message
            self._tell_one("MESSAGE_UPDATE" if changed else "MESSAGE_CREATE", message, interaction.user["id"])
        else:
            self._messages.publish(message, changed=changed)
        interaction.touch()

    def _tell_one(self, kind: str, data: JsonObject, user_id: str) -> None:
        guild_id = self._state.channel(data["channel_id"]).get("guild_id")
        place = {"guild_id": guild_id} if guild_id else {}
        self._events.publish(kind, data | place, Audience(guild_id, data["channel_id"], user_id))

    def _built(self, interaction: Interaction, body: Mapping[str, Any], uploads: Uploads) -> JsonObject:
        owners = {"0": interaction.channel.get("guild_id", "0")}
        metadata = {
            "id": interaction.id, "type": int(interaction.kind), "user": interaction.user,
            "authorizing_integration_owners": owners,
        }  # fmt: skip
        if interaction.kind is Kind.COMPONENT and interaction.message is not None:
            metadata["interacted_message_id"] = interaction.message["id"]
        if interaction.kind is Kind.MODAL:
            metadata["triggering_interaction_metadata"] = {"id": interaction.id, "type": 2, "user": interaction.user,
                                                           "authorizing_integration_owners": owners}  # fmt: skip
        more: JsonObject = {"interaction_metadata": metadata}
        if interaction.name:  # the older field is the one that tells the command's name
            named = {"id": interaction.id, "type": int(interaction.kind), "name": interaction.name}
            more["interaction"] = named | {"user": interaction.user}
        bot_id = self._state.bot["id"]
        return self._builder.new(
            interaction.channel, self._state.bot, body, uploads, application_id=bot_id, webhook_id=bot_id, **more
        )


def _allowed(interaction: Interaction) -> frozenset[Callback]:
    """Return how an interaction may be answered; a form that was opened from a message may turn that message."""
    is_from_message = interaction.kind is Kind.MODAL and interaction.message is not None
    return _ALLOWED[interaction.kind] | (_UPDATES if is_from_message else frozenset())


def _check(interaction: Interaction, kind: Callback, data: Mapping[str, Any], uploads: Uploads) -> None:
    names = [upload.name for upload in uploads]
    if kind is Callback.CHOICES:
        refuse(choice_problems(data.get("choices") or (), _focused_type(interaction.data)))
    elif kind is Callback.MODAL:
        refuse(modal_problems(data))
    elif kind is Callback.MESSAGE:
        refuse(_within_data(message_problems(data, files=names)))
        if is_empty(data, files=names):
            raise ApiError(400, 50006, "Cannot send an empty message")
    elif kind is Callback.UPDATE and interaction.message is not None:
        check_change(interaction.message, data, uploads)


def _within_data(problems: Sequence[Problem]) -> list[Problem]:
    return [problem._replace(path=("data", *problem.path)) for problem in problems]


def _focused_type(data: Mapping[str, Any]) -> int:
    """Return the type of the option that the member types into."""
    for option in data.get("options") or ():
        if option.get("focused"):
            return int(option["type"])
        if inner := _focused_type(option):
            return inner
    return 0


def _response(interaction: Interaction, kind: Callback) -> JsonObject:
    message = interaction.answer if kind in _MESSAGES else None
    answered: JsonObject = {"id": interaction.id, "type": int(interaction.kind)}
    if message is not None:
        answered |= {
            "response_message_id": message["id"],
            "response_message_loading": kind is Callback.DEFERRED_MESSAGE,
            "response_message_ephemeral": bool(message["flags"] & EPHEMERAL),
        }
    shown = {Callback.MESSAGE: message, Callback.UPDATE: interaction.message}.get(kind)
    resource = {"resource": {"type": int(kind), "message": shown}} if shown else {}
    return {"interaction": answered} | resource
