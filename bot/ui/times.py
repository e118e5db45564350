"""Moments and days as text: moments in the reader's own zone, by Discord's time token."""

from datetime import date, datetime
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(at: datetime, style: str = "f") -> str:
    """Return *at* as a token that each reader sees in their own zone and language.

    Styles of Discord's reference: ``t`` 07:00, ``D`` 2 February 2022, ``f`` both, ``F`` with the weekday,
    ``R`` in 3 hours.
    """
    return f"<t:{int(at.timestamp())}:{style}>"


def day_words(day: date, *, year: bool = False) -> str:
    """Return *day* as ``2 Feb``, with its year where asked, whatever the machine's language."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def count_words(number: int, one: str, many: str | None = None) -> str:
    """Return *number* with its noun: ``1 story``, ``2,310 stories``."""
    return f"{number:,} {one if number == 1 else (many or one + 's')}"
