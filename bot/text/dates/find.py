"""Scan a text for dates: rules in order of precision, bases set by dated headings."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.model.analysis import DateMention
from bot.model.spans import Span
from bot.text.dates.anchored import anchored
from bot.text.dates.explicit import EXPLICIT
from bot.text.dates.named_days import NAMED
from bot.text.dates.relative import RELATIVE
from bot.text.dates.setting import Rule, Setting
from bot.text.dates.values import Value
from bot.text.dates.words import DAY, MONTH, WEEKDAY, WEEKDAY_ANY
from bot.text.sentences import is_sentence

_RULES: Final[tuple[Rule, ...]] = (*NAMED, *EXPLICIT, *RELATIVE)
_HEADING: Final = re.compile(
    rf"(?:(?:What (?:you need )?to know|Live updates|Briefing|News) (?:on|for|from|[—–-]) )?"
    rf"(?P<date>(?:{WEEKDAY_ANY},? )?(?:{MONTH} {DAY}|{DAY} {MONTH})(?:st|nd|rd|th)?(?:,? \d{{4}})?|{WEEKDAY})"
    r"(?P<mark>\s*(?::|[—–-] |\Z)|\s*,)"
)
_DATELINE: Final = re.compile(
    rf"(?:{MONTH} {DAY},? \d{{4}}|{DAY} {MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d),? +\d\d?[:.]\d\d(?: ?[AaPp]\.?[Mm])?\b"
)
_LONGEST_HEADING: Final = 120  # characters
_LINE: Final = re.compile(r"[^\n]+")
_NOT_YET_UTC: Final = 9  # o'clock; from then on it is tomorrow somewhere that publishes in English


def find_dates(
    text: str,
    published: datetime,
    *,
    start: int = 0,
    governors: Mapping[int, str] | Iterable[tuple[int, str]] = (),
    zone: ZoneInfo | None = None,
) -> tuple[DateMention, ...]:
    """Return the dates named in *text*, in order and without overlap, resolved by the day of *published*.

    A weekday is the nearest past one, the day of publication included, or the next one where the words around it look
    ahead; *governors* (offset of a date's words → “past” or “future”) decide where these do not. A dated heading
    (“Feb. 2: …”) is the base of all below it, until the next. Precision is kept: a month stays a month. *zone* is the
    outlet's, where it is known. Only dates at or after *start* are returned, though the words before it count.
    ``future`` says that all of it lies after the base. Spans index *text*. Cost is linear.
    """
    day = _day_of(published, zone)
    ahead = zone is None and published.hour >= _NOT_YET_UTC
    ruled = dict(governors)
    bases = list(_bases(text, published, zone))
    borders = [offset for offset, _ in bases]
    taken = bytearray(len(text))
    found: list[DateMention] = []
    lowered = text.lower()
    for rule in _RULES:
        if rule.needs and not any(needed in lowered for needed in rule.needs):
            continue
        for match in rule.pattern.finditer(text):
            span = _marked(match)
            if span.start < start or any(taken[match.start() : match.end()]):
                continue
            under = bisect_right(borders, match.start()) - 1
            base = bases[under][1] if under >= 0 else day
            value = _resolved(rule, match, Setting(text, base, ruled, ahead=ahead and base == day))
            if value is None:
                continue
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            found.append(_mention(span, value, base))
    found.sort(key=lambda mention: mention.span)
    for span, value in anchored(text, found):
        if span.start >= start and not any(taken[span.start : span.end]):
            under = bisect_right(borders, span.start) - 1
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            found.append(_mention(span, value, bases[under][1] if under >= 0 else day))
    return tuple(sorted(found, key=lambda mention: mention.span))


def _mention(span: Span, value: Value, base: date) -> DateMention:
    return DateMention(span, value.text, value.kind, value.start, value.end, value.start > base)


def heading_date(line: str, published: datetime, zone: ZoneInfo | None = None) -> date | None:
    """Return the day that *line* is headed with (“Feb. 2: What you need to know”), None if it is no such heading."""
    if len(line) > _LONGEST_HEADING or line.startswith("•") or is_sentence(line):
        return None
    heading = _HEADING.match(line)
    if heading is None or (heading["mark"].strip() == "," and line[heading.end() :].strip()):
        return None
    day = _day_of(published, zone)
    for rule in _RULES:
        match = rule.pattern.match(heading["date"])
        value = _resolved(rule, match, Setting(heading["date"], day)) if match else None
        if value is not None and value.kind == "date":
            return value.start
    return None


def _bases(text: str, published: datetime, zone: ZoneInfo | None) -> Iterator[tuple[int, date]]:
    """Yield where each dated heading ends, with its day."""
    dateline = _DATELINE.match(text)
    if dateline is not None:
        setting = Setting(text, _day_of(published, zone))
        found = ((rule, match) for rule in EXPLICIT if (match := rule.pattern.match(text)))
        value = next((_resolved(rule, match, setting) for rule, match in found), None)
        if value is not None:
            yield dateline.end(), value.start
    for line in _LINE.finditer(text):
        day = heading_date(line[0], published, zone)
        if day is not None:
            yield line.end(), day


def _day_of(published: datetime, zone: ZoneInfo | None) -> date:
    return (published.astimezone(zone) if zone else published).date()


def _marked(match: re.Match[str]) -> Span:
    return Span(*match.span("core")) if "core" in match.re.groupindex else Span(*match.span())


def _resolved(rule: Rule, match: re.Match[str], setting: Setting) -> Value | None:
    try:
        return rule.resolve(match, setting)
    except (ValueError, OverflowError):
        # 30 February, or a year that no calendar has.
        return None
