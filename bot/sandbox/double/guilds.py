"""What happens to servers: the bot joins and leaves, outages come and go, channels, roles and members change."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.sandbox.double import objects
from bot.sandbox.double.errors import unknown
from bot.sandbox.double.events import Audience, Events
from bot.sandbox.double.messages import Messages
from bot.sandbox.double.permissions import MANAGE_CHANNELS, VIEW_CHANNEL
from bot.sandbox.double.state import State
from bot.sandbox.double.threads import Threads

JsonObject = dict[str, Any]

_JOINED: Final = 7


class Guilds:
    """Changes servers, and tells the bot and everybody who listens."""

    def __init__(self, state: State, events: Events, threads: Threads, messages: Messages) -> None:
        self._state = state
        self._events = events
        self._threads = threads
        self._messages = messages

    def get(self, guild_id: str) -> JsonObject:
        """Return a server that the bot is in.

        Raises:
            ApiError: 404 with code 10004, there is none.
        """
        guild = self._state.guilds.get(guild_id)
        if guild is None or not self._state.is_in(guild):
            raise unknown("Guild", 10004)
        return guild

    def join(self, guild: JsonObject) -> None:
        """Let somebody invite the bot into *guild*."""
        if not self._state.is_in(guild):
            guild["joined_at"] = self._state.now()
            self._state.add_member(guild, self._state.bot)
        # Without this field a server is new to the bot; one that comes back, or is there at the start, has it.
        new = {key: value for key, value in guild.items() if key != "unavailable"}
        self._events.publish("GUILD_CREATE", new, Audience(guild["id"]))
        self._announce(guild, self._state.bot)

    def leave(self, guild: JsonObject) -> None:
        """Let the bot be removed from *guild*."""
        self._state.remove_member(guild, self._state.bot["id"])
        self._events.publish("GUILD_DELETE", {"id": guild["id"]}, Audience(guild["id"]))

    def begin_outage(self, guild: JsonObject) -> None:
        """Make *guild* unavailable: the bot is told, and is answered 503 until the end of it."""
        guild["unavailable"] = True
        gone = {"id": guild["id"], "unavailable": True}
        self._events.publish("GUILD_DELETE", gone, Audience(guild["id"]))

    def end_outage(self, guild: JsonObject) -> None:
        """Make *guild* available again."""
        guild["unavailable"] = False
        self._events.publish("GUILD_CREATE", guild, Audience(guild["id"]))

    def add_channel(self, guild: JsonObject, name: str, *, kind: int = objects.TEXT, **more: object) -> JsonObject:
        """Add a channel; *more* are further fields of the API's channel object."""
        channel = self._state.add_channel(guild, name, kind=kind, **more)
        self._events.publish("CHANNEL_CREATE", channel, Audience(guild["id"], channel["id"]))
        return channel

    def change_channel(self, channel: JsonObject, **changes: object) -> JsonObject:
        """Change fields of a channel, as its name or its overwrites."""
        channel |= changes
        self._events.publish("CHANNEL_UPDATE", channel, Audience(channel["guild_id"], channel["id"]))
        return channel

    def remove_channel(self, channel: JsonObject) -> None:
        """Delete a channel or a thread with all that hangs under it."""
        is_thread = channel["type"] in objects.THREADS
        gone = self._state.remove_channel(channel["id"])
        if is_thread:
            seen = {key: gone[key] for key in ("id", "guild_id", "parent_id", "type")}
            self._events.publish("THREAD_DELETE", seen, Audience(gone["guild_id"], gone["parent_id"]))
        else:
            self._events.publish("CHANNEL_DELETE", gone, Audience(gone["guild_id"]))

    def overwrite(self, channel: JsonObject, target: JsonObject, *, allow: int = 0, deny: int = 0) -> None:
        """Set what a role, or a member or user, may do in one channel; nothing allowed or denied takes it away."""
        target_id = target["user"]["id"] if "user" in target else target["id"]
        entry = objects.overwrite(target_id, allow=allow, deny=deny, is_member="permissions" not in target)
        others = [known for known in channel["permission_overwrites"] if known["id"] != target_id]
        self.change_channel(channel, permission_overwrites=[*others, entry] if allow | deny else others)

    def add_role(self, guild: JsonObject, name: str, permissions: int) -> JsonObject:
        """Add a role."""
        role = self._state.add_role(guild, name, permissions)
        self._events.publish("GUILD_ROLE_CREATE", {"guild_id": guild["id"], "role": role}, Audience(guild["id"]))
        return role

    def change_role(self, guild: JsonObject, role: JsonObject, permissions: int) -> None:
        """Change what a role may do."""
        role["permissions"] = str(permissions)
        self._events.publish("GUILD_ROLE_UPDATE", {"guild_id": guild["id"], "role": role}, Audience(guild["id"]))

    def add_member(self, guild: JsonObject, user: JsonObject, roles: Iterable[JsonObject] = ()) -> JsonObject:
        """Let a person join."""
        member = self._state.add_member(guild, user, roles)
        self._events.publish("GUILD_MEMBER_ADD", member | {"guild_id": guild["id"]}, Audience(guild["id"]))
        self._announce(guild, user)
        return member

    def remove_member(self, guild: JsonObject, user: JsonObject) -> None:
        """Let a person leave."""
        self._state.remove_member(guild, user["id"])
        gone = {"guild_id": guild["id"], "user": user}
        self._events.publish("GUILD_MEMBER_REMOVE", gone, Audience(guild["id"]))

    def set_roles(self, guild: JsonObject, user: JsonObject, roles: Iterable[JsonObject]) -> None:
        """Give a member exactly these roles."""
        member = self._state.member(guild, user["id"])
        if member is not None:
            member["roles"] = [role["id"] for role in roles]
            self._events.publish("GUILD_MEMBER_UPDATE", member | {"guild_id": guild["id"]}, Audience(guild["id"]))

    def update_by_bot(self, channel_id: str, body: Mapping[str, Any]) -> JsonObject:
        """Change a channel or a thread as the bot asks.

        Raises:
            ApiError: there is none, or not allowed.
        """
        channel = self._state.channel(channel_id)
        if channel["type"] in objects.THREADS:
            return self._threads.update(channel, body, self._state.bot["id"])
        self._state.require(self._state.bot["id"], channel, VIEW_CHANNEL | MANAGE_CHANNELS)
        return self.change_channel(channel, **body)

    def remove_by_bot(self, channel_id: str) -> JsonObject:
        """Delete a channel as the bot asks, and return it.

        Raises:
            ApiError: there is none, or not allowed.
        """
        channel = self._state.channel(channel_id)
        self._state.require(self._state.bot["id"], channel, VIEW_CHANNEL | MANAGE_CHANNELS)
        self.remove_channel(channel)
        return channel

    def open_direct(self, user_id: str) -> JsonObject:
        """Return the direct channel between the bot and a person, made at the first call.

        Raises:
            ApiError: 400, there is no such person.
        """
        user = self._state.users.get(user_id)
        if user is None or user.get("bot"):
            raise unknown("User", 10013)
        channels = (known for known in self._state.channels.values() if known["type"] == objects.DIRECT)
        known = next((channel for channel in channels if channel["recipients"][0]["id"] == user_id), None)
        channel = known or objects.direct_channel(self._state.ids.new(), user)
        self._state.channels[channel["id"]] = channel
        return channel

    def _announce(self, guild: JsonObject, user: JsonObject) -> None:
        """Let Discord say in the system channel, where there is one, that somebody joined."""
        channel = self._state.channels.get(guild["system_channel_id"] or "")
        if channel is not None:
            self._messages.note(channel, _JOINED, user)
