"""Tie events of one long-running story across days."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from bot.events.idf import Idf
from bot.events.report import Report
from bot.events.settings import FEEDS, ClusterSettings
from bot.events.vector import UNIT, Weights, dot, from_units, read_words, unit_length, weigh
from bot.model.events import EventId

_DAYS: Final = 7
_FADE: Final = 0.95
_SAME: Final = 0.60
_TIED: Final = 0.45
_TIED_BY_NAME: Final = 0.30
_CORE_SHARE: Final = 0.3
_CORE_REPORTS: Final = 2
_RARE: Final = 8.0
# A name in every thirtieth report of the days before ties nothing.
_TELLING: Final = 3.5
_TERMS: Final = 100


class Tie(StrEnum):
    """How two events hang together.

    SAME: so alike that the later may be an update of the earlier; PART: another event of one storyline.
    """

    SAME = "same"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Signature:
    """What an event of one day is about: its words with unit length; the names and rare words that reports share."""

    day: date
    weights: Mapping[str, float]
    core: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """The earlier event that fits best. ``score`` lies between 0 and 1, fading with the days between."""

    event: EventId
    score: float
    tie: Tie


def signature(reports: Iterable[Report], idf: Idf, day: date, settings: ClusterSettings = FEEDS) -> Signature:
    """Return the signature of an event's reports of one day, weighed by *idf* as it is on that day."""
    reports = list(reports)
    sums: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    for report in reports:
        words = read_words(report.title, report.text, settings)
        sums.update(dict(weigh(words, idf, settings).weights))
        rare = (stem for stem in words.counts if idf.weight(stem) >= _RARE)
        names = (stem for stem in report.persons | report.places if idf.weight(stem) >= _TELLING)
        shared.update(frozenset(names) | frozenset(rare))
    least = max(_CORE_REPORTS if len(reports) > 1 else 1, _CORE_SHARE * len(reports))
    core = frozenset(value for value, count in shared.items() if count >= least)
    return Signature(day, from_units(unit_length(_top(sums)), 0).weights, core)


def link(event: Signature, earlier: Iterable[tuple[EventId, Signature]]) -> Link | None:
    """Return the event of the seven days before that *event* continues, or None.

    Tied by half their words, or by fewer and a name in common; no single word ties two events. Among equals the
    event with the lower id wins. Linear in the number of *earlier* events.
    """
    best: Link | None = None
    for number, other in sorted(earlier, key=lambda pair: pair[0]):
        found = _link(event, number, other)
        if found is not None and (best is None or found.score > best.score):
            best = found
    return best


def signature_to_json(event: Signature) -> dict[str, Any]:
    """Return a signature as plain JSON values; :func:`signature_from_json` gives the same one back."""
    weights = {stem: int(weight) for stem, weight in event.weights.items()}
    return {"day": event.day.isoformat(), "weights": weights, "core": sorted(event.core)}


def signature_from_json(state: Mapping[str, Any]) -> Signature:
    """Return the signature that :func:`signature_to_json` wrote; keys may come in any order."""
    weights = from_units({stem: float(weight) for stem, weight in state["weights"].items()}, 0).weights
    return Signature(date.fromisoformat(state["day"]), weights, frozenset(state["core"]))


def _link(event: Signature, number: EventId, other: Signature) -> Link | None:
    age = (event.day - other.day).days
    if not 0 <= age <= _DAYS:
        return None
    cosine = dot(event.weights, other.weights, FEEDS.guard) / (UNIT * UNIT)
    score = cosine * _FADE ** max(0, age - 1)
    named = bool(event.core & other.core)
    if score < (_TIED_BY_NAME if named else _TIED):
        return None
    return Link(number, score, Tie.SAME if score >= _SAME and named else Tie.PART)


def _top(sums: Mapping[str, float]) -> Weights:
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:_TERMS])
