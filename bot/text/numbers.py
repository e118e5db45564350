"""Find the numbers that a text states, leaving dates, years, clock times, ordinals and names aside."""

import re
from collections.abc import Iterator
from typing import Final

from bot.model.spans import Span
from bot.text.number_words import NUMBER_WORDS, SCALES, SMALL_NUMBERS, value_of

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DIGITS: Final = re.compile(
    r"(?<![\w./])(?<![A-Za-z]-)(?<!\d:)(?<!\d{4}-)(?<!\d{4}-\d\d-)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:[.,]\d{1,6})?)"
    r"(?P<attached>bn|tn|mn|m|k)?(?![\w]|[.,:/]\d|-\d+-)"
    r"(?:[ -](?P<scale>hundred|thousand|million|billion|trillion|dozen|bn|tn|mn)\b)?"
)
_WORDED: Final = re.compile(
    rf"\b(?<!no )(?<!any )(?<!every )(?<!each )(?<!this )(?<!that )(?<!-)(?P<words>{NUMBER_WORDS})"
    r"(?!\w)(?! (?:of|another|day|by one)\b|-(?:thirds?|quarters?|fifths?|half|sided|time)\b|[’']s\b)",
    re.IGNORECASE,
)
_CURRENCY: Final = re.compile(r"[$£€¥₹]\Z")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_COUNTED: Final = re.compile(
    r" (?:more |new |other |former |young )?(?:people|persons|men|women|children|troops|soldiers|police|officers|"
    r"workers|jobs|votes|seats|members|homes|houses|cases|deaths|patients|passengers|migrants|refugees|prisoners|"
    r"hostages|students|pupils|teachers|dollars|euros|pounds|points|shares|barrels|tons|tonnes|miles|kilomet\w+|"
    r"met(?:er|re)s|feet|acres|hectares|square|cars|flights|ships|drones|missiles|rockets|tanks|calls|complaints|"
    r"residents|civilians|employees|protesters|demonstrators|fans|copies|books|words|pages|per cent|percent|%)"
)
_MONTH_BEFORE: Final = re.compile(rf"{_MONTH} \Z", re.IGNORECASE)
_MONTH_AFTER: Final = re.compile(rf"(?:,? | of ){_MONTH}(?![\w])")
_HOUR_AFTER: Final = re.compile(r" ?(?:[ap]\.?m\b\.?|o[’']clock|GMT\b|BST\b)", re.IGNORECASE)


def find_numbers(text: str) -> tuple[tuple[Span, float], ...]:
    """Return the numbers stated in *text*, in order, each with what it comes to.

    “1.2 million”, “5,100”, “$3bn”, “two dozen” and “half a million” count; the span leaves a currency sign out.
    Years, days of a month, clock times, ordinals, decades and parts of names (G7, F-16) do not, nor “one of them”.
    Cost is linear.
    """
    found = [*_in_digits(text), *_in_words(text)]
    return tuple(sorted(found, key=lambda number: number[0]))


def _in_digits(text: str) -> Iterator[tuple[Span, float]]:
    for match in _DIGITS.finditer(text):
        paid = _CURRENCY.search(text, max(0, match.start() - 1), match.start()) is not None
        attached = match["attached"]
        if attached in {"m", "k"} and not paid:
            continue
        scale = match["scale"] or attached
        if scale is None and not paid and _is_date_or_time(text, match):
            continue
        value = _value(match["digits"]) * (SCALES[scale] if scale else 1)
        yield Span(match.start("digits"), match.end()), value


def _value(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", ""))
    return float(digits.replace(",", "."))


def _is_date_or_time(text: str, match: re.Match[str]) -> bool:
    digits, end = match["digits"], match.end("digits")
    if not digits.isdecimal():
        return _HOUR_AFTER.match(text, end) is not None
    if _YEAR.fullmatch(digits) and not _COUNTED.match(text, end):
        return True
    if _HOUR_AFTER.match(text, end):
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    is_day = 0 < int(digits) <= 31
    return is_day and bool(_MONTH_BEFORE.search(before) or _MONTH_AFTER.match(text, end))


def _in_words(text: str) -> Iterator[tuple[Span, float]]:
    for match in _WORDED.finditer(text):
        words = match["words"]
        if words.split()[0].lower() in {"a", "an"} and words.lower().split()[-1] not in SMALL_NUMBERS | SCALES:
            continue
        if _HOUR_AFTER.match(text, match.end()):
            continue
        yield Span(*match.span("words")), value_of(words.lower())
