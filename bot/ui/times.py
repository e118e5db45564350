"""Moments and days as text: moments in the reader's own zone, by Discord's time token."""

import re
from datetime import date, datetime
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS: Final = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_YEARS: Final = re.compile(r"\d{4}|\d{3}X")
_SATURDAY: Final = 5


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


def date_words(value: str, first: date) -> str:
    """Return a date that a text names, no more exact than the text is.

    *value* is as :class:`bot.text.dates.values.Value` writes it, *first* its first day: ``the 1990s``, ``1998``,
    ``autumn 1998``, ``Jan–Mar 2022``, ``Feb 2022``, ``week of 31 Jan 2022``, ``2 Feb 2022``.
    """
    year, _, part = value.partition("-")
    if _YEARS.fullmatch(value):
        return f"the {year[:-1]}0s" if year.endswith("X") else year
    if part in _SEASONS:
        return f"{_SEASONS[part]} {year}"
    if part.startswith("Q"):
        return f"{_MONTHS[first.month - 1]}–{_MONTHS[first.month + 1]} {year}"
    if part.startswith("W"):
        return f"{'weekend' if first.weekday() == _SATURDAY else 'week'} of {day_words(first, year=True)}"
    return f"{_MONTHS[first.month - 1]} {year}" if part.isdecimal() else day_words(first, year=True)


def count_words(number: int, one: str, many: str | None = None) -> str:
    """Return *number* with its noun: ``1 story``, ``2,310 stories``."""
    return f"{number:,} {one if number == 1 else (many or one + 's')}"
