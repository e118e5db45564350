"""Dates that name their day, month, year or decade themselves."""

import re
from datetime import date
from typing import Final

from bot.text.dates.markers import Tense
from bot.text.dates.setting import Rule, Setting
from bot.text.dates.values import (
    SEASONS,
    Value,
    day_value,
    decade_value,
    month_value,
    quarter_value,
    season_value,
    year_value,
)
from bot.text.dates.words import DAY, MONTH, ORDINALS, SEASON, WEEKDAY_ANY, month_number, pattern

_TH: Final = r"(?:st|nd|rd|th)?"
_DASH: Final = r"(?: ?[-–—] ?| to | through | and )"
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_LEAD: Final = rf"(?:{WEEKDAY_ANY},? (?:the )?)?"

_COUNT_NOUNS: Final = re.compile(
    r"(?:[ -](?:more |new |other |former |young |square )?(?:people|persons|men|women|children|troops|soldiers|"
    r"officers|workers|jobs|votes|seats|homes|houses|patients|passengers|migrants|refugees|prisoners|hostages|students|"
    r"pupils|dollars|euros|pounds|dorins|tals|points|shares|barrels|tons|tonnes|miles|kilomet\w+|met(?:er|re)s?|feet|foot|"
    r"acres|hectares|kilos?|calories|rooms|beds|cars|copies|pages|words|books|years|days|hours|minutes|times|residents|"
    r"civilians|employees|protesters|fans|members|cases|deaths|percent|per cent|metre|strong)\b)|%|"
    r"[-–]?(?:m|km|ft|kg|mph|bn)\b|[.,]\d|:\d|/\d|-[a-z]{3}"
)
_COUNTING: Final = re.compile(
    r"(?:[$£€¥#]|\b(?:more than|less than|fewer than|at least|up to|nearly|almost|another|only|just|over|under|some|"
    r"number|no\.|flight|route|room|page|model|paragraph|article|section|highway|boeing|bus|line)) ?\Z",
    re.IGNORECASE,
)
_TIME_BEFORE: Final = re.compile(
    r"\b(?:in|since|of|from|until|till|before|after|by|to|and|between|during|early|late|mid|around|about|circa|through|"
    r"for|the|[-–(]) ?\Z",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r" (?:[NSEW]\.? )?(?:[A-Z][\w’'-]+ ){1,2}(?:Ave(?:nue)?|St(?:reet)?|Road|Rd|Drive|Dr|Lane|Boulevard|Blvd|Way)\b"
)
_IN_A_NAME: Final = re.compile(r"\b(?:disease|Project|Agenda|Vision|Windows|Office|Area|Studio|Blade Runner) \Z")
_SURELY_YEARS: Final = range(1900, 2050)
# In days: how much nearer a coming day must be than a past one where nothing tells, beyond the first weeks; and how
# much nearer one on the wrong side of the verb's tense.
_BIAS: Final = 60
_NEAR: Final = 45
_BIAS_OF_TENSE: Final = 240
_CENTURY_BORDER: Final = 50


def _full_day(match: re.Match[str], _: Setting) -> Value | None:
    first = date(int(match["year"]), month_number(match["month"]), int(match["day"]))
    return day_value(first, _last_day(match, first))


def _day_of_year(match: re.Match[str], setting: Setting) -> Value | None:
    month, day = month_number(match["month"]), int(match["day"])
    if match["month"] == "May" and re.search(r"\b[A-Z]\w+ \Z", setting.before(match)) and not match["lead"]:
        return None
    years = (setting.base.year - 1, setting.base.year, setting.base.year + 1)
    days = [date(year, month, day) for year in years if _exists(year, month, day)]
    if not days:
        return None
    first = _nearest(days, setting.base, setting.tense(match))
    return day_value(first, _last_day(match, first))


def _nearest(days: list[date], base: date, tense: Tense | None) -> date:
    """Return the day nearest to *base*: without a year, news mean this one, whatever the verb beside it."""

    def distance(day: date) -> int:
        away = (day - base).days
        if tense is None:
            return abs(away) + (_BIAS if away > _NEAR else 0)
        wrong_side = away < 0 if tense is Tense.FUTURE else away > 0
        return abs(away) + (_BIAS_OF_TENSE if wrong_side else 0)

    return min(days, key=distance)


def _last_day(match: re.Match[str], first: date) -> date | None:
    last = match.groupdict().get("last")
    if not last or not first.day < int(last) or not _exists(first.year, first.month, int(last)):
        return None
    return first.replace(day=int(last))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _digits_day(match: re.Match[str], setting: Setting) -> Value | None:
    """Read 3/4/2026 by the only way it can be read, or by the one nearer to publication: no country is assumed."""
    year = int(match["year"])
    if year < 100:
        year += 1900 if year > _CENTURY_BORDER else 2000
    a, b = int(match["a"]), int(match["b"])
    days = [date(year, month, day) for month, day in ((a, b), (b, a)) if _exists(year, month, day)]
    return day_value(min(days, key=lambda day: abs((day - setting.base).days))) if days else None


def _month_of_year(match: re.Match[str], _: Setting) -> Value:
    return month_value(int(match["year"]), month_number(match["month"]))


def _quarter(match: re.Match[str], setting: Setting) -> Value | None:
    number = ORDINALS[match["ordinal"].lower()]
    if match["year"]:
        return quarter_value(int(match["year"]), number)
    current = (setting.base.month - 1) // 3 + 1
    if setting.tense(match, verbs_only=True) is Tense.FUTURE:
        return quarter_value(setting.base.year + (number < current), number)
    return quarter_value(setting.base.year - (number > current), number)


def _season_of_year(match: re.Match[str], _: Setting) -> Value:
    return season_value(int(match["year"]), match["season"].lower())


def _decade(match: re.Match[str], _: Setting) -> Value:
    if match["short"]:
        tens = int(match["short"])
        return decade_value((1900 if tens > 2 else 2000) + 10 * tens)
    return decade_value(int(match["first"]))


def _fiscal_year(match: re.Match[str], _: Setting) -> Value:
    return year_value(int(match["core"]))


def _year(match: re.Match[str], setting: Setting) -> Value | None:
    year = int(match["year"])
    before, after = setting.before(match), setting.after(match)
    if _COUNT_NOUNS.match(after) or _COUNTING.search(before) or _ADDRESS.match(after) or _IN_A_NAME.search(before):
        return None
    if year not in _SURELY_YEARS and not _TIME_BEFORE.search(before):
        return None
    short = match["until"]
    last = year // 100 * 100 + int(short) if short else None
    if last is not None and last != year + 1:
        return None
    return year_value(year, last)


_DAYS: Final = rf"(?P<day>{DAY}){_TH}(?:{_DASH}(?P<last>{DAY}){_TH})?"
_LEADED: Final = rf"(?P<lead>{_LEAD})"
EXPLICIT: Final = (
    Rule(pattern(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"),
         lambda match, _: day_value(date(int(match["year"]), int(match["month"]), int(match["day"])))),
    Rule(pattern(rf"{_LEAD}(?P<month>{MONTH}) {_DAYS},? (?P<year>{_YEAR})"),
         _full_day),
    Rule(pattern(rf"{_LEAD}{_DAYS} (?:of )?(?P<month>{MONTH}),? (?P<year>{_YEAR})"),
         _full_day),
    Rule(pattern(r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>\d{4}|\d\d)"), _digits_day),
    Rule(pattern(rf"{_LEADED}(?P<month>{MONTH}) {_DAYS}"
                 r"(?! ?(?:percent|per cent|%|people|[ap]\.?m)|[.,:]\d)"), _day_of_year),
    Rule(pattern(rf"{_LEADED}{_DAYS} (?:of )?(?P<month>{MONTH})"),
         _day_of_year),
    Rule(pattern(rf"(?P<month>{MONTH}),? (?:of )?(?P<year>{_YEAR})"), _month_of_year),
    Rule(pattern(r"(?:fiscal )?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter(?![ -]?final)"
                 rf"(?: of (?:fiscal )?(?P<year>{_YEAR}))?", ignore_case=True), _quarter, ("quarter",)),
    Rule(pattern(rf"(?P<season>{SEASON}) (?:of )?(?P<year>{_YEAR})", ignore_case=True), _season_of_year,
         tuple(SEASONS)),
    Rule(re.compile(r"(?<!\w)(?:(?P<first>(?:1[5-9]|20)\d0)|[’'‘](?P<short>\d)0)s\b"), _decade, ("0s",)),
    Rule(pattern(rf"(?:fiscal(?: year)?|FY) ?(?P<core>{_YEAR})", ignore_case=True), _fiscal_year, ("fiscal", "fy")),
    Rule(re.compile(rf"(?<![\w$£€.,/:#])(?<!\d[-–])(?P<year>{_YEAR})(?:[-–/](?P<until>\d\d)(?![\w-]))?(?![\w])"),
         _year),
)  # fmt: skip
