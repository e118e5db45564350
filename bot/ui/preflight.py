"""Who may configure, and what is missing in a channel before anything is saved."""

from collections.abc import Iterable
from typing import Any, Final

import discord

from bot.ui.failures import NotAllowedError, ReplyError

_BOT_NEEDS: Final = ("view_channel", "send_messages", "embed_links", "read_message_history")
_MEMBER_NEEDS: Final = ("view_channel", "send_messages")
_WORDS: Final = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}


def server_of(interaction: discord.Interaction[Any]) -> int:
    """Return the id of the server that the question comes from.

    Raises:
        ReplyError: it comes from a direct message.
    """
    if interaction.guild_id is None:
        raise ReplyError("I only work inside a server. Please ask me there.")
    return interaction.guild_id


def server_name(interaction: discord.Interaction[Any]) -> str:
    """Return the name of the server that the question comes from; its id where the name is not known."""
    return interaction.guild.name if interaction.guild and interaction.guild.name else str(interaction.guild_id)


def may_configure(interaction: discord.Interaction[Any]) -> bool:
    """Return True for a member who may change this server's settings; a check for commands and suggestions.

    The member's permissions are those that Discord sent with this very interaction. A server can open a command to
    anybody in its own settings, therefore the command's default permission is not enough.

    Raises:
        NotAllowedError: the member may not, or this is no server.
    """
    allowed = interaction.permissions
    if interaction.guild_id is None or not (allowed.manage_guild or allowed.administrator):
        raise NotAllowedError("You need the **Manage Server** permission for that. Please ask an admin of this server.")
    return True


def check_target(interaction: discord.Interaction[Any], channel: discord.TextChannel) -> None:
    """Make sure that the member who asks may post in *channel*, and that we can post a digest there.

    Raises:
        ReplyError: naming each missing permission of the one or the other.
    """
    member, me = interaction.user, channel.guild.me
    if not isinstance(member, discord.Member) or channel.guild.id != interaction.guild_id:
        raise ReplyError("That channel is not in this server. Please choose one of this server's channels.")
    if missing := _missing(channel.permissions_for(member), _MEMBER_NEEDS):
        raise ReplyError(
            f"You can't send a digest to {channel.mention}, because you can't post there yourself: "
            f"you are missing {missing}. Choose a channel where you can."
        )
    if missing := _missing(channel.permissions_for(me), _BOT_NEEDS):
        raise ReplyError(
            f"I can't post in {channel.mention}: I am missing {missing}. "
            "Allow me that under Edit Channel → Permissions, then try again."
        )


def _missing(permissions: discord.Permissions, needs: Iterable[str]) -> str:
    """Return what is missing, in words; what Discord takes away along with it is not named."""
    lacking = [need for need in needs if not getattr(permissions, need)]
    if "view_channel" in lacking:
        lacking = ["view_channel"]
    elif "send_messages" in lacking and "embed_links" in lacking:
        lacking.remove("embed_links")
    names = [f"**{_WORDS[need]}**" for need in lacking]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
