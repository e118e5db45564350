"""Days that have names: holidays with a rule, and days of history that news call by their date alone."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from bot.text.dates.markers import Tense
from bot.text.dates.setting import Rule, Setting
from bot.text.dates.values import Value, day_value
from bot.text.dates.words import pattern

_NEAR: Final = 183  # days: the holiday that is meant lies within half a year
_WRONG_SIDE: Final = 240  # days further off, where the verb beside it looks the other way
_EASTER: Final = "easter"
# Month and day, or month, weekday (Monday is 0) and which of them it is in the month (-1: the last).
_FIXED: Final = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year's day": (1, 1), "halloween": (10, 31), "valentine's day": (2, 14),
    "st patrick's day": (3, 17), "may day": (5, 1), "ve day": (5, 8), "anzac day": (4, 25), "juneteenth": (6, 19),
    "fourth of july": (7, 4), "bastille day": (7, 14), "veterans day": (11, 11), "armistice day": (11, 11),
    "groundhog day": (2, 2), "international women's day": (3, 8), "earth day": (4, 22),
}  # fmt: skip
_BY_WEEKDAY: Final = {
    "memorial day": (5, 0, -1), "labor day": (9, 0, 1), "thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4),
    "martin luther king jr. day": (1, 0, 3), "presidents day": (2, 0, 3), "columbus day": (10, 0, 2),
    "mother's day": (5, 6, 2), "father's day": (6, 6, 3),
}  # fmt: skip
_BY_EASTER: Final = {"good friday": -2, "easter sunday": 0, "easter monday": 1, _EASTER: 0, "ash wednesday": -46}
# These name a season, a meal and much else too: only beside a preposition of time do they mean the day.
_LOOSE: Final = frozenset({"christmas", _EASTER, "thanksgiving", "halloween"})
_BESIDE: Final = re.compile(r"\b(?:by|until|till|before|after|since|on|last|next|this|around) \Z", re.IGNORECASE)
_A_THING: Final = re.compile(r" (?!(?:and|or|in|at|on|when|as|but|for|to|with|this|last|next|is|was|will)\b)[\w’'-]+")
_NAMES: Final = sorted((*_FIXED, *_BY_WEEKDAY, *_BY_EASTER), key=len, reverse=True)
_HISTORY: Final = {(1, 6): 2021, (9, 11): 2001, (10, 7): 2023}
_DEED: Final = (
    r"insurrection|riots?|rioters?|attacks?|attackers?|massacre|committee|defendants?|prisoners?|pardons?|hostages|"
    r"terror(?:ist)?|hijackers?|victims|memorial"
)
_MONTHS: Final = {"jan": 1, "sep": 9, "oct": 10}


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (the anonymous Gregorian computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _day_in(name: str, year: int) -> date:
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _BY_EASTER:
        return easter(year) + timedelta(days=_BY_EASTER[name])
    month, weekday, which = _BY_WEEKDAY[name]
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _holiday(match: re.Match[str], setting: Setting) -> Value | None:
    name = match["name"].lower().replace("’", "'").replace("st.", "st").replace("presidents'", "presidents")
    loose = name in _LOOSE
    if loose and not (_BESIDE.search(setting.before(match)) and not _A_THING.match(setting.after(match))):
        return None
    if match["year"]:
        return day_value(_day_in(name, int(match["year"])))
    return day_value(_nearest(lambda year: _day_in(name, year), setting.base, setting.tense(match)))


def _nearest(day_in: Callable[[int], date], base: date, tense: Tense | None) -> date:
    def distance(day: date) -> int:
        away = (day - base).days
        wrong = tense is not None and away != 0 and (away < 0) is (tense is Tense.FUTURE)
        return abs(away) + (_WRONG_SIDE if wrong else 0)

    return min((day_in(year) for year in (base.year - 1, base.year, base.year + 1)), key=distance)


def _history(match: re.Match[str], setting: Setting) -> Value | None:
    """Read “the Jan. 6 riot” as the day that it names, once that day is longer ago than half a year."""
    month, day = (9, 11) if match["short"] else (_MONTHS[match["month"][:3].lower()], int(match["day"]))
    year = _HISTORY.get((month, day))
    if year is None or (setting.base - date(year, month, day)).days < _NEAR:
        return None
    return day_value(date(year, month, day))


def _spelled(name: str) -> str:
    return re.escape(name).replace("'", "['’]").replace("presidents", "presidents['’]?").replace("st\\ p", r"st\.?\ p")


_KEYS: Final = (*({word for name in _NAMES if (word := name.split("'")[0].split()[-1])} - {"day"}), " day")
_HOLIDAYS: Final = "|".join(map(_spelled, _NAMES))
NAMED: Final = (
    Rule(pattern(r"(?P<core>(?P<month>Jan(?:uary|\.)|Sept?(?:ember|\.)|Oct(?:ober|\.)) (?P<day>6|7|11)(?:th)?)"
                 rf"(?P<short>(?!))? (?:\w+ )?(?:{_DEED})"), _history,
         ("jan", "sep", "oct")),
    Rule(pattern(r"(?P<short>9/11)(?!/\d)"), _history, ("9/11",)),
    Rule(pattern(rf"(?P<name>{_HOLIDAYS})(?:,? (?P<year>(?:19|20)\d\d))?", ignore_case=True), _holiday, _KEYS),
)  # fmt: skip
