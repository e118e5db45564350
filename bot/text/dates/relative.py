"""Dates that count from the day of publication: weekdays, today, last month, two weeks ago."""

import re
from datetime import date, timedelta
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
    week_value,
    weekend_value,
    year_value,
)
from bot.text.dates.words import COUNT, MONTH, WEEKDAY, WEEKDAYS, count_of, month_number, pattern

_UNIT: Final = "(?:day|week|month|year|quarter|decade|weekend|spring|summer|autumn|winter|night)"
_STEPS: Final = {"last": -1, "this": 0, "next": 1, "coming": 1, "current": 0}
_DAYS_FROM_TODAY: Final = {
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip
_NOT_THE_DAY: Final = re.compile(
    r"\b(?:Black|Good|Ash|Super|Bloody|Easter|Palm|Cyber|Holy|Maundy|Shrove|Giving|Sheffield|Freaky|Whit|Crown|Mad|"
    r"Casual|Green|Fat|Ruby|Pancake|Man|[Mm]ail on|[Ee]ach|[Ee]very|[Oo]n a) \Z"
)
_A_NAME: Final = re.compile(
    r"/[A-Z]| (?:Times|Telegraph|Mirror|Express|Post\b(?! Office)|Mail\b|World|Herald|Independent|Night|Review|"
    r"Business|Addams|School|Club|Group|Street)"
)
_AS_A_NAME: Final = re.compile(r"(?:[“\"]|\b[A-Z]\w*[’']s [“\"]?)\Z")
_SHOW: Final = re.compile(r"[”\"]? [Ss]how\b|[.,]?[’”\"]")
_NO_NIGHT: Final = re.compile(
    r"[ -](?:success|sensation|stays?|guests?|delivery|shipping|star|fame|celebrity|bags?|camps?|oats|lows?)"
)
_WEEK_DAYS: Final = 7
_TOMORROW: Final = 6  # days back

_MONTH_PREPOSITION: Final = re.compile(
    r"\b(?:in|since|until|till|by|last|next|this|early|late|of|before|after|from|through|during|between|until late) \Z|"
    r"mid-\Z|\b(?:April|March|and|or|to) \Z", re.IGNORECASE,
)  # fmt: skip
_MARCH_NOUN: Final = re.compile(r"\b(?:[A-Z][\w’'-]+|[’']s|[Tt]he|[Aa]|his|her|their|protest|annual) \Z")
_SOON: Final = 2  # months
_FURTHEST_AHEAD: Final = 9  # months; a later one would be called next year's


def _weekday(match: re.Match[str], setting: Setting) -> Value | None:
    if _NOT_THE_DAY.search(setting.before(match)) or _A_NAME.match(setting.after(match)):
        return None
    back = (setting.base.weekday() - WEEKDAYS[match["core"].lower()]) % _WEEK_DAYS
    if back and _is_coming(match, setting, back):
        back -= _WEEK_DAYS
    return day_value(setting.base - timedelta(days=back))


def _is_coming(match: re.Match[str], setting: Setting, back: int) -> bool:
    """Tell whether the weekday is the next one rather than the one *back* days ago.

    News call no day by its name alone that is six days gone: that is tomorrow (in 103 of 111 cases of two streams),
    also for an outlet whose clocks were already there when it wrote of it in the past.
    """
    tense = setting.tense(match)
    if back == _TOMORROW:
        return setting.ahead or tense is not Tense.PAST
    return tense is Tense.FUTURE


def _stepped(match: re.Match[str], setting: Setting) -> Value | None:
    """Resolve last, this and next with a unit, a weekday or a month."""
    step, unit = _STEPS[match["step"].lower().split()[-1]], match["unit"].lower()
    if match["step"][0].isupper() and match["unit"][0].isupper() and _AS_A_NAME.search(setting.before(match)):
        return None  # “This Week” is a programme
    if unit in WEEKDAYS:
        return _stepped_weekday(match, setting, step, unit)
    if unit.rstrip(".") not in _BY_UNIT:
        return _stepped_month(setting.base, step, month_number(unit))
    if re.search(r"\b(?:the|over|past|their|his|her|its|our) \Z", setting.before(match), re.IGNORECASE) and step:
        return None
    return _BY_UNIT[unit](setting.base, step)


def _stepped_weekday(match: re.Match[str], setting: Setting, step: int, unit: str) -> Value:
    back = (setting.base.weekday() - WEEKDAYS[unit]) % _WEEK_DAYS
    if step < 0:
        return day_value(setting.base - timedelta(days=back or _WEEK_DAYS))
    ahead = (_WEEK_DAYS - back) % _WEEK_DAYS
    if step > 0:
        return day_value(setting.base + timedelta(days=ahead or _WEEK_DAYS))
    past = setting.tense(match) is Tense.PAST
    return day_value(setting.base - timedelta(days=back) if past else setting.base + timedelta(days=ahead))


def _stepped_month(base: date, step: int, month: int) -> Value:
    if step < 0:
        return month_value(base.year - (month >= base.month), month)
    if step > 0:
        return month_value(base.year + (month <= base.month), month)
    return month_value(base.year, month)


def _stepped_season(base: date, step: int, season: str) -> Value:
    month = SEASONS[season][1]
    over = month + 2 < base.month
    if step < 0:
        return season_value(base.year - (not over), season)
    if step > 0:
        return season_value(base.year + (month <= base.month), season)
    return season_value(base.year - (season == "winter" and base.month <= _SOON), season)


_BY_UNIT: Final = {
    "day": lambda base, step: day_value(base + timedelta(days=step)),
    "night": lambda base, step: day_value(base + timedelta(days=step)),
    "week": lambda base, step: week_value(base + timedelta(days=_WEEK_DAYS * step)),
    "weekend": lambda base, step: weekend_value(base + timedelta(days=_WEEK_DAYS * step)),
    "month": lambda base, step: month_value(base.year, base.month + step),
    "year": lambda base, step: year_value(base.year + step),
    "quarter": lambda base, step: quarter_value(base.year, (base.month - 1) // 3 + 1 + step),
    "decade": lambda base, step: decade_value(base.year + 10 * step),
    "spring": lambda base, step: _stepped_season(base, step, "spring"),
    "summer": lambda base, step: _stepped_season(base, step, "summer"),
    "autumn": lambda base, step: _stepped_season(base, step, "autumn"),
    "winter": lambda base, step: _stepped_season(base, step, "winter"),
}


def _part_of_today(_: re.Match[str], setting: Setting) -> Value:
    return day_value(setting.base)


def _overnight(match: re.Match[str], setting: Setting) -> Value | None:
    """Read the night as the day that it ends in, or the one that is named behind it."""
    if _NO_NIGHT.match(setting.after(match)):
        return None
    if not match["unit"]:
        return day_value(setting.base)
    back = (setting.base.weekday() - WEEKDAYS[match["unit"].lower()]) % _WEEK_DAYS
    return day_value(setting.base - timedelta(days=back))


def _rest(match: re.Match[str], setting: Setting) -> Value:
    return _BY_UNIT[match["unit"].lower()](setting.base, 0)


def _from_today(match: re.Match[str], setting: Setting) -> Value | None:
    word = match[0]
    if word[0].isupper() and not re.search(r"(?:^|[.!?:]\s|[“\"‘'\n]|• )\Z", setting.before(match)):
        return None
    if word[0].isupper() and _AS_A_NAME.search(setting.before(match)) and _SHOW.match(setting.after(match)):
        return None
    return day_value(setting.base + timedelta(days=_DAYS_FROM_TODAY[word.lower()]))


def _counted(match: re.Match[str], setting: Setting) -> Value | None:
    count, unit = count_of(match["count"]), match["unit"].lower()
    steps = -count if match["way"].lower() in {"ago", "since"} else count
    if unit == "decade":
        return decade_value(setting.base.year + 10 * steps)
    return _BY_UNIT[unit](setting.base, steps)


def _weekend(match: re.Match[str], setting: Setting) -> Value:
    back = 0 if setting.base.weekday() > 4 or setting.tense(match) is Tense.FUTURE else _WEEK_DAYS
    return weekend_value(setting.base - timedelta(days=back))


def _month(match: re.Match[str], setting: Setting) -> Value | None:
    name, before, after = match["month"], setting.before(match), setting.after(match)
    if not _is_month(name, before, after):
        return None
    month, base = month_number(name), setting.base
    tense = setting.tense(match)
    months_ahead = (month - base.month) % 12
    if not months_ahead and re.search(r"\b(?:until|till) \Z", before):
        return month_value(base.year + 1, month)  # said in May, “until May” cannot be this one
    attribute = re.search(r"\bthe \Z", before, re.IGNORECASE) and re.match(r" [a-z]", after) and months_ahead <= _SOON
    if (tense is Tense.FUTURE and months_ahead <= _FURTHEST_AHEAD) or (tense is None and attribute):
        return month_value(base.year + (month < base.month), month)
    return month_value(base.year - (month > base.month), month)


def _is_month(name: str, before: str, after: str) -> bool:
    """Tell a month from a verb (may, march), a person (April, June) and an adjective."""
    if _MONTH_PREPOSITION.search(before):
        return not (name == "May" and re.search(r"\bTheresa ", before))
    if name in {"May", "March"} and (
        name == "May" or _MARCH_NOUN.search(before) or after.startswith((" on ", " for "))
    ):
        return False
    named = re.search(r"\b(?!The )[A-Z][\w’'-]+ \Z", before) or re.match(r" [A-Z]", after)
    return not named


RELATIVE: Final = (
    Rule(pattern("the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow", ignore_case=True),
         _from_today),
    Rule(pattern("this (?:morning|afternoon|evening)", ignore_case=True), _part_of_today, ("this ",)),
    Rule(pattern(rf"(?P<step>last|this coming|this|next|coming|current) (?P<unit>{_UNIT})", ignore_case=True),
         _stepped),
    Rule(pattern(rf"(?P<step>[Ll]ast|[Tt]his coming|[Nn]ext) (?P<unit>{WEEKDAY}|{MONTH})"), _stepped),
    Rule(pattern(rf"(?P<step>[Tt]his) (?P<core>(?P<unit>{WEEKDAY}|{MONTH}))"), _stepped),
    Rule(pattern(rf"overnight(?: (?:on|from|into) (?P<unit>{WEEKDAY}))?", ignore_case=True),
         _overnight, ("overnight",)),
    Rule(pattern("the (?:end|rest|remainder|beginning) of the (?P<unit>month|year|week)", ignore_case=True),
         _rest, (" of the ",)),
    Rule(pattern(rf"(?P<count>{COUNT}) (?P<unit>day|week|month|year|decade)s? (?P<way>ago|from now|hence)",
                 ignore_case=True), _counted, (" ago", " from now", " hence")),
    Rule(pattern(rf"(?:[Ii]t is|[Ii]t[’']s|[Ii]t has been|[Ii]t[’']s been|marks?|marking) (?:\w+ )?"
                 rf"(?P<core>(?P<count>{COUNT}) (?P<unit>month|year|decade)s? (?P<way>since))"), _counted, (" since",)),
    Rule(pattern(r"(?:over|at|during|on) the (?P<core>weekend)", ignore_case=True), _weekend, ("weekend",)),
    Rule(pattern(rf"(?P<core>{WEEKDAY})"), _weekday),
    Rule(pattern(rf"(?P<month>{MONTH})(?! \d)"), _month),
)  # fmt: skip
