"""The facts that tell look-alike reports apart: who, where, how many, when, the how-manieth."""

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from bot.events.tokens import tokens
from bot.model.analysis import Mention, MentionType


class Attribute(StrEnum):
    """A kind of fact; its values are short strings."""

    PERSON = "person"
    PLACE = "place"
    NUMBER = "number"
    DAY = "day"
    YEAR = "year"
    ORDINAL = "ordinal"


_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH: Final = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + "|sept"
_DAY_BEFORE: Final = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b", re.IGNORECASE)
_DAY_AFTER: Final = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*%|,?\d)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![\d.,$£€])(?:19|20)\d\d(?![\d%s]|,\d|\.\d)")

_ORDINAL_WORDS: Final = {
    word: number
    for number, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=2
    )
}
# "Third quarter", "19th century", "second floor" and "second time since" number something else than the event.
_ORDINAL: Final = re.compile(
    rf"\b(?:({'|'.join(_ORDINAL_WORDS)})|(\d{{1,3}})(?:st|nd|rd|th))\b"
    r"(?!\s+(?:quarters?|centur(?:y|ies)|half|floors?|grades?|graders?|time\s+since|of\s+(?:"
    rf"{_MONTH})|(?:{_MONTH})\b))(?!-(?:quarter|century|half|floor|grade))",
    re.IGNORECASE,
)
_MONTH_BEFORE: Final = re.compile(rf"(?:{_MONTH})\.?\s+$", re.IGNORECASE)


Named = tuple[str, Mention]
"""A mention with the text that its span indexes."""


def person_values(named: Iterable[Named]) -> frozenset[str]:
    """Return the stems of the persons' names."""
    return _stems(named, {MentionType.PERSON})


def place_values(named: Iterable[Named]) -> frozenset[str]:
    """Return the stems of the countries' and places' names."""
    return _stems(named, {MentionType.COUNTRY, MentionType.PLACE})


def number_values(numbers: Iterable[float]) -> frozenset[str]:
    """Return *numbers* as values; 0 and 1 are left out, every report has them."""
    return frozenset(f"{number:.12g}" for number in numbers if number not in (0, 1))


def day_values(text: str) -> frozenset[str]:
    """Return the days that *text* names by month and day, as ``MM-DD``; weekdays are no values."""
    found = [(month, day) for month, day in _DAY_AFTER.findall(text)]
    found += [(month, day) for day, month in _DAY_BEFORE.findall(text)]
    return frozenset(f"{_month_number(month):02}-{int(day):02}" for month, day in found if 1 <= int(day) <= 31)


def year_values(text: str) -> frozenset[str]:
    """Return the years of the 20th and 21st century that stand in *text* in digits."""
    return frozenset(_YEAR.findall(text))


def ordinal_values(text: str) -> frozenset[str]:
    """Return the ordinals from "second" on that *text* counts its event by; pass the lead alone."""
    found = set()
    for match in _ORDINAL.finditer(text):
        word, digits = match.groups()
        if _MONTH_BEFORE.search(text[max(0, match.start() - 12) : match.start()]) is None:
            found.add(_ORDINAL_WORDS[word.lower()] if word else int(digits))
    return frozenset(str(number) for number in found if number > 1)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3].lower()))


def _stems(named: Iterable[Named], types: Collection[MentionType]) -> frozenset[str]:
    return frozenset(
        token.stem for text, mention in named if mention.type in types for token in tokens(mention.span.of(text))
    )
