"""Calendar values: how precise a date is, how it is written, which days it covers."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

SEASONS: Final = {
    "spring": ("SP", 3),
    "summer": ("SU", 6),
    "autumn": ("FA", 9),
    "fall": ("FA", 9),
    "winter": ("WI", 12),
}
"""Northern seasons: code and first month."""


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved date: ``2022-02-01``, ``2022-02``, ``2022``, ``199X``, ``2022-W05``, ``2022-Q1`` or ``2022-SU``.

    ``start`` and ``end`` are the first and the last day that it covers; ``kind`` is “date” for a day, else “period”.
    """

    text: str
    start: date
    end: date
    kind: str = "period"


def day_value(day: date, last: date | None = None) -> Value:
    """Return one day, or the first of the days until *last*."""
    return Value(day.isoformat(), day, last or day, "date")


def week_value(day: date) -> Value:
    """Return the ISO week of *day*."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Value(f"{year}-W{week:02d}", monday, monday + timedelta(days=6))


def weekend_value(day: date) -> Value:
    """Return the Saturday and Sunday of the ISO week of *day*, written as that week."""
    week = week_value(day)
    return Value(week.text, week.end - timedelta(days=1), week.end)


def month_value(year: int, month: int) -> Value:
    """Return a month; *month* may lie outside 1–12, it is counted on into other years.

    Raises:
        ValueError: the year is not in the calendar.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Value(f"{year}-{month:02d}", date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def quarter_value(year: int, quarter: int) -> Value:
    """Return a quarter; *quarter* may lie outside 1–4, it is counted on into other years."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    first, last = month_value(year, 3 * quarter - 2), month_value(year, 3 * quarter)
    return Value(f"{year}-Q{quarter}", first.start, last.end)


def season_value(year: int, season: str) -> Value:
    """Return a season of the north; winter belongs to the year in which it begins."""
    code, month = SEASONS[season]
    return Value(f"{year}-{code}", month_value(year, month).start, month_value(year, month + 2).end)


def year_value(year: int, last: int | None = None) -> Value:
    """Return a year, or the first of the years until *last*."""
    return Value(f"{year:04d}", date(year, 1, 1), date(last or year, 12, 31))


def decade_value(year: int) -> Value:
    """Return the decade that *year* lies in."""
    first = year // 10 * 10
    return Value(f"{year // 10}X", date(first, 1, 1), date(first + 9, 12, 31))
