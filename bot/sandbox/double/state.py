"""What stands on the double: users, servers, roles, channels, threads, messages, as Discord's own JSON objects.

It only remembers. To make something happen that others hear of, use :mod:`bot.sandbox.double.guilds`, ``messages``
and ``threads``; what is added here is simply there, as before a bot connects.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from bot.clock import Clock
from bot.sandbox.double import objects
from bot.sandbox.double.errors import missing_access, missing_permissions, unknown
from bot.sandbox.double.permissions import (
    ALL,
    MANAGE_THREADS,
    NEWCOMER,
    channel_permissions,
    guild_permissions,
)
from bot.sandbox.double.snowflakes import Snowflakes

JsonObject = dict[str, Any]

_STANDING: Final = timedelta(days=1)


class State:
    """The double's memory. Objects are plain dicts in the form of the API; ids are strings."""

    def __init__(self, clock: Clock, *, bot_name: str = "needtoknow", token: str = "loopback-token") -> None:  # noqa: S107
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.token = token
        self.users: dict[str, JsonObject] = {}
        self.guilds: dict[str, JsonObject] = {}
        self.channels: dict[str, JsonObject] = {}
        self.messages: dict[str, dict[str, JsonObject]] = {}
        self.private: dict[str, dict[str, JsonObject]] = {}
        """Ephemeral messages by member, then by their id."""
        self.thread_members: dict[str, dict[str, JsonObject]] = {}
        self.bot = self._add_user(bot_name, bot=True)
        self.owner = self.add_user("operator")

    def add_user(self, name: str) -> JsonObject:
        """Add a person and return them."""
        return self._add_user(name)

    def add_guild(
        self, name: str, owner: JsonObject, *, joined: bool = True, guild_id: str | None = None
    ) -> JsonObject:
        """Add a server owned by *owner*; the bot is a member of it where *joined*. An id decides on the shard.

        It stands for a day already: what comes while the bot is connected comes by ``guilds.join``.
        """
        guild = objects.guild(guild_id or self.ids.new(), name, owner["id"], objects.iso(self.clock.now() - _STANDING))
        self.guilds[guild["id"]] = guild
        self.add_role(guild, "@everyone", NEWCOMER, role_id=guild["id"])
        self.add_member(guild, owner)
        if joined:
            self.add_member(guild, self.bot)["joined_at"] = guild["joined_at"]
        return guild

    def add_role(
        self, guild: JsonObject, name: str, permissions: int, *, role_id: str | None = None, mentionable: bool = False
    ) -> JsonObject:
        """Add a role to *guild* and return it."""
        role = objects.role(role_id or self.ids.new(), name, permissions, len(guild["roles"]))
        role["mentionable"] = mentionable
        guild["roles"].append(role)
        return role

    def add_member(self, guild: JsonObject, user: JsonObject, roles: Iterable[JsonObject] = ()) -> JsonObject:
        """Make *user* a member of *guild*."""
        member = objects.member(user, [role["id"] for role in roles], self.now())
        guild["members"].append(member)
        guild["member_count"] = len(guild["members"])
        return member

    def remove_member(self, guild: JsonObject, user_id: str) -> None:
        """Take a member out of *guild*; nothing happens where they are none."""
        guild["members"] = [member for member in guild["members"] if member["user"]["id"] != user_id]
        guild["member_count"] = len(guild["members"])

    def add_channel(self, guild: JsonObject, name: str, *, kind: int = objects.TEXT, **more: object) -> JsonObject:
        """Add a channel to *guild* and return it; *more* are further fields of the API's channel object."""
        position = len(guild["channels"])
        channel = objects.channel(self.ids.new(), guild["id"], name, kind, position) | more
        guild["channels"].append(channel)
        self.channels[channel["id"]] = channel
        return channel

    def remove_channel(self, channel_id: str) -> JsonObject:
        """Delete a channel or a thread with all that hangs under it, and return it."""
        channel = self.channels.pop(channel_id)
        guild = self.guilds[channel["guild_id"]]
        for under in [thread for thread in guild["threads"] if thread["parent_id"] == channel_id]:
            self.remove_channel(under["id"])
        for kind in ("channels", "threads"):
            guild[kind] = [other for other in guild[kind] if other["id"] != channel_id]
        self.messages.pop(channel_id, None)
        return channel

    def channel(self, channel_id: str) -> JsonObject:
        """Return a channel, a thread or a direct channel.

        Raises:
            ApiError: 404 with code 10003, there is none.
        """
        if (found := self.channels.get(channel_id)) is None:
            raise unknown("Channel", 10003)
        return found

    def message(self, channel_id: str, message_id: str) -> JsonObject:
        """Return a message of a channel.

        Raises:
            ApiError: 404 with code 10008, there is none.
        """
        if (found := self.messages.get(channel_id, {}).get(message_id)) is None:
            raise unknown("Message", 10008)
        return found

    def guild_of(self, channel: JsonObject) -> JsonObject | None:
        """Return the server of a channel, or None for a direct one."""
        return self.guilds.get(channel.get("guild_id", ""))

    def member(self, guild: JsonObject, user_id: str) -> JsonObject | None:
        """Return a member of *guild*, or None where the user is no member."""
        return next((member for member in guild["members"] if member["user"]["id"] == user_id), None)

    def is_in(self, guild: JsonObject) -> bool:
        """Tell whether the bot is a member of *guild*."""
        return self.member(guild, self.bot["id"]) is not None

    def permissions_of(self, user_id: str, channel: JsonObject) -> int:
        """Return what a user may do in *channel*; nothing for a stranger."""
        guild = self.guild_of(channel)
        if guild is None:
            known = {self.bot["id"], *(person["id"] for person in channel.get("recipients", ()))}
            return ALL if user_id in known else 0
        member = self.member(guild, user_id)
        if member is None:
            return 0
        parent = self.channels.get(channel["parent_id"]) if channel["type"] in objects.THREADS else None
        granted = channel_permissions(guild, member, channel, parent=parent, now=self.clock.now())
        return granted if granted & MANAGE_THREADS or not self._is_hidden(channel, user_id) else 0

    def guild_permissions_of(self, user_id: str, guild: JsonObject) -> int:
        """Return what a user may do in *guild* at large."""
        member = self.member(guild, user_id)
        return 0 if member is None else guild_permissions(guild, member)

    def require(self, user_id: str, channel: JsonObject, needed: int) -> None:
        """Make sure that a user has all of *needed* in *channel*.

        Raises:
            ApiError: 403, code 50001 where the channel is not seen at all, else 50013.
        """
        granted = self.permissions_of(user_id, channel)
        if granted == 0:
            raise missing_access()
        if granted & needed != needed:
            raise missing_permissions()

    def now(self) -> str:
        """Return the clock's time as the API writes it."""
        return objects.iso(self.clock.now())

    def _is_hidden(self, channel: JsonObject, user_id: str) -> bool:
        is_private = channel["type"] == objects.PRIVATE_THREAD
        return is_private and user_id not in self.thread_members.get(channel["id"], {})

    def _add_user(self, name: str, *, bot: bool = False) -> JsonObject:
        user = objects.user(self.ids.new(), name, bot=bot)
        self.users[user["id"]] = user
        return user
