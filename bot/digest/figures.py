"""Numbers that matter to a story: which a text gives, and how many dead it counts."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.text.numbers import find_numbers

_LARGEST_TOLL: Final = 500_000
_DEAD_AFTER: Final = re.compile(
    r"(?:\s+(?!and\b|but\b|or\b)[\w’'-]+){0,4}?\s+(?:(?:is|are|was|were|have|has|had|been|now|known|to)\s+){0,6}"
    r"(?:killed|dead|die[sd]?|deaths|fatalities|bodies|lost their lives)\b",
    re.IGNORECASE,
)
_DEAD_BEFORE: Final = re.compile(
    r"(?:\b(?:kill(?:s|ed|ing)?|claim(?:s|ed|ing)? the lives of|death of|loss of|leav(?:es|ing))"
    r"(?:\s+(?:at|least|more|than|nearly|about|some|over|around))*\s+"
    r"|\b(?:toll|(?:number|count) of (?:the )?(?:dead|deaths)|death count)\b[^.;]{0,60}?\b(?:to|at|of|reach(?:es|ed)"
    r"|hits?|is|was)"
    r"(?:\s+(?:at|least|more|than|nearly|about))*\s+)$",
    re.IGNORECASE,
)
_LEFT_DEAD: Final = re.compile(r"\s+(?:[\w’'-]+\s+){0,2}(?:dead|killed)\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def figures_of(text: str) -> frozenset[float]:
    """Return the numbers that *text* gives in digits or words, without 0 and 1; dates and years are none."""
    return frozenset(value for _, value in find_numbers(text) if value not in (0, 1))


@lru_cache(maxsize=20_000)
def toll_of(text: str) -> float | None:
    """Return the highest number of dead that *text* gives, or None."""
    tolls = [value for span, value in find_numbers(text) if _is_toll(text, span.start, span.end)]
    return max((toll for toll in tolls if toll <= _LARGEST_TOLL), default=None)


def agreed_toll(texts: Iterable[str]) -> float | None:
    """Return the highest number of dead that at least two of *texts* give, or None."""
    counts = Counter(toll for toll in map(toll_of, texts) if toll is not None)
    return max((toll for toll, given in counts.items() if given > 1), default=None)


def _is_toll(text: str, start: int, end: int) -> bool:
    before = _DEAD_BEFORE.search(text, max(0, start - 90), start)
    if before is not None:
        return not before[0].lower().startswith("leav") or _LEFT_DEAD.match(text, end) is not None
    return _DEAD_AFTER.match(text, end) is not None
