"""Measure which events a day's fifteen are, against what Wikipedia's Current events lists of that day.

Reports are compared by their words alone here: names would take the language model an hour, and change little.
"""

import gzip
import json
import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.analysis.language import Language
from bot.errors import InputError
from bot.events.cluster import Clusterer
from bot.events.idf import LaggedIdf, StaticIdf
from bot.events.importance import score as importance
from bot.events.report import Report
from bot.events.settings import FEEDS
from bot.events.title import best_title
from bot.events.tokens import stop_words
from bot.feeds.kinds import kind_of
from bot.model.articles import ArticleId
from bot.model.events import EventId, ReportKey

_ITEMS: Final = Path("streams", "polls_2020_dev.jsonl.gz")
_DAYS: Final = Path("streams", "current_events_dev.jsonl.gz")
_CHOSEN: Final = 15
_LEAST_ITEMS: Final = 250
_LEAD: Final = 240
_OVERLAP: Final = 0.37
# The notes beside the set give these for fifteen items.
_RANDOM: Final = 0.039
_LARGEST: Final = 0.287
_WORD: Final = re.compile(r"[A-Za-z0-9][\w’'-]{2,}")


@dataclass(frozen=True, slots=True)
class _Story:
    reports: tuple[Report, ...]
    importance: float

    @property
    def text(self) -> str:
        """Return the headline that would stand for it, with the beginning of that report."""
        title = best_title(self.reports)
        told = next((report for report in self.reports if report.title.strip() == title), self.reports[0])
        return _text(told)


def score(data_folder: Path, language: Language) -> dict[str, float]:
    """Return the share of the listed events that some item reported which a day's fifteen tell, by way of choosing.

    ``recall`` is ours, by importance; ``recall_largest``: the events with the most reports; ``recall_random``: any.
    ``best_possible``: an oracle among our events. ``baseline_…`` are the notes' figures. Takes a few minutes.

    Raises:
        InputError: a set is missing.
    """
    del language
    listed = {row["date"]: [event["text"] for event in row["events"]] for row in _rows(data_folder / _DAYS)}
    found: Counter[str] = Counter()
    for day, stories, reports in _days(_rows(data_folder / _ITEMS)):
        wanted = listed.get(day.isoformat(), [])
        if wanted and len(reports) >= _LEAST_ITEMS:
            found += _of_day(day, wanted, stories, [_text(report) for report in reports])
    reachable = found["reachable"] or 1
    return {
        "days": found["days"],
        "reachable": found["reachable"],
        **{name: found[name] / reachable for name in ("recall", "recall_largest", "recall_random", "best_possible")},
        "precision": found["told"] / (found["chosen"] or 1),
        "baseline_recall_random": _RANDOM,
        "baseline_recall_largest": _LARGEST,
    }


def _of_day(day: date, listed: Sequence[str], stories: Sequence[_Story], pool: Sequence[str]) -> Counter[str]:
    weigh = _weights([*pool, *listed])
    reachable = [event for event in listed if any(tells(text, event, weigh) for text in pool)]
    dice = random.Random(day.toordinal())  # noqa: S311 - the same choice in every run
    ways = {
        "recall": sorted(stories, key=lambda story: -story.importance)[:_CHOSEN],
        "recall_largest": sorted(stories, key=lambda story: -len(story.reports))[:_CHOSEN],
        "recall_random": dice.sample(list(stories), min(_CHOSEN, len(stories))),
    }
    counts = Counter({"days": 1, "reachable": len(reachable)})
    for name, chosen in ways.items():
        counts[name] = _told(reachable, [story.text for story in chosen], weigh)
    ours = [story.text for story in ways["recall"]]
    counts["chosen"] = len(ours)
    counts["told"] = sum(any(tells(text, event, weigh) for event in listed) for text in ours)
    counts["best_possible"] = min(_told(reachable, [story.text for story in stories], weigh), _CHOSEN)
    return counts


def _told(events: Iterable[str], texts: Sequence[str], weigh: Callable[[str], float]) -> int:
    return sum(any(tells(text, event, weigh) for text in texts) for event in events)


def tells(text: str, event: str, weigh: Callable[[str], float]) -> bool:
    """Tell whether *text* reports *event*: two words in common, one of them a name, and enough of their weight."""
    one, other = _keys(text), _keys(event)
    shared = one & other
    if len(shared) < 2 or not shared & _names(event):
        return False
    least = min(sum(map(weigh, one)), sum(map(weigh, other))) or 1.0
    return sum(map(weigh, shared)) >= _OVERLAP * least


def _weights(texts: Sequence[str]) -> Callable[[str], float]:
    seen = Counter(key for text in texts for key in _keys(text))
    return lambda key: max(0.0, math.log((len(texts) + 1) / (seen[key] + 0.5)))


def _keys(text: str) -> frozenset[str]:
    return frozenset(_bare(word) for word in _WORD.findall(text) if word.lower() not in stop_words())


def _names(text: str) -> frozenset[str]:
    return frozenset(
        _bare(word) for word in _WORD.findall(text) if word[0].isupper() and word.lower() not in stop_words()
    )


def _bare(word: str) -> str:
    return re.sub(r"(?:['’]s|s)$", "", word.lower())


def _days(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[date, list[_Story], list[Report]]]:
    """Group the stream as it came, and yield at the end of each day its events, and its reports alone."""
    clusterer = Clusterer(LaggedIdf(StaticIdf.load()), FEEDS)
    today: dict[ReportKey, Report] = {}
    day: date | None = None
    for number, row in enumerate(rows):
        report = _report(number, row)
        if day is not None and report.at.date() > day:
            yield day, _stories(clusterer, today), list(today.values())
            today = {}
        day = report.at.date()
        today[report.key] = report
        clusterer.add(report)
        if clusterer.is_due:
            clusterer.consolidate()
            clusterer.evict(report.at - timedelta(hours=FEEDS.window_hours))
    if day is not None:
        yield day, _stories(clusterer, today), list(today.values())


def _stories(clusterer: Clusterer, today: Mapping[ReportKey, Report]) -> list[_Story]:
    events: dict[EventId, list[Report]] = {}
    for key, report in today.items():
        event = clusterer.event_of(key)
        if event is not None:
            events.setdefault(event, []).append(report)
    latest = max(report.at for report in today.values())
    return [_Story(tuple(reports), importance(reports, latest)[0]) for reports in events.values()]


def _report(number: int, row: Mapping[str, Any]) -> Report:
    outlet, title, text = str(row["outlet"]), str(row.get("title") or ""), str(row.get("summary") or "")
    at = datetime.fromisoformat(row["first_seen"]).astimezone(UTC)
    url = row.get("url") or row.get("link")
    return Report(ReportKey(ArticleId(number)), title, text, at, outlet, outlet, kind_of(title, url))


def _text(report: Report) -> str:
    return f"{report.title}. {report.text[:_LEAD]}"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise InputError(f"no labelled set at {path}: point --data at the folder that holds {path.parent.name}/")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
