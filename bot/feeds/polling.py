"""When to look at a feed again: pure arithmetic over what the last look brought."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import isnan
from typing import Final

from bot.feeds.headers import LONGEST_WAIT_SECONDS, SHORTEST_WAIT_SECONDS
from bot.model.articles import Feed

SHORTEST_SECONDS: Final = 5 * 60
LONGEST_SECONDS: Final = 24 * 60 * 60
FIRST_SECONDS: Final = 15 * 60
NOTICE_AFTER_FAILURES: Final = 3
DISABLE_AFTER_FAILURES: Final = 12
DISABLE_AFTER: Final = timedelta(days=7)
PROBE_EVERY: Final = timedelta(days=7)
# Where something new came, look twice as often; where not, a fifth less often. A feed with a story every T seconds
# settles at about five looks per story: half an interval at one look, five times 1.2 at the others.
_SOONER: Final = 0.5
_LATER: Final = 1.2
_JITTER: Final = 0.1
_MOST_DOUBLINGS: Final = 10


class Notice(StrEnum):
    """What subscribers should be told, once each time."""

    FAILING = "failing"
    DISABLED = "disabled"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Poll:
    """What to remember of a feed after a look.

    ``next_poll_at`` is UTC; None: never again, unless somebody asks. ``disabled`` feeds that are not gone are still
    looked at once a week, so that they heal by themselves. ``notice`` is what to tell now, None: nothing.
    """

    next_poll_at: datetime | None
    interval_seconds: int
    failures: int = 0
    code: str | None = None
    failing_since: datetime | None = None
    disabled: bool = False
    notice: Notice | None = None


def next_poll(
    feed: Feed, now: datetime, *, new: int = 0, code: str | None = None, retry_after: float | None = None
) -> Poll:
    """Return what follows from a look at *feed* that ended at *now*.

    *new* counts the entries that were new; 0 also where nothing changed. *code* is the reason why it failed, None
    where it did not. *retry_after* is what the server asked for, in seconds. Intervals stay between 5 minutes and
    24 hours and are shifted by up to a tenth, always the same for one feed, so that feeds do not come due together.
    """
    if code is None:
        return _after_success(feed, now, new, retry_after)
    if code == "gone":
        return _after_end(feed, now, code)
    return _after_failure(feed, now, code, retry_after)


def _after_success(feed: Feed, now: datetime, new: int, retry_after: float | None) -> Poll:
    interval = _clamped(feed.interval_seconds * (_SOONER if new else _LATER))
    told = feed.disabled or feed.failures >= NOTICE_AFTER_FAILURES
    wait = max(_shifted(interval, feed.url), _asked(retry_after))
    return Poll(now + timedelta(seconds=wait), interval, notice=Notice.RECOVERED if told else None)


def _after_end(feed: Feed, now: datetime, code: str) -> Poll:
    return Poll(
        None,
        feed.interval_seconds,
        failures=feed.failures + 1,
        code=code,
        failing_since=feed.failing_since or now,
        disabled=True,
        notice=None if feed.disabled else Notice.DISABLED,
    )


def _after_failure(feed: Feed, now: datetime, code: str, retry_after: float | None) -> Poll:
    failures = feed.failures + 1
    since = feed.failing_since or now
    disabled = feed.disabled or (failures >= DISABLE_AFTER_FAILURES and now - since >= DISABLE_AFTER)
    backoff = _clamped(FIRST_SECONDS * 2.0 ** min(failures - 1, _MOST_DOUBLINGS))
    wait = max(_shifted(backoff, feed.url), _asked(retry_after))
    notice = Notice.FAILING if failures == NOTICE_AFTER_FAILURES else None
    if disabled:
        wait = PROBE_EVERY / timedelta(seconds=1)
        notice = None if feed.disabled else Notice.DISABLED
    return Poll(now + timedelta(seconds=wait), _clamped(feed.interval_seconds), failures, code, since, disabled, notice)


def _asked(retry_after: float | None) -> float:
    """Return the wait that a server asked for, within bounds, whoever read it; 0 where it asked for none."""
    if retry_after is None or isnan(retry_after):
        return 0.0
    return min(max(retry_after, SHORTEST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)


def _clamped(seconds: float) -> int:
    return int(min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS))


def _shifted(seconds: int, url: str) -> float:
    digest = hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=4).digest()
    share = int.from_bytes(digest, "big") / 0xFFFF_FFFF  # from 0 to 1
    return min(max(seconds * (1 + _JITTER * (2 * share - 1)), SHORTEST_SECONDS), LONGEST_SECONDS)
