"""Response headers that a stranger wrote: kept only where they are of use and do no harm."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import isnan
from typing import Final

SHORTEST_WAIT_SECONDS: Final = 60.0
LONGEST_WAIT_SECONDS: Final = 86_400.0
_MOST_VALIDATOR_CHARACTERS: Final = 512
_PRINTABLE: Final = re.compile(r"[\x20-\x7e]+")
_SECONDS: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def validator(value: str | None) -> str | None:
    """Return an ``ETag`` or ``Last-Modified`` that may be stored and sent back; None for one that may not."""
    if value is None or len(value) > _MOST_VALIDATOR_CHARACTERS or not _PRINTABLE.fullmatch(value):
        return None
    return value


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Return how long a server asks us to stay away, clamped to between a minute and a day; None where it does not say.

    Seconds and HTTP dates are understood (RFC 9110, section 10.2.3).
    """
    if value is None:
        return None
    text = value.strip()[:100]
    if _SECONDS.fullmatch(text):
        return _clamped(float(text))
    try:
        at = parsedate_to_datetime(text)
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return _clamped(wait / timedelta(seconds=1))


def _clamped(seconds: float) -> float | None:
    return None if isnan(seconds) else min(max(seconds, SHORTEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)
