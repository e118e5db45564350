"""Find out what a number in a sentence counts: the dead, the missing, those aboard, a crowd."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.model.spans import Span
from bot.text.numbers import find_numbers

_ABOUT: Final = r"(?:(?:at least|more than|about|around|some|nearly|up to|over|an estimated)\s+)?$"
_WITHIN: Final = r"^\s*(?:[\w’'-]+\s+){0,6}?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts ``what``; the span indexes the sentence. ``denied``: the sentence says that it is wrong."""

    what: str
    value: float
    span: Span
    denied: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    what: str
    after: re.Pattern[str]
    before: re.Pattern[str]


def _kind(what: str, after: str, before: str) -> _Kind:
    return _Kind(
        what,
        re.compile(rf"{_WITHIN}(?:{after})\b", re.IGNORECASE),
        re.compile(rf"(?:{before})\s+{_ABOUT}", re.IGNORECASE),
    )


_LONGEST: Final = 600
_UNCOUNTED: Final = (0, 1)  # "one that read", "no one": mostly pronouns
_NOTHING: Final = r"(?!)"
_KINDS: Final = (
    _kind(
        "dead",
        r"dead|deaths?|died|die|dies|were killed|are killed|killed|lost their lives|lives",
        r"kill(?:s|ed|ing)|\btoll\b[^.;]{0,90}?\b(?:to|at|of|reache[sd]|hits?|passe[sd])|number of dead to|the loss of",
    ),
    _kind("injured", r"injured|wounded|hurt|injuries", r"injur(?:es|ed|ing)|wound(?:s|ed|ing)"),
    _kind("missing", r"missing|unaccounted for", _NOTHING),
    _kind("aboard", r"aboard|on board|passengers", r"carrying|carried"),
    _kind("arrested", r"arrested|detained|taken into custody|arrests", r"arrest(?:s|ed|ing)|detain(?:s|ed|ing)"),
    _kind(
        "moved",
        r"evacuated|displaced|moved|flee|fled|(?:out of|left|leave) their homes",
        r"evacuat(?:es|ed|ing)|displac(?:es|ed|ing)",
    ),
    _kind(
        "crowd",
        r"marched|protested|demonstrated|rallied|protesters|protestors|demonstrators|marchers|took to the streets",
        r"put (?:their number|the (?:crowd|number|turnout)) at|crowd of|turnout of",
    ),
    _kind("cases", r"cases|infections|infected|new cases", _NOTHING),
)
# Counts that grow as an event unfolds; an older one is out of date rather than disputed.
MOVING: Final = frozenset({"dead", "injured", "missing", "arrested", "moved", "cases"})

_ONE_MORE: Final = re.compile(r"^\s*(?:more|further|other|others|additional|new)\b", re.IGNORECASE)
_NOT: Final = re.compile(r"\bnot\s+$", re.IGNORECASE)
# "…; the police counted 8,000": the second number of a sentence counts what the first does.
_OTHER_VOICE: Final = re.compile(
    r"[;,]\s[^.;,]*\b(?:counted|count|says?|said|speaks? of|spoke of|gives?|gave|puts? it at|estimate[sd]?)\s+"
    rf"{_ABOUT}",
    re.IGNORECASE,
)


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """Return the numbers of *sentence* of which it is clear what they count, in order.

    Increments ("three more") are left out, and so are sentences over 600 characters: lists, where nothing is clear.
    """
    return tuple(_quantities(sentence)) if len(sentence) <= _LONGEST else ()


def _quantities(sentence: str) -> Iterator[Quantity]:
    numbers = find_numbers(sentence)
    last: str | None = None
    for place, (span, value) in enumerate(numbers):
        until = numbers[place + 1][0].start if place + 1 < len(numbers) else len(sentence)
        after, before = _clause(sentence[span.end : until]), sentence[: span.start]
        denied = _NOT.search(before) is not None
        if value in _UNCOUNTED or _ONE_MORE.match(after):
            continue
        what = _what(after, before)
        if what is None and last and (denied or _OTHER_VOICE.search(before)):
            what = last
        if what is not None:
            last = what
            yield Quantity(what, value, span, denied)


def _what(after: str, before: str) -> str | None:
    fits = (kind.what for kind in _KINDS if kind.after.search(after) or kind.before.search(before))
    return next(fits, None)


def _clause(text: str) -> str:
    return re.split(r"[,;:.!?]", text, maxsplit=1)[0]
