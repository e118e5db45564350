"""Suggestions while somebody types."""

from collections.abc import Iterable

from discord import app_commands

from bot.model.answers import Choice
from bot.ui.failures import ReplyError
from bot.ui.graphemes import cut
from bot.ui.limits import CHOICE_TEXT, CHOICES
from bot.ui.plain_text import plain
from bot.ui.safe_text import discord_line


def to_choices(choices: Iterable[Choice]) -> list[app_commands.Choice[str]]:
    """Return *choices* as Discord takes them: at most 25, names cleaned and cut.

    A choice whose value is longer than Discord carries is left out: cut, it would name something else.
    """
    fitting = (choice for choice in choices if 0 < len(choice.value) <= CHOICE_TEXT and plain(choice.name))
    made = [app_commands.Choice(name=cut(plain(choice.name), CHOICE_TEXT), value=choice.value) for choice in fitting]
    return made[:CHOICES]


def chosen_id(typed: str) -> int:
    """Return the number behind a chosen suggestion.

    Raises:
        ReplyError: something else was typed.
    """
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise ReplyError(f"I don't know “{discord_line(typed, 100)}”. Please choose one of the suggestions.")
    return int(typed)
