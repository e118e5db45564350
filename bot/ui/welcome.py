"""The first words in a new server: what we do, what that looks like, and one button."""

from dataclasses import replace
from typing import Final

from bot.errors import AuditError
from bot.model.editions import Edition
from bot.ui.components import row, text
from bot.ui.digest_message import digest_message
from bot.ui.limits import MESSAGE_TEXT
from bot.ui.payload import Component, Payload, boxed
from bot.ui.setup.controls import open_button
from bot.ui.times import count_words

_HELLO: Final = (
    "## What you need to know, every day\n"
    "I read many outlets and post one digest a day in which every sentence is copied from a linked article."
)
_NEXT: Final = "-# **Set up** takes three clicks and needs Manage Server. `/help` lists everything I can do."
_BULLETS: Final = 2
_REAL: Final = "-# From the last 24 hours, as a sample:"
_INVENTED: Final = (
    "-# A sample from a made-up world:\n"
    "**What you need to know**\n"
    "1. The harbour of **Port Ellery** reopened on Monday \\[2 Mar\\] after divers cleared the wreck of a barge, the"
    " harbour office said. (Harbour Ledger +3)\n"
    "2. **Update:** The parliament of **Varland** passed the fishing bill by 61 votes to 58. (Northline Wire +1)\n"
    "-# New since 1 Mar: passed the fishing bill"
)


def welcome(edition: Edition | None = None) -> Payload:
    """Return what a new server reads: one sentence, a short sample, the button that sets us up.

    The sample is the beginning of *edition*; without bullets, or where it does not fit, one of a made-up world.
    """
    sample = _of(edition) if edition is not None and edition.bullets else []
    whole = [text(_HELLO), *(sample or [text(_INVENTED)]), text(_NEXT), row(open_button())]
    return boxed(*whole)


def welcome_back(schedules: int, feeds: int) -> Payload:
    """Return what a server reads that invites us again before its settings were forgotten."""
    kept = f"{count_words(schedules, 'digest')} planned, {count_words(feeds, 'feed')}"
    words = f"## I am back\nYour settings are as you left them: {kept}. The next digest comes at its usual time."
    return boxed(text(words), text("-# `/schedule list` and `/feed list` show them."), row(open_button()))


def _of(edition: Edition) -> list[Component]:
    """Return the beginning of *edition* as its own message shows it; nothing where that cannot be done in brief."""
    short = replace(
        edition, id=None, bullets=edition.bullets[:_BULLETS], background=(), also=(), quote=None, coming=(), quiet=False
    )
    try:
        messages = digest_message(short)
    except AuditError:
        return []
    if len(messages) > 1 or messages[0].characters + len(_HELLO) + len(_REAL) + len(_NEXT) > MESSAGE_TEXT:
        return []
    return [text(_REAL), *messages[0].components[0]["components"]]
