"""The wizard's forms: own feeds, any time of day, any time zone. Nobody keeps them: their ids say everything."""

import re
from typing import Any, Final

import discord
from discord import ui

from bot.ui.failures import ReplyError
from bot.ui.setup.draft import CITY, CITY_TYPED, CLOCK, CLOCK_TYPED, FEEDS, FEEDS_TYPED, Draft

MOST_ADDRESSES: Final = 5
_LONGEST_ADDRESS: Final = 500


class Form(ui.Modal):
    """One question with one field.

    It is stopped at once, so that discord.py does not wait for its answer: that comes to the wizard as an interaction
    with the form's id, also after a restart.
    """

    def __init__(self, title: str, custom_id: str, question: ui.Label[Any]) -> None:
        super().__init__(title=title, custom_id=custom_id, timeout=None)
        self.add_item(question)
        self.stop()


def form_for(move: str, draft: Draft) -> Form:
    """Return the form that *move*, one of :data:`FORMS`, opens."""
    return FORMS[move](draft)


def addresses(words: str) -> tuple[str, ...]:
    """Return the addresses in *words*, each once, in order.

    Raises:
        ReplyError: there is none, or more than five.
    """
    found = tuple(dict.fromkeys(word for word in re.split(r"[\s,;]+", words) if word))
    if not found:
        raise ReplyError("Give me at least one address, for instance `example.org/feed`.")
    if len(found) > MOST_ADDRESSES:
        raise ReplyError(f"That is {len(found)} addresses; I take {MOST_ADDRESSES} at a time. `/feed add` takes more.")
    return found


def _feeds_form(draft: Draft) -> Form:
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id="words",
        style=discord.TextStyle.paragraph,
        placeholder="example.org\nhttps://example.net/world.xml",
        min_length=4,
        max_length=MOST_ADDRESSES * _LONGEST_ADDRESS,
    )
    hint = "Feeds or sites that have one; up to five, one a line"
    return Form(
        "Your own feeds", draft.id_for(FEEDS_TYPED), ui.Label(text="Addresses", description=hint, component=field)
    )


def _clock_form(draft: Draft) -> Form:
    field: ui.TextInput[Any] = ui.TextInput(custom_id="words", placeholder="7.30 am", min_length=1, max_length=20)
    hint = "For instance 07:30, 7.30 am or noon"
    return Form(
        "Another time", draft.id_for(CLOCK_TYPED), ui.Label(text="At what time?", description=hint, component=field)
    )


def _city_form(draft: Draft) -> Form:
    field: ui.TextInput[Any] = ui.TextInput(custom_id="words", placeholder="Kyiv", min_length=1, max_length=60)
    hint = "Your city or country, or an offset such as +2"
    return Form(
        "Find a time zone", draft.id_for(CITY_TYPED), ui.Label(text="Where are you?", description=hint, component=field)
    )


FORMS: Final = {FEEDS: _feeds_form, CLOCK: _clock_form, CITY: _city_form}
