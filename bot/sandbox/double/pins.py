"""Pinned messages."""

from typing import Any, Final

from bot.sandbox.double.errors import ApiError, missing_permissions
from bot.sandbox.double.events import Audience, Events
from bot.sandbox.double.messages import Messages
from bot.sandbox.double.permissions import MANAGE_MESSAGES, PIN_MESSAGES, READ_MESSAGE_HISTORY, VIEW_CHANNEL
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]

_AT_MOST: Final = 250
_PINNED: Final = 6


class Pins:
    """Pins messages to their channels and takes them off."""

    def __init__(self, state: State, events: Events, messages: Messages) -> None:
        self._state = state
        self._events = events
        self._messages = messages
        self._times: dict[str, dict[str, str]] = {}

    def listed(self, channel_id: str) -> JsonObject:
        """Return the pinned messages of a channel as the API lists them, newest pin first.

        Raises:
            ApiError: no such channel, or not allowed.
        """
        self._require(channel_id, VIEW_CHANNEL | READ_MESSAGE_HISTORY)
        shown = self._state.messages.get(channel_id, {})
        times = self._times.get(channel_id, {})
        items = [{"pinned_at": at, "message": shown[pin]} for pin, at in times.items() if pin in shown]
        return {"items": items[::-1], "has_more": False}

    def pin(self, channel_id: str, message_id: str) -> None:
        """Pin a message; one that is pinned stays so.

        Raises:
            ApiError: no such message, not allowed, or the channel is full.
        """
        message = self._pinnable(channel_id, message_id)
        times = self._times.setdefault(channel_id, {})
        if message_id in times:
            return
        if len(times) >= _AT_MOST:
            raise ApiError(400, 30003, f"Maximum number of pins reached ({_AT_MOST})")
        times[message_id] = self._state.now()
        message["pinned"] = True
        self._tell(channel_id, message)
        reference = {"type": 0, "channel_id": channel_id, "message_id": message_id}
        self._messages.note(self._state.channel(channel_id), _PINNED, self._state.bot, {"message_reference": reference})

    def unpin(self, channel_id: str, message_id: str) -> None:
        """Take a pin off.

        Raises:
            ApiError: no such message, or not allowed.
        """
        message = self._pinnable(channel_id, message_id)
        self._times.get(channel_id, {}).pop(message_id, None)
        message["pinned"] = False
        self._tell(channel_id, message)

    def _pinnable(self, channel_id: str, message_id: str) -> JsonObject:
        granted = self._require(channel_id, VIEW_CHANNEL)
        if not granted & (PIN_MESSAGES | MANAGE_MESSAGES):
            raise missing_permissions()
        return self._state.message(channel_id, message_id)

    def _require(self, channel_id: str, needed: int) -> int:
        channel = self._state.channel(channel_id)
        self._state.require(self._state.bot["id"], channel, needed)
        return self._state.permissions_of(self._state.bot["id"], channel)

    def _tell(self, channel_id: str, message: JsonObject) -> None:
        channel = self._state.channel(channel_id)
        self._messages.publish(message, changed=True)
        place = {"guild_id": channel["guild_id"]} if "guild_id" in channel else {}
        times = self._times.get(channel_id, {})
        latest = max(times.values(), default=None)
        data = {"channel_id": channel_id, "last_pin_timestamp": latest, **place}
        self._events.publish("CHANNEL_PINS_UPDATE", data, Audience(channel.get("guild_id"), channel_id))
