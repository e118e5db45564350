"""Read times of day and sets of weekdays as people type them."""

import re
from datetime import time
from typing import Final
from unicodedata import normalize

from bot.errors import UserError

_NAMED: Final = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*(?:[:.h]|\s)\s*(?P<minute>\d\d))?(?::00)?\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s*o[’']?clock)?|"
    r"(?P<four>\d{4})"
)
_HALF_DAY: Final = 12
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SETS: Final = {
    "daily": range(7), "every day": range(7), "everyday": range(7), "all": range(7), "all days": range(7),
    "weekly": range(1), "once a week": range(1),
    "weekdays": range(5), "weekday": range(5), "working days": range(5), "workdays": range(5),
    "weekends": (5, 6), "weekend": (5, 6),
}  # fmt: skip
_DAY_WORD: Final = re.compile(
    r"(mo|tu|we|th|fr|sa|su)(?:n|e|d|u|i|t|nday|es|esday|ednesday|dnesday|urs|ur|ursday|iday|turday)?s?"
)
_RANGE: Final = re.compile(r"([a-z]+)\s*(?:-|–|—|to|until|through)\s*([a-z]+)")
_SHOWN: Final = 40  # characters of what was typed that are shown again


def parse_time(typed: str) -> time:
    """Return the time of day that *typed* says: “07:00”, “7am”, “7.30 pm”, “19h30”, “0700”, “noon”, “midnight”.

    Raises:
        UserError: it says none; the message shows what would.
    """
    words = " ".join(normalize("NFKC", typed).lower().split())
    if words in _NAMED:
        return _NAMED[words]
    match = _TIME.fullmatch(words)
    found = _time(match) if match else None
    if found is None:
        raise UserError(f"“{_shown(typed)}” is not a time. Try 07:00, 7am or noon.")
    return found


def parse_days(typed: str) -> frozenset[int]:
    """Return the weekdays that *typed* says, 0 is Monday: “daily”, “weekdays”, “mon-fri”, “Mon, Wed”, “sat sun”.

    Raises:
        UserError: it says none; the message shows what would.
    """
    words = " ".join(normalize("NFKC", typed).lower().replace(".", " ").split())
    if words in _SETS:
        return frozenset(_SETS[words])
    days: set[int] = set()
    rest = _RANGE.sub(lambda match: _add_range(days, match[1], match[2]), words)
    for word in re.split(r"[\s,;/&+]+|\band\b", rest):
        if word:
            days |= _days_of(word)
    if not days or _BAD in days:
        raise UserError(f"“{_shown(typed)}” names no days I know. Try daily, weekdays, mon-fri or Mon, Wed.")
    return frozenset(days)


_BAD: Final = -1


def _time(match: re.Match[str]) -> time | None:
    if match["four"]:
        hour, minute = int(match["four"][:2]), int(match["four"][2:])
    else:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if match["half"].startswith("p") else 0)
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return None
    return time(hour, minute)


def _days_of(word: str) -> set[int]:
    if word in _SETS:
        return set(_SETS[word])
    return {
        next((number for number, name in enumerate(_DAYS) if _DAY_WORD.fullmatch(word) and name[:2] == word[:2]), _BAD)
    }


def _add_range(days: set[int], first: str, last: str) -> str:
    start, end = _days_of(first).pop(), _days_of(last).pop()
    days |= {_BAD} if _BAD in {start, end} else {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return " "


def _shown(typed: str) -> str:
    line = " ".join(typed.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
