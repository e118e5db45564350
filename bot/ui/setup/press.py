"""From a press to an answer: who may, in which channel, once only, and never without words."""

from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any

import discord

from bot.ui.failures import ReplyError, answer_failure
from bot.ui.layout import to_view
from bot.ui.once import Once
from bot.ui.payload import Payload
from bot.ui.preflight import check_target


async def guarded(interaction: discord.Interaction[Any], what: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do *work*; tell the person what went wrong where it fails. *what* names it for the log."""
    try:
        await work()
    except Exception as error:  # noqa: BLE001 - discord.py would only log it: this is the error handler of the wizard
        await answer_failure(interaction, error, what)


@contextmanager
def begun(once: Once, what: Hashable, *, again: bool) -> Iterator[bool]:
    """Yield True to the first who asks for *what*, False to others; it may be begun anew when it failed.

    With *again* also when it ended well: only what runs at the same time is kept out.
    """
    if not once.begin(what):
        yield False
        return
    try:
        yield True
    except BaseException:
        once.undo(what)
        raise
    if again:
        once.undo(what)


def current_channel(interaction: discord.Interaction[Any]) -> int:
    """Return the channel in which the question was asked, where a digest could be posted; else 0."""
    return interaction.channel.id if isinstance(interaction.channel, discord.TextChannel) else 0


def check_channel(interaction: discord.Interaction[Any], channel: int) -> None:
    """Make sure that a digest can be posted in *channel* of this server, now.

    Raises:
        ReplyError: naming what is missing and what to do.
    """
    found = interaction.guild.get_channel(channel) if interaction.guild else None
    if not isinstance(found, discord.TextChannel):
        raise ReplyError("I can't see that channel. Choose another one, or let me see it.")
    check_target(interaction, found)


def channel_problem(interaction: discord.Interaction[Any], channel: int) -> str | None:
    """Return why no digest can be posted in *channel*, in words; None where it can, or where none is chosen."""
    try:
        if channel:
            check_channel(interaction, channel)
    except ReplyError as error:
        return str(error)
    return None


async def send_card(interaction: discord.Interaction[Any], card: Payload) -> None:
    """Answer a deferred interaction with *card*, for this person alone."""
    await interaction.followup.send(view=to_view(card), ephemeral=True)


async def turn_card(interaction: discord.Interaction[Any], card: Payload) -> None:
    """Put *card* in the place of the message whose button was pressed."""
    await interaction.edit_original_response(view=to_view(card))
