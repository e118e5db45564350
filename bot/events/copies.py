"""Count who reports on their own: copies of one wire text are one voice, feeds of one owner too."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from bot.events.report import Report
from bot.model.events import ReportKey

_RUN: Final = 4
# Read on 200 pairs of real summaries: above, wire copies and syndication; below, two writers on one event.
_COPIED: Final = 0.6
_LEAST_RUNS: Final = 10
_WORD: Final = re.compile(r"\w+")


def copies(reports: Iterable[Report]) -> dict[ReportKey, ReportKey]:
    """Return the near-copies among *reports*, each with the earliest report of another owner that it copies.

    A copy shares at least 60 % of the shorter text's runs of four words; texts under 13 words are not judged, and
    reports without any text by their whole title. Linear in the words, but for stretches that many reports share.
    """
    found: dict[ReportKey, ReportKey] = {}
    holders: dict[str, list[int]] = {}
    runs: list[frozenset[str]] = []
    ordered = in_time(reports)
    for number, report in enumerate(ordered):
        own = _runs(report)
        runs.append(own)
        shared = Counter(earlier for run in own for earlier in holders.get(run, ()))
        for earlier in sorted(shared):
            if _is_copy(shared[earlier], own, runs[earlier]) and ordered[earlier].owner != report.owner:
                found[report.key] = ordered[earlier].key
                break
        for run in own:
            holders.setdefault(run, []).append(number)
    return found


def independent_outlets(reports: Iterable[Report]) -> tuple[str, ...]:
    """Return one outlet for each owner with a report of its own words, in order of their first such report.

    Two outlets of one owner count once, under the name of the one that reported first; an owner all of whose reports
    are near-copies of other owners' earlier ones does not count.
    """
    ordered = in_time(reports)
    copied = copies(ordered)
    outlets: dict[str, str] = {}
    for report in ordered:
        if report.key not in copied:
            outlets.setdefault(report.owner, report.outlet)
    return tuple(outlets.values())


def in_time(reports: Iterable[Report]) -> list[Report]:
    """Return *reports* by their time, then by their key: an order that does not depend on how they came."""
    return sorted(reports, key=lambda report: (report.at, report.key.article, report.key.part))


def _runs(report: Report) -> frozenset[str]:
    if not report.text:
        return frozenset({f"title: {' '.join(_WORD.findall(report.title.lower()))}"})
    words = _WORD.findall(report.text.lower())
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _is_copy(shared: int, one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    if shorter == 1 and len(one) == len(other):
        return shared == 1
    return shorter >= _LEAST_RUNS and shared >= _COPIED * shorter
