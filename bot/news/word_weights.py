"""How telling each word is by what grouping counted: the same for whoever describes an event."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot.events.idf import DayCount, LaggedIdf, StaticIdf
from bot.storage.database import Database
from bot.storage.storylines import StorylineStore

_DAYS: Final = timedelta(days=15)


async def stored_weights(database: Database, newest: datetime) -> LaggedIdf:
    """Return the weights of words as grouping stored them; *newest* is the time of its newest report."""
    days = await StorylineStore(database).frequencies((newest - _DAYS).date())
    idf = LaggedIdf(StaticIdf.load())
    idf.restore(DayCount(row.day, row.articles, row.counts) for row in days)
    return idf


def newest_report(marks: Mapping[str, Any] | None, now: datetime) -> datetime:
    """Return the time of the newest report that was grouped by the *marks* of grouping, *now* where there was none."""
    return now if marks is None or marks["newest"] is None else datetime.fromisoformat(marks["newest"])
