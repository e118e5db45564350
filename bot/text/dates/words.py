"""Words that dates are made of: months, weekdays, counts, and the pieces of patterns that match them."""

import re
from typing import Final

from bot.text.number_words import SMALL_NUMBERS

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
MONTH_FULL: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
MONTH_SHORT: Final = r"(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
MONTH: Final = rf"(?:{MONTH_FULL}|{MONTH_SHORT})"
WEEKDAY: Final = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
WEEKDAY_ANY: Final = rf"(?:{WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?)"
DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_SMALL: Final = "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True))
_TENS_AND_ONES: Final = (
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)"
)
COUNT: Final = rf"(?:\d{{1,3}}|an?|{_TENS_AND_ONES}|{_SMALL}|a couple of)"
SEASON: Final = "(?:spring|summer|autumn|winter)"
ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation."""
    return _MONTHS.index(name[:3].lower()) + 1


def count_of(words: str) -> int:
    """Return what a match of :data:`COUNT` comes to."""
    folded = words.lower()
    if folded.isdecimal():
        return int(folded)
    return {"a": 1, "an": 1, "a couple of": 2}.get(folded) or sum(map(SMALL_NUMBERS.__getitem__, folded.split("-")))


def pattern(expression: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    """Compile an expression that begins and ends at the border of a word."""
    return re.compile(rf"(?<![\w/.-])(?:{expression})(?!\w)", re.IGNORECASE if ignore_case else 0)
