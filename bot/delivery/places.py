"""What Discord's gateway has told us of servers: where we may post, and when that may have changed."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

Changed = Callable[[int], Awaitable[None]]


class DiscordPlaces:
    """Answers from what the client remembers; no request is made."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def can_post(self, guild: int, channel: int) -> bool:
        """Tell whether we may post in *channel*; see :class:`bot.delivery.care.Places`."""
        server = self._client.get_guild(guild)
        place = None if server is None else server.get_channel_or_thread(channel)
        return server is not None and place is not None and _may_post(place, server.me)

    def notice_place(self, guild: int, wanted: int | None, avoid: frozenset[int]) -> int | None:
        """Return where to tell admins something; see :class:`bot.delivery.care.Places`."""
        server = self._client.get_guild(guild)
        if server is None:
            return None
        if wanted is not None and self.can_post(guild, wanted):
            return wanted
        system = [server.system_channel] if server.system_channel else []
        for channel in [*system, *server.text_channels]:
            if channel.id not in avoid and _may_post(channel, server.me):
                return channel.id
        return None


def listen_for_changes(client: Any, changed: Changed) -> None:  # noqa: ANN401 - commands.Bot, whose listeners are untyped
    """Call *changed* with a server's id when its channels, roles or our own membership change, or it comes back.

    Its threads are channels too. discord.py forgets an archived one, so that one that is opened again comes as new.
    """

    async def of_guild(guild: discord.Guild) -> None:
        await changed(guild.id)

    async def of_channel(channel: discord.abc.GuildChannel | discord.Thread) -> None:
        await changed(channel.guild.id)

    async def of_change(_: object, after: discord.abc.GuildChannel | discord.Thread | discord.Role) -> None:
        await changed(after.guild.id)

    async def of_member(_: discord.Member, after: discord.Member) -> None:
        if client.user is not None and after.id == client.user.id:
            await changed(after.guild.id)

    client.add_listener(of_guild, "on_guild_available")
    client.add_listener(of_guild, "on_guild_join")
    client.add_listener(of_channel, "on_guild_channel_create")
    client.add_listener(of_change, "on_guild_channel_update")
    client.add_listener(of_change, "on_guild_role_update")
    client.add_listener(of_change, "on_thread_update")
    client.add_listener(of_channel, "on_thread_join")
    client.add_listener(of_member, "on_member_update")


def _may_post(place: discord.abc.GuildChannel | discord.Thread, me: discord.Member) -> bool:
    allowed = place.permissions_for(me)
    in_thread = isinstance(place, discord.Thread)
    if isinstance(place, discord.Thread) and place.locked:
        return False
    return allowed.view_channel and (allowed.send_messages_in_threads if in_thread else allowed.send_messages)
