"""How telling a word is: rare in English, and rare in the news of the days before."""

import gzip
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, Protocol

_TABLE: Final = "lexicons/idf.txt.gz"
UNKNOWN: Final = 11.0  # a word outside the table is rarer than one in three million
_LONG_NUMBER: Final = 6.5
_DIGIT: Final = 4.0
_FEWEST_REPORTS: Final = 10
_ENOUGH_REPORTS: Final = 500
_DOUBT: Final = 4.0
_ENOUGH_SEEN: Final = 3


class Idf(Protocol):
    """Weighs a stem."""

    def weight(self, stem: str) -> float:
        """Return the weight of *stem*: 0 for the commonest words, 11 for the rarest."""
        ...

    def advance(self, day: date) -> None:
        """Make *day* the current day if it is later than the one so far."""
        ...

    def count(self, stems: Iterable[str]) -> None:
        """Count a report's stems, each once, for the current day."""
        ...


class StaticIdf:
    """Weights from the frequency of words in English at large.

    They do not come from the reports that are being grouped: a story with three hundred reports would make its own
    key words common and fall apart.
    """

    def __init__(self, table: Mapping[str, float]) -> None:
        self._table = table

    @classmethod
    def load(cls) -> "StaticIdf":
        """Return the weights that come with the program; read once per process."""
        return _shipped()

    def weight(self, stem: str) -> float:
        """Return the weight of *stem*, between 0 and 11; numbers have weights of their own."""
        if stem[0].isdigit():
            return _LONG_NUMBER if len(stem) > 1 else _DIGIT
        return self._table.get(stem, UNKNOWN)

    def stems(self) -> frozenset[str]:
        """Return the stems of the table."""
        return frozenset(self._table)

    def advance(self, day: date) -> None:
        """Do nothing: English is the same every day."""

    def count(self, stems: Iterable[str]) -> None:
        """Do nothing: the reports must not change the weights."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many reports of a day hold each stem, of how many in all."""

    day: date
    reports: int
    counts: Mapping[str, int]


class LaggedIdf:
    """The lower of the static weight and one from the news of *earlier days*.

    In a pandemic "lockdown" is in every third report; the static table still calls it rare, and everything would
    become one event. The days before tell. Today does not count, so that today's story keeps its own words.
    Days are those of the reports, in UTC, and only ever move on: a late report counts to the current day.
    """

    def __init__(self, static: Idf, *, days: int = 14, decay: float = 0.93) -> None:
        self._static = static
        self._days = days
        self._decay = decay
        self._counts: dict[date, Counter[str]] = {}
        self._reports: Counter[date] = Counter()
        self._today: date | None = None
        self._earlier: dict[str, float] = {}
        self._earlier_reports = 0.0

    def weight(self, stem: str) -> float:
        """Return the weight of *stem* on the current day, at least 0.1 where earlier news know it."""
        static = self._static.weight(stem)
        seen = self._earlier.get(stem, 0.0)
        if self._earlier_reports < _FEWEST_REPORTS or seen < _ENOUGH_SEEN:
            return static
        # The fewer the reports, the less a word in many of them must be a word of the times rather than of one story.
        doubt = _DOUBT * max(0.0, 1 - self._earlier_reports / _ENOUGH_REPORTS)
        return min(static, max(0.1, math.log((self._earlier_reports + 1) / (seen + 0.5)) + doubt))

    def advance(self, day: date) -> None:
        """Make *day* the current day if it is later than the one so far; linear in the words of two weeks then."""
        if self._today is None or day > self._today:
            self._today = day
            self._roll(day)

    def count(self, stems: Iterable[str]) -> None:
        """Count a report's stems (each once) for the current day; weights change only when the day does."""
        if self._today is None:
            raise ValueError("advance() to a day before counting")
        self._counts.setdefault(self._today, Counter()).update(set(stems))
        self._reports[self._today] += 1

    def days(self) -> tuple[DayCount, ...]:
        """Return the counts of the last two weeks, oldest day first, the current day included."""
        return tuple(DayCount(day, self._reports[day], dict(self._counts[day])) for day in sorted(self._counts))

    def restore(self, days: Iterable[DayCount]) -> None:
        """Take over what :meth:`days` returned, in any order, so that all weights are the same as then."""
        rows = list(days)
        self._counts = {row.day: Counter(row.counts) for row in rows}
        self._reports = Counter({row.day: row.reports for row in rows})
        self._today = None
        if rows:
            self.advance(max(row.day for row in rows))

    def _roll(self, today: date) -> None:
        oldest = today - timedelta(days=self._days)
        self._counts = {day: counts for day, counts in sorted(self._counts.items()) if day >= oldest}
        self._reports = Counter({day: self._reports[day] for day in self._counts})
        self._earlier, self._earlier_reports = {}, 0.0
        for day, counts in self._counts.items():
            if day < today:
                self._add_earlier(counts, self._reports[day], self._decay ** (today - day).days)

    def _add_earlier(self, counts: Counter[str], reports: int, share: float) -> None:
        self._earlier_reports += reports * share
        earlier = self._earlier
        for stem, count in counts.items():
            earlier[stem] = earlier.get(stem, 0.0) + count * share


@cache
def _shipped() -> StaticIdf:
    packed = files("config").joinpath(_TABLE).read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return StaticIdf({stem: int(tenths) / 10 for stem, tenths in rows})
