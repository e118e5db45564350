"""Threads: how they begin, who may write in them, how they are archived; see "Threads" in the API reference."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.sandbox.double import objects
from bot.sandbox.double.errors import ApiError, missing_permissions
from bot.sandbox.double.events import Audience, Events
from bot.sandbox.double.permissions import (
    CREATE_PRIVATE_THREADS,
    CREATE_PUBLIC_THREADS,
    MANAGE_THREADS,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]

_HAS_THREAD: Final = 1 << 5
_REQUIRES_TAG: Final = 1 << 4
_MESSAGE_PARENTS: Final = frozenset({objects.TEXT, objects.ANNOUNCEMENT})
_OF_METADATA: Final = frozenset({"archived", "locked", "auto_archive_duration", "invitable"})
_PLAIN: Final = frozenset({"name", "rate_limit_per_user", "applied_tags", "flags"})


class Threads:
    """Begins and keeps threads."""

    def __init__(self, state: State, events: Events) -> None:
        self._state = state
        self._events = events

    def start(self, parent: JsonObject, body: Mapping[str, Any], user_id: str) -> JsonObject:
        """Begin a thread without a message under a text channel.

        Raises:
            ApiError: not allowed, or not under this kind of channel.
        """
        wishes = {"type": objects.PRIVATE_THREAD, **body}
        if parent["type"] not in _MESSAGE_PARENTS:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        is_private = wishes["type"] == objects.PRIVATE_THREAD
        needed = CREATE_PRIVATE_THREADS if is_private else CREATE_PUBLIC_THREADS
        self._state.require(user_id, parent, VIEW_CHANNEL | needed)
        return self._begun(objects.thread(self._state.ids.new(), parent, user_id, self._state.now(), wishes))

    def start_from(self, message: JsonObject, body: Mapping[str, Any], user_id: str) -> JsonObject:
        """Begin the thread of a message; it has the message's id.

        Raises:
            ApiError: not allowed, or the message has one.
        """
        parent = self._state.channel(message["channel_id"])
        self._state.require(user_id, parent, VIEW_CHANNEL | CREATE_PUBLIC_THREADS)
        if parent["type"] not in _MESSAGE_PARENTS:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        if message["flags"] & _HAS_THREAD:
            raise ApiError(400, 160004, "A thread has already been created for this message")
        thread = self._begun(objects.thread(message["id"], parent, user_id, self._state.now(), body))
        message["flags"] |= _HAS_THREAD
        message["thread"] = thread
        audience = Audience(parent["guild_id"], parent["id"])
        self._events.publish("MESSAGE_UPDATE", message | {"guild_id": parent["guild_id"]}, audience)
        return thread

    def start_in_forum(self, parent: JsonObject, body: Mapping[str, Any], user_id: str) -> JsonObject:
        """Begin the thread of a forum post; its first message is the caller's to send, with the thread's id.

        Raises:
            ApiError: not allowed, or a tag is missing or unknown.
        """
        self._state.require(user_id, parent, VIEW_CHANNEL | SEND_MESSAGES)
        tags = {str(tag) for tag in body.get("applied_tags") or ()}
        if parent["flags"] & _REQUIRES_TAG and not tags:
            raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")
        if not tags <= {tag["id"] for tag in parent["available_tags"]}:
            raise ApiError(404, 10087, "Unknown tag")
        return self._begun(objects.thread(self._state.ids.new(), parent, user_id, self._state.now(), body))

    def wake(self, thread: JsonObject, user_id: str) -> None:
        """Make sure that a user may write in a thread now; an archived one that is not locked opens by itself.

        Raises:
            ApiError: the thread is locked.
        """
        metadata = thread["thread_metadata"]
        may_manage = bool(self._state.permissions_of(user_id, thread) & MANAGE_THREADS)
        if metadata["locked"] and not may_manage:
            raise _archived() if metadata["archived"] else ApiError(400, 160005, "Thread is locked")
        if metadata["archived"]:
            self._set(thread, {"archived": False})

    def require_open(self, channel: JsonObject) -> None:
        """Make sure that messages in a channel may be changed.

        Raises:
            ApiError: it is an archived thread.
        """
        if channel["type"] in objects.THREADS and channel["thread_metadata"]["archived"]:
            raise _archived()

    def update(self, thread: JsonObject, body: Mapping[str, Any], user_id: str) -> JsonObject:
        """Change a thread.

        Raises:
            ApiError: not allowed, or it is archived and stays so.
        """
        granted = self._state.permissions_of(user_id, thread)
        self._state.require(user_id, thread, VIEW_CHANNEL)
        metadata = thread["thread_metadata"]
        if metadata["archived"] and body.get("archived") is not False:
            raise _archived()
        opens = set(body) == {"archived"} and body["archived"] is False and not metadata["locked"]
        is_own = thread["owner_id"] == user_id and "locked" not in body and not metadata["locked"]
        may = granted & MANAGE_THREADS or is_own or (opens and granted & SEND_MESSAGES_IN_THREADS)
        if not may:
            raise missing_permissions()
        self._set(thread, body)
        return thread

    def join(self, thread: JsonObject, user_id: str) -> None:
        """Make a user a member of a thread.

        Raises:
            ApiError: the thread is archived or not seen.
        """
        self._state.require(user_id, thread, VIEW_CHANNEL)
        self.require_open(thread)
        self._add_member(thread, user_id)

    def leave(self, thread: JsonObject, user_id: str) -> None:
        """Take a user out of a thread.

        Raises:
            ApiError: the thread is archived.
        """
        self.require_open(thread)
        members = self._state.thread_members.get(thread["id"], {})
        members.pop(user_id, None)
        thread["member_count"] = len(members)

    def add_member(self, thread: JsonObject, user_id: str) -> None:
        """Make a user a member of a thread, whatever they may do themselves, as when somebody adds them."""
        self._add_member(thread, user_id)

    def listed(self, threads: Iterable[JsonObject], user_id: str) -> JsonObject:
        """Return those of *threads* that a user sees, newest first, as the API lists them."""
        seen = [thread for thread in threads if self._state.permissions_of(user_id, thread) & VIEW_CHANNEL]
        seen.sort(key=lambda thread: int(thread["id"]), reverse=True)
        members = [self._state.thread_members.get(thread["id"], {}).get(user_id) for thread in seen]
        return {"threads": seen, "members": [member for member in members if member], "has_more": False}

    def _begun(self, thread: JsonObject) -> JsonObject:
        guild = self._state.guilds[thread["guild_id"]]
        guild["threads"].append(thread)
        self._state.channels[thread["id"]] = thread
        self._add_member(thread, thread["owner_id"])
        self._events.publish("THREAD_CREATE", thread | {"newly_created": True}, Audience(guild["id"], thread["id"]))
        return thread

    def _set(self, thread: JsonObject, body: Mapping[str, Any]) -> None:
        metadata = thread["thread_metadata"]
        if body.get("archived") not in {None, metadata["archived"]}:
            metadata["archive_timestamp"] = self._state.now()
        metadata |= {key: body[key] for key in _OF_METADATA & body.keys()}
        thread |= {key: body[key] for key in _PLAIN & body.keys()}
        self._events.publish("THREAD_UPDATE", thread, Audience(thread["guild_id"], thread["id"]))

    def _add_member(self, thread: JsonObject, user_id: str) -> None:
        members = self._state.thread_members.setdefault(thread["id"], {})
        joined = {"id": thread["id"], "user_id": user_id, "join_timestamp": self._state.now(), "flags": 0}
        members.setdefault(user_id, joined)
        thread["member_count"] = len(members)


def _archived() -> ApiError:
    return ApiError(400, 50083, "Thread is archived")
