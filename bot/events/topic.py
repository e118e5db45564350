"""What an event is about and where it takes place, by the table ``config/topics.toml``."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from bot.errors import ConfigError
from bot.events.report import Report
from bot.events.tokens import tokens

Term = tuple[str, ...]
"""The stems of one word, or of two that stand together."""

_TABLE: Final = "topics.toml"
_CITIES: Final = "actors/cities.toml"
_FIELDS: Final = frozenset({"name", "sure", "words", "actors", "kinds"})
_LEAD_CHARACTERS: Final = 400
_SURE: Final = 2
_NEEDED: Final = 2
_SHARE: Final = 0.4
_MOST: Final = 4
# A report that names a place in passing says less of the event than one that says "in" it.
_PLACE_SHARE: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: ``key`` is its name in commands and storage, ``name`` is for people; ``terms`` have their weights.

    ``actors`` are actor ids, or beginnings of ids that end with a slash.
    """

    key: str
    name: str
    terms: Mapping[Term, int]
    actors: frozenset[str]
    kinds: frozenset[str]


@cache
def topics() -> Mapping[str, Topic]:
    """Return the topics of ``config/topics.toml`` by their keys, in its order; read once a process.

    Raises:
        ConfigError: a topic has no name or a field that is not known.
    """
    return read_topics(tomllib.loads(files("config").joinpath(_TABLE).read_text("utf-8")))


def read_topics(table: Mapping[str, Any]) -> dict[str, Topic]:
    """Return the topics of a parsed table.

    Raises:
        ConfigError: a topic has no name or a field that is not known.
    """
    return {key: _topic(key, row) for key, row in table.get("topic", {}).items()}


def topics_of(reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the keys of what the event of *reports* is about, what most of them are about first; 4 at most.

    Depends on the set of reports alone, not on their order. Linear in their beginnings; empty without reports.
    """
    each = [_about(report) for report in reports]
    counts = Counter(key for found in each for key in found)
    order = list(topics())
    kept = [key for key, count in counts.items() if count >= _SHARE * len(each)]
    return tuple(sorted(kept, key=lambda key: (-counts[key], order.index(key)))[:_MOST])


def place_of(reports: Iterable[Report]) -> str | None:
    """Return the place that most reports put the event in, as they name it, or None where fewer than a third agree.

    Of each report the first two places count that it says something happened in; the first one more. Equals go to
    the place that was named first in time.
    """
    ordered = sorted(reports, key=lambda report: (report.at, report.key.article, report.key.part))
    weights: dict[str, int] = {}
    for report in ordered:
        for number, name in enumerate(report.scenes[:2]):
            weights[name] = weights.get(name, 0) + 2 - number
    best = max(weights, key=lambda name: weights[name], default=None)
    return best if best is not None and weights[best] >= 2 * _PLACE_SHARE * len(ordered) else None


def _about(report: Report) -> frozenset[str]:
    terms = _terms(_stems(report.title)) | _terms(_stems(report.text[:_LEAD_CHARACTERS]))
    actors = _with_towns(report)
    return frozenset(key for key, topic in topics().items() if _score(topic, terms, report, actors) >= _NEEDED)


def _score(topic: Topic, terms: frozenset[Term], report: Report, actors: frozenset[str]) -> int:
    if report.kind in topic.kinds or any(_is_of(actor, topic.actors) for actor in actors):
        return _SURE
    return sum(topic.terms.get(term, 0) for term in terms)


def _is_of(actor: str, actors: frozenset[str]) -> bool:
    return actor in actors or f"{actor.partition('/')[0]}/" in actors


def _with_towns(report: Report) -> frozenset[str]:
    """Return the actors at the head of a report, with the countries of the towns that it puts something in."""
    towns = _towns()
    return frozenset([*report.countries, *(towns[scene] for scene in report.scenes[:2] if scene in towns)])


@cache
def _towns() -> Mapping[str, str]:
    rows = tomllib.loads(files("config").joinpath(_CITIES).read_text("utf-8"))["city"].values()
    return {row["name"]: row["country"] for row in rows if "country" in row}


def _stems(text: str) -> list[str]:
    return [token.stem for token in tokens(text)]


def _terms(stems: Sequence[str]) -> frozenset[Term]:
    return frozenset([*((stem,) for stem in stems), *pairwise(stems)])


def _topic(key: str, row: Mapping[str, Any]) -> Topic:
    unknown = set(row) - _FIELDS
    if unknown or "name" not in row:
        what = f"the field “{min(unknown)}”" if unknown else "no name"
        raise ConfigError(f"{_TABLE}: the topic “{key}” has {what}. Known are {', '.join(sorted(_FIELDS))}.")
    terms = {tuple(_stems(word)): 1 for word in row.get("words", ())}
    terms |= {tuple(_stems(word)): _SURE for word in row.get("sure", ())}
    return Topic(key, row["name"], terms, frozenset(row.get("actors", ())), frozenset(row.get("kinds", ())))
