"""Which stretch of time an edition covers, and which articles fall into it."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.digest.material import EditionRequest
from bot.model.articles import Article

SHORTEST: Final = timedelta(hours=6)
LONGEST: Final = timedelta(days=7)
ORDINARY: Final = timedelta(hours=24)
# A feed is polled every few minutes to hours: what it published shortly before the window and we met inside it is new.
LATE_ARRIVAL: Final = timedelta(hours=3)

Window = tuple[datetime, datetime]


def since_last(last: datetime | None, now: datetime, first: timedelta = ORDINARY) -> Window:
    """Return the window of a schedule's next edition: from its last one to *now*, 6 hours at least, 7 days at most.

    *last* is the end of the last edition's window; None, for a first edition, gives *first*.
    """
    length = first if last is None else min(max(now - last, SHORTEST), LONGEST)
    return now - length, now


def window_of(request: EditionRequest) -> Window:
    """Return the window that *request* asks for, in UTC; its end is never later than the request's instant.

    Hours are taken as asked, but for at least one and at most seven days' worth.
    """
    if request.window is not None:
        start, end = request.window
        return start.astimezone(UTC), min(end, request.at).astimezone(UTC)
    length = ORDINARY if request.hours is None else timedelta(hours=max(request.hours, 1))
    end = request.at.astimezone(UTC)
    return end - min(length, LONGEST), end


def instant_of(article: Article) -> datetime:
    """Return the instant by which *article* counts.

    A source that only gives the day is placed by when we met it, if that was the same day: midnight would put the
    evening's news before the morning's edition.
    """
    if article.date_only and article.first_seen.astimezone(UTC).date() == article.event_at.astimezone(UTC).date():
        return article.first_seen
    return article.event_at


def is_visible(article: Article, window: Window) -> bool:
    """Tell whether *article* was out by the window's end."""
    return instant_of(article) <= window[1]


def is_fresh(article: Article, window: Window) -> bool:
    """Tell whether *article* belongs to the window: out inside it, or out just before and met inside it.

    One of which only the day is known, and which we met later, belongs to every window that touches its day.
    """
    start, end = window
    at = instant_of(article)
    if at > end:
        return False
    if at > start:
        return True
    if article.date_only and at == article.event_at:
        return _day_end(article.event_at) > start
    return at > start - LATE_ARRIVAL and start < article.first_seen <= end


def local_day(at: datetime, zone: ZoneInfo) -> str:
    """Return the ISO date of *at* by the calendar of *zone*."""
    return at.astimezone(zone).date().isoformat()


def _day_end(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(UTC).date() + timedelta(days=1), time(), tzinfo=UTC)
