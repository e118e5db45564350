"""Dates that count from another date of the text: two days later, the following week, a month before the vote."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from bot.model.analysis import DateMention
from bot.model.spans import Span
from bot.text.dates.values import Value, day_value, decade_value, month_value, week_value, year_value
from bot.text.dates.words import COUNT, WEEKDAY, WEEKDAYS, count_of, pattern

_UNIT: Final = "day|week|month|year|decade"
_COUNTED: Final = rf"(?P<count>{COUNT}) (?P<unit>{_UNIT})s?"
_END: Final = r"(?=\s*(?:[.,;:]|\Z|\n))"
_LATER: Final = pattern(rf"{_COUNTED} (?P<way>later|earlier|(?:before|after|afterwards){_END})", ignore_case=True)
_NEXT: Final = pattern(
    rf"the (?:(?P<way>following|next|previous|preceding) (?P<unit>{_UNIT}|{WEEKDAY})|"
    rf"(?P<one>day|week|month|year) (?P<side>before|after){_END})",
    ignore_case=True,
)
_FROM: Final = pattern(rf"(?:{_COUNTED}|the (?P<one>day|week|month|year)) (?P<way>before|after)(?= )", ignore_case=True)
_THING: Final = re.compile(r" (?:the|that|this|his|her|their|its) (?:[\w’'-]+ ){0,2}?(?P<noun>[a-z]{4,})\b")
_OF_A_DAY: Final = r"(?:[’']s (?:[\w’'-]+ ){{0,2}}{0}\b| {0}\b)"
_ON_A_DAY: Final = r"\b{0} (?:on|in|of) \Z"
_BACK: Final = frozenset({"earlier", "before", "previous", "preceding"})
_REACH: Final = 220  # characters back to the date that an expression counts from
_THING_REACH: Final = 2_000  # characters to either side, within which one noun is taken for one thing
_SENTENCE_END: Final = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"‘•])|\n")
_FINENESS: Final = {"day": 0, "week": 1, "month": 2, "year": 3, "decade": 4}
_STEPPED: Final[Mapping[str, Callable[[DateMention, int], Value]]] = {
    "day": lambda base, steps: day_value(_first(base) + timedelta(days=steps)),
    "week": lambda base, steps: week_value(_first(base) + timedelta(days=7 * steps)),
    "month": lambda base, steps: month_value(_first(base).year, _first(base).month + steps),
    "year": lambda base, steps: year_value(_first(base).year + steps),
    "decade": lambda base, steps: decade_value(_first(base).year + 10 * steps),
}


class Anchored(NamedTuple):
    """An expression and what it comes to."""

    span: Span
    value: Value


def anchored(text: str, found: Sequence[DateMention]) -> Iterator[Anchored]:
    """Yield the expressions of *text* that count from one of the dates *found* in it, which stand in its order.

    “Later”, “earlier” and “the following week” count from the last date before them, in their sentence or the one in
    front of it; “after the vote” from the day that the text gives to the vote (“Tuesday's vote”, “the vote on 3 May”).
    Where no such date is known, or it is less precise than the count, nothing is said.
    """
    lowered = text.lower()
    for expression, needs, base_of in _KINDS:
        if found and any(needed in lowered for needed in needs):
            for match in expression.finditer(text):
                yield from _made(match, base_of(text, found, match))


def _made(match: re.Match[str], base: DateMention | None) -> Iterator[Anchored]:
    groups = match.groupdict()
    unit = (groups.get("unit") or groups["one"]).lower()
    way = (groups["way"] or groups["side"]).lower()
    steps = count_of(groups["count"]) if groups.get("count") else 1
    if base is None or _fineness(base) > _FINENESS.get(unit, 0):
        return
    steps *= -1 if way in _BACK else 1
    try:
        value = _weekday_beside(base, unit, steps) if unit in WEEKDAYS else _STEPPED[unit](base, steps)
    except (ValueError, OverflowError):
        return
    yield Anchored(Span(*match.span()), value)


def _weekday_beside(base: DateMention, unit: str, steps: int) -> Value:
    away = (WEEKDAYS[unit] - _first(base).weekday()) % 7
    return day_value(_first(base) + timedelta(days=(away or 7) if steps > 0 else away - 7))


def _first(mention: DateMention) -> date:
    if mention.start is None:
        raise ValueError("a length of time begins nowhere")
    return mention.start


def _fineness(mention: DateMention) -> int:
    if mention.kind == "date":
        return 0
    if mention.value.endswith("X"):
        return _FINENESS["decade"]
    if "W" in mention.value:
        return _FINENESS["week"]
    return _FINENESS["year"] if len(mention.value) == 4 else _FINENESS["month"]


def _before(text: str, found: Sequence[DateMention], match: re.Match[str]) -> DateMention | None:
    """Return the last date in front of *match*, in its sentence or the one before it."""
    start = match.start()
    borders = [border.end() for border in _SENTENCE_END.finditer(text, max(0, start - _REACH), start)]
    first = borders[-2] if len(borders) > 1 else max(0, start - _REACH)
    near = _between(found, first, start)
    return near[-1] if near else None


def _between(found: Sequence[DateMention], start: int, end: int) -> Sequence[DateMention]:
    """Return the dates that begin within a stretch of the text."""
    first, last = (bisect_left(found, place, key=lambda mention: mention.span.start) for place in (start, end))
    return found[first:last]


def _behind(text: str, found: Sequence[DateMention], match: re.Match[str]) -> DateMention | None:
    """Return the date right behind *match*, or the one that the text ties to the thing named there."""
    end = match.end()
    beside = _between(found, end, end + 5)
    if beside:
        return beside[0]
    thing = _THING.match(text, end)
    if thing is None:
        return None
    of_a_day = re.compile(_OF_A_DAY.format(re.escape(thing["noun"])))
    on_a_day = re.compile(_ON_A_DAY.format(re.escape(thing["noun"])))
    tied = [
        mention
        for mention in _between(found, end - _THING_REACH, end + _THING_REACH)
        if of_a_day.match(text, mention.span.end)
        or on_a_day.search(text[max(0, mention.span.start - _REACH) : mention.span.start])
    ]
    return tied[0] if len({mention.value for mention in tied}) == 1 else None


_SIDES: Final = (" before", " after")
_KINDS: Final = (
    (_LATER, (" later", " earlier", *_SIDES), _before),
    (_NEXT, ("the following ", "the next ", "the previous ", "the preceding ", *_SIDES), _before),
    (_FROM, _SIDES, _behind),
)
