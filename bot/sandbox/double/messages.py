"""Messages of channels: send, read, edit, delete, publish, with nonces that keep a copy away for a set time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.sandbox.double import objects
from bot.sandbox.double.building import Builder, merged_flags
from bot.sandbox.double.checks.rules import is_empty, message_problems
from bot.sandbox.double.clockwork import Elapsed
from bot.sandbox.double.errors import ApiError, Problem, invalid, refuse
from bot.sandbox.double.events import Audience, Events
from bot.sandbox.double.files import Files, Upload
from bot.sandbox.double.permissions import (
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)
from bot.sandbox.double.state import State
from bot.sandbox.double.threads import Threads

JsonObject = dict[str, Any]
Uploads = Sequence[Upload]

NONCE_WINDOW: Final = timedelta(minutes=5)
"""How long an enforced nonce is remembered here; Discord says "the past few minutes"."""
_CROSSPOSTED: Final = 1 << 0
_LARGEST_HISTORY: Final = 100


class Messages:
    """Holds what channels show."""

    def __init__(self, state: State, events: Events, files: Files, threads: Threads, elapsed: Elapsed) -> None:
        self._state = state
        self._events = events
        self._threads = threads
        self._elapsed = elapsed
        self.builder = Builder(state, files)
        self.nonce_window = NONCE_WINDOW
        self.closed_to_strangers: set[str] = set()
        """Ids of people who take no direct messages."""
        self._nonces: dict[tuple[str, str], tuple[float, JsonObject]] = {}

    def send(self, channel_id: str, body: Mapping[str, Any], uploads: Uploads, author: JsonObject) -> JsonObject:
        """Store a message and tell everybody; where the author used the same nonce before, return that message.

        Raises:
            ApiError: no such channel, not allowed, or the body breaks a rule.
        """
        channel = self._state.channel(channel_id)
        self._require_sending(channel, body, uploads, author["id"])
        check_new(body, uploads)
        if (known := self._known(author["id"], body)) is not None:
            return known
        if channel["type"] in objects.THREADS:
            self._threads.wake(channel, author["id"])
            self._threads.add_member(channel, author["id"])
        message = self.publish(self.builder.new(channel, author, body, uploads))
        if body.get("nonce") is not None:
            self._nonces[author["id"], str(body["nonce"])] = (self._elapsed.seconds(), message)
        return message

    def post_in_forum(
        self, channel_id: str, body: Mapping[str, Any], uploads: Uploads, author: JsonObject
    ) -> JsonObject:
        """Begin a forum post and return its thread, with its first message in it.

        Raises:
            ApiError: no such channel, not allowed, or the body breaks a rule.
        """
        parent = self._state.channel(channel_id)
        if "message" not in body:
            raise invalid([Problem(("message",), "This field is required", "BASE_TYPE_REQUIRED")])
        check_new(body["message"], uploads)
        thread = self._threads.start_in_forum(parent, body, author["id"])
        message = self.builder.new(thread, author, body["message"], uploads, id=thread["id"])
        return thread | {"message": self.publish(message)}

    def say(self, channel_id: str, content: str, author: JsonObject) -> JsonObject:
        """Let a person write a message.

        Raises:
            ApiError: not allowed, or too long, or empty.
        """
        return self.send(channel_id, {"content": content}, (), author)

    def note(
        self, channel: JsonObject, kind: int, author: JsonObject, more: Mapping[str, Any] | None = None
    ) -> JsonObject:
        """Store one of Discord's own messages, as that somebody joined (type 7) or that something was pinned (6)."""
        return self.publish(self.builder.new(channel, author, {}, **{"type": kind, **(more or {})}))

    def publish(self, message: JsonObject, *, changed: bool = False) -> JsonObject:
        """Store a built message in its channel, or its change, and tell everybody."""
        channel = self._state.channel(message["channel_id"])
        if not changed:
            self._state.messages.setdefault(channel["id"], {})[message["id"]] = message
            channel["last_message_id"] = message["id"]
            if channel["type"] in objects.THREADS:
                channel["message_count"] += 1
                channel["total_message_sent"] += 1
        self._tell("MESSAGE_UPDATE" if changed else "MESSAGE_CREATE", channel, message)
        return message

    def edit(self, channel_id: str, message_id: str, body: Mapping[str, Any], uploads: Uploads) -> JsonObject:
        """Change a message of the bot's.

        Raises:
            ApiError: no such message, somebody else's, in an archived thread, or the result breaks a rule.
        """
        channel = self._state.channel(channel_id)
        self._state.require(self._state.bot["id"], channel, VIEW_CHANNEL)
        message = self._state.message(channel_id, message_id)
        if message["author"]["id"] != self._state.bot["id"]:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        self._threads.require_open(channel)
        if uploads:
            self._state.require(self._state.bot["id"], channel, ATTACH_FILES)
        check_change(message, body, uploads)
        self.builder.change(message, body, uploads)
        return self.publish(message, changed=True)

    def get(self, channel_id: str, message_id: str) -> JsonObject:
        """Return a message as the bot reads it.

        Raises:
            ApiError: no such message, or not allowed.
        """
        self._state.require(self._state.bot["id"], self._state.channel(channel_id), VIEW_CHANNEL | READ_MESSAGE_HISTORY)
        return self._state.message(channel_id, message_id)

    def delete(self, channel_id: str, message_id: str, user_id: str) -> None:
        """Remove a message; another's needs Manage Messages.

        Raises:
            ApiError: there is none, or not allowed.
        """
        channel = self._state.channel(channel_id)
        self._state.require(user_id, channel, VIEW_CHANNEL)
        message = self._state.message(channel_id, message_id)
        if message["author"]["id"] != user_id:
            self._state.require(user_id, channel, MANAGE_MESSAGES)
        self._threads.require_open(channel)
        self.remove(message)

    def remove(self, message: JsonObject) -> None:
        """Take a message away and tell everybody."""
        channel = self._state.channel(message["channel_id"])
        self._state.messages[channel["id"]].pop(message["id"], None)
        self._tell("MESSAGE_DELETE", channel, {"id": message["id"], "channel_id": channel["id"]})

    def history(self, channel_id: str, reader: str, query: Mapping[str, str]) -> list[JsonObject]:
        """Return messages newest first, by the API's ``limit``, ``before``, ``after`` and ``around``.

        Raises:
            ApiError: no such channel, or not allowed.
        """
        channel = self._state.channel(channel_id)
        self._state.require(reader, channel, VIEW_CHANNEL)
        if not self._state.permissions_of(reader, channel) & READ_MESSAGE_HISTORY:
            return []
        limit = _number(query, "limit", 50)
        if not 1 <= limit <= _LARGEST_HISTORY:
            text = f"int value should be between 1 and {_LARGEST_HISTORY}."
            raise invalid([Problem(("limit",), text, "NUMBER_TYPE_MAX")])
        known = self._state.messages.get(channel_id, {})
        ids = sorted(known, key=int, reverse=True)
        return [known[found] for found in _page(ids, limit, query)]

    def crosspost(self, channel_id: str, message_id: str) -> JsonObject:
        """Publish a message of an announcement channel to those who follow it.

        Raises:
            ApiError: the channel is of another kind, not allowed, or the message is published already.
        """
        channel = self._state.channel(channel_id)
        self._state.require(self._state.bot["id"], channel, VIEW_CHANNEL)
        message = self._state.message(channel_id, message_id)
        is_own = message["author"]["id"] == self._state.bot["id"]
        self._state.require(self._state.bot["id"], channel, SEND_MESSAGES if is_own else MANAGE_MESSAGES)
        if channel["type"] != objects.ANNOUNCEMENT:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        if message["flags"] & _CROSSPOSTED:
            raise ApiError(400, 40033, "This message has already been crossposted")
        message["flags"] |= _CROSSPOSTED
        return self.publish(message, changed=True)

    def _require_sending(self, channel: JsonObject, body: Mapping[str, Any], uploads: Uploads, author: str) -> None:
        if channel["type"] not in objects.WRITABLE:
            raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
        is_thread = channel["type"] in objects.THREADS
        needed = VIEW_CHANNEL | (SEND_MESSAGES_IN_THREADS if is_thread else SEND_MESSAGES)
        needed |= EMBED_LINKS if body.get("embeds") else 0
        needed |= ATTACH_FILES if uploads else 0
        needed |= READ_MESSAGE_HISTORY if body.get("message_reference") else 0
        self._state.require(author, channel, needed)
        if channel["type"] == objects.DIRECT and author == self._state.bot["id"]:
            self._require_welcome(channel["recipients"][0]["id"])

    def _require_welcome(self, user_id: str) -> None:
        """Make sure that a person takes direct messages from the bot."""
        guilds = [guild for guild in self._state.guilds.values() if self._state.is_in(guild)]
        if user_id in self.closed_to_strangers:
            raise ApiError(403, 50007, "Cannot send messages to this user")
        if not any(self._state.member(guild, user_id) for guild in guilds):
            raise ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")

    def _known(self, author: str, body: Mapping[str, Any]) -> JsonObject | None:
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        at, message = self._nonces.get((author, str(body["nonce"])), (float("-inf"), {}))
        if self._elapsed.seconds() - at > self.nonce_window.total_seconds():
            return None
        return self._state.messages.get(message["channel_id"], {}).get(message["id"])

    def _tell(self, kind: str, channel: JsonObject, data: JsonObject) -> None:
        place = {"guild_id": channel["guild_id"]} if "guild_id" in channel else {}
        self._events.publish(kind, data | place, Audience(channel.get("guild_id"), channel["id"]))


def check_new(body: Mapping[str, Any], uploads: Uploads) -> None:
    """Make sure that a message may be sent.

    Raises:
        ApiError: 400, it is empty or breaks a rule.
    """
    names = [upload.name for upload in uploads]
    if is_empty(body, files=names):
        raise ApiError(400, 50006, "Cannot send an empty message")
    refuse(message_problems(body, files=names))


def check_change(message: JsonObject, body: Mapping[str, Any], uploads: Uploads) -> None:
    """Make sure that a message may be changed so.

    Raises:
        ApiError: 400, the result would be empty or break a rule.
    """
    names = [*(upload.name for upload in uploads), *(kept["filename"] for kept in message["attachments"])]
    after = {key: body.get(key, message.get(key)) for key in ("content", "embeds", "components")}
    after |= {"flags": merged_flags(message, body), "allowed_mentions": body.get("allowed_mentions")}
    if is_empty(after, files=names):
        raise ApiError(400, 50006, "Cannot send an empty message")
    refuse(message_problems(after, files=names))


def _number(query: Mapping[str, str], name: str, default: int = 0) -> int:
    """Return a number of the query.

    Raises:
        ApiError: 400, it is none.
    """
    value = query.get(name, str(default))
    if not value.isdecimal():
        raise invalid([Problem((name,), f'Value "{value[:50]}" is not int.', "NUMBER_TYPE_COERCE")])
    return int(value)


def _page(ids: list[str], limit: int, query: Mapping[str, str]) -> list[str]:
    """Return the part of *ids*, newest first, that the query asks for."""
    if "around" in query:
        middle, half = _number(query, "around"), limit // 2
        newer = [found for found in ids if int(found) > middle]
        older = [found for found in ids if int(found) <= middle]
        return [*newer[max(0, len(newer) - half) :], *older[: limit - half]]
    if "after" in query:
        after = _number(query, "after")
        return [found for found in ids if int(found) > after][-limit:]
    before = _number(query, "before") if "before" in query else None
    return [found for found in ids if before is None or int(found) < before][:limit]
