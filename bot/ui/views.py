"""Buttons and menus. They hold no state: what they need stands in their ids, see :mod:`bot.ui.custom_ids`."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol, Self, cast

import discord
from discord import ui

from bot.ui.components import text
from bot.ui.custom_ids import ANSWER, EDITION, OPEN, SHARE, Ask, gather
from bot.ui.failures import ReplyError, answer_failure
from bot.ui.layout import to_payload
from bot.ui.limits import MESSAGE_TEXT
from bot.ui.once import Once
from bot.ui.payload import Payload
from bot.ui.reply import reply, turn

Answer = Callable[[discord.Interaction[Any], Ask], Awaitable[Payload]]
"""Answers a question; checks itself who may ask."""

_EDITION_ASKS: Final = {"src": "sources", "why": "why"}


class Answering(Protocol):
    """What the buttons need of the client: who answers which question, and what was already begun."""

    answers: Mapping[str, Answer]
    once: Once


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=ANSWER):
    """Under an answer: another page, another view, or the same for everybody."""

    def __init__(self, item: ui.Button[Any], move: str) -> None:
        super().__init__(item)
        self._move = move

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the button that was pressed (called by discord.py)."""
        return cls(cast("ui.Button[Any]", item), match["move"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the press."""
        await _guarded(interaction, "answer button", self._share if self._move == SHARE else self._turn)

    async def _turn(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        ask = gather(_message(interaction).custom_ids)
        if ask is None:
            raise ReplyError("These buttons are from an older version of me. Please run the command again.")
        await turn(interaction, await _answer(interaction, ask.moved(self._move)))

    async def _share(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        message, once = _message(interaction), _client(interaction).once
        _check_may_post(interaction)
        key = ("share", interaction.message.id if interaction.message else 0)
        if not once.begin(key):
            return
        try:
            await reply(interaction, _shared(message, interaction.user.id), public=True)
        except BaseException:
            once.undo(key)
            raise
        await turn(interaction, message.settled(self.custom_id, "Shared"))


class EditionButton(ui.DynamicItem[ui.Button[Any]], template=EDITION):
    """Under an edition: where its words come from, or why its stories stand there."""

    def __init__(self, item: ui.Button[Any], ask: Ask) -> None:
        super().__init__(item)
        self._ask = ask

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the button that was pressed (called by discord.py)."""
        return cls(cast("ui.Button[Any]", item), Ask(_EDITION_ASKS[match["what"]], (match["edition"],)))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the press, to this person alone."""
        await _guarded(interaction, "edition button", self._open)

    async def _open(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await reply(interaction, await _answer(interaction, self._ask))


class OpenMenu(ui.DynamicItem[ui.Select[Any]], template=OPEN):
    """A list from which one thing is opened."""

    def __init__(self, item: ui.Select[Any], what: str) -> None:
        super().__init__(item)
        self._what = what

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Make the menu that was used (called by discord.py)."""
        return cls(cast("ui.Select[Any]", item), match["what"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open what was chosen, for this person alone."""
        await _guarded(interaction, "menu", self._open)

    async def _open(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await reply(interaction, await _answer(interaction, Ask(self._what, (self.item.values[0],))))


DYNAMIC_ITEMS: Final = (AnswerButton, EditionButton, OpenMenu)
"""What the client registers, so that every message ever sent keeps working."""


async def _guarded(
    interaction: discord.Interaction[Any], what: str, work: Callable[[discord.Interaction[Any]], Awaitable[None]]
) -> None:
    try:
        await work(interaction)
    except Exception as error:  # noqa: BLE001 - discord.py only logs it: for buttons this is the one error handler
        await answer_failure(interaction, error, what)


async def _answer(interaction: discord.Interaction[Any], ask: Ask) -> Payload:
    answer = _client(interaction).answers.get(ask.name)
    if answer is None:
        raise ReplyError("I can't answer that any more. Please see /help for what I can do.")
    return await answer(interaction, ask)


def _client(interaction: discord.Interaction[Any]) -> Answering:
    return cast("Answering", interaction.client)


def _message(interaction: discord.Interaction[Any]) -> Payload:
    if interaction.message is None:
        raise ReplyError("I can't see that message any more. Please run the command again.")
    return to_payload(interaction.message)


def _check_may_post(interaction: discord.Interaction[Any]) -> None:
    """Raise for a member who may read here but not write: a bot must not be their mouth."""
    allowed = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    if not (allowed.send_messages_in_threads if in_thread else allowed.send_messages):
        raise ReplyError("You can't post in this channel, so I can't share it here for you.")


def _shared(message: Payload, user: int) -> Payload:
    """Return the message for everybody, with the name of who shared it where that still fits."""
    signed = Payload((*message.bare.components, text(f"-# Shared by <@{user}>")), message.flags)
    return signed if signed.characters <= MESSAGE_TEXT else message.bare
