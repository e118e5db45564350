"""A report as weighted stems, and how alike two such vectors are."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

from bot.events.idf import Idf
from bot.events.settings import ClusterSettings
from bot.events.tokens import tokens

# Weights are whole numbers in floats, 16,384 to a unit. Sums of them are exact whatever their order, so that a report
# taken out leaves nothing behind and a cluster rebuilt after a restart is the same to the last bit.
UNIT: Final = 16_384.0

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Vector:
    """A report's heaviest stems, heaviest first, with unit length (:data:`UNIT`); ``words`` counts content words."""

    weights: Mapping[str, float]
    words: int


@dataclass(frozen=True, slots=True)
class Words:
    """A report's content words: how often each stem stands there, and how prominent it is at its best."""

    counts: Counter[str]
    boosts: Mapping[str, float]


def read_words(title: str, text: str, settings: ClusterSettings) -> Words:
    """Count the words of a report; names and the words of its beginning are prominent. Linear in its length."""
    counts: Counter[str] = Counter()
    boosts: dict[str, float] = {}
    for token in tokens(f"{title}\n{text}" if title else text):
        boost = settings.capital_boost if token.capital else 1.0
        if token.offset < settings.lead_characters:
            boost *= settings.lead_boost
        counts[token.stem] += 1
        boosts[token.stem] = max(boost, boosts.get(token.stem, 1.0))
    return Words(counts, boosts)


def weigh(words: Words, idf: Idf, settings: ClusterSettings) -> Vector:
    """Weigh *words*: rare, repeated and prominent ones weigh more."""
    raw = {
        stem: (1 + math.log(count)) * min(idf.weight(stem), settings.rarest) * words.boosts[stem]
        for stem, count in words.counts.items()
    }
    return from_units(unit_length(_heaviest(raw, settings.terms)), words.counts.total())


def from_units(weights: Mapping[str, float], words: int) -> Vector:
    """Return a vector of weights that are already whole :data:`UNIT` parts, in the one canonical order."""
    return Vector(_heaviest(weights, len(weights)), words)


def unit_length(weights: Mapping[str, float]) -> Weights:
    """Return *weights* scaled to length 1 in whole :data:`UNIT` parts; what rounds to nothing is dropped."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    if length == 0:
        return {}
    scaled = ((stem, float(round(weight * UNIT / length))) for stem, weight in weights.items())
    return {stem: weight for stem, weight in scaled if weight}


def heaviest(weights: Mapping[str, float], count: int) -> list[str]:
    """Return the *count* heaviest stems, heaviest first; equal ones in alphabetical order."""
    return list(_heaviest(weights, count))


def dot(one: Mapping[str, float], other: Mapping[str, float], guard: float = 0.0) -> float:
    """Return the sum of products over the stems that both have, in units squared.

    With a *guard* no single stem may give more than ``1 - guard`` of the sum: what exceeds it is cut.
    """
    if len(one) > len(other):
        one, other = other, one
    get = other.get
    total = top = 0.0
    for stem, weight in one.items():
        product = weight * get(stem, 0.0)
        if product:
            total += product
            if product > top:
                top = product
    if guard and total - top < guard * total:
        return (total - top) / guard
    return total


def _heaviest(weights: Mapping[str, float], count: int) -> Weights:
    return dict(nsmallest(count, weights.items(), key=lambda item: (-item[1], item[0])))
