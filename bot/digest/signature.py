"""The words that an event is known by, and how alike two events are by them."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import Final

from bot.digest.account import Account
from bot.digest.story import Story
from bot.events.idf import Idf, StaticIdf
from bot.events.tokens import stem

CORE_SIZE: Final = 14
CORE_HEAVIEST: Final = 9  # a sentence that holds these covers the event
AGREEMENT: Final = 1.5  # above 1: what one outlet alone leads with is its colour rather than the story
_MOST: Final = 8.0  # a slip of the pen is the rarest word of all and must not outweigh the story's own
_SMOOTHING: Final = 30  # reports that every window is thought to hold besides its own

Core = Mapping[str, float]
"""An event's heaviest lemmas with their weights, heaviest first."""


@dataclass(frozen=True)
class Rarity:
    """How telling a lemma is: rare in English, and rare among the window's reports."""

    counts: Mapping[str, int]
    reports: int
    static: Idf

    @classmethod
    def among(cls, accounts: Iterable[Account]) -> "Rarity":
        """Count the lemmas of titles and first sentences; linear in them."""
        counts: Counter[str] = Counter()
        reports = 0
        for account in accounts:
            counts.update(account.lead_lemmas)
            reports += 1
        return cls(counts, reports, StaticIdf.load())

    def weight(self, lemma: str) -> float:
        """Return the weight of *lemma*, between 0 and 8."""
        here = math.log((self.reports + _SMOOTHING) / (self.counts.get(lemma, 0) + 1))
        return max(0.0, min(self.static.weight(stem(lemma)), _MOST, 2 * here))


def core_of(story: Story, rarity: Rarity) -> Core:
    """Return the lemmas that the story is known by.

    A lemma weighs by the share of the story's outlets that have it in a title or first sentence, and by its rarity.
    """
    by_lemma: dict[str, set[str]] = {}
    for account in story.fresh:
        for lemma in account.lead_lemmas:
            by_lemma.setdefault(lemma, set()).add(account.outlet)
    outlets = len(story.outlets)
    weights = {lemma: (len(named) / outlets) ** AGREEMENT * rarity.weight(lemma) for lemma, named in by_lemma.items()}
    return heaviest(weights)


def heaviest(weights: Mapping[str, float], size: int = CORE_SIZE) -> Core:
    """Return the *size* heaviest entries, heaviest first; equal ones in alphabetical order."""
    return dict(sorted(weights.items(), key=lambda entry: (-entry[1], entry[0]))[:size])


def coverage(lemmas: Collection[str], core: Core) -> float:
    """Return how much of the event the words *lemmas* tell: 0 nothing, 1 as much as nine words can."""
    most = fsum(sorted(core.values(), reverse=True)[:CORE_HEAVIEST])
    return fsum(weight for lemma, weight in core.items() if lemma in lemmas) / most if most else 0.0


def cohesion(story: Story, rarity: Rarity) -> float:
    """Return how alike the two most similar reports of different outlets are, 0 to 1; 1 where there is one outlet.

    By title and first sentence, or by title and three sentences, whichever is more. Quadratic in the reports: meant
    for stories of few.
    """
    pairs = [(one, other) for one, other in combinations(story.fresh, 2) if one.outlet != other.outlet]
    cores = ((_opening(one, size, rarity), _opening(other, size, rarity)) for one, other in pairs for size in (1, 3))
    return max((alike(*pair) for pair in cores), default=1.0)


def _opening(account: Account, size: int, rarity: Rarity) -> Core:
    lemmas = account.title_lemmas.union(*(sentence.lemmas for sentence in account.sentences[:size]))
    return {lemma: rarity.weight(lemma) for lemma in lemmas}


def alike(one: Core, other: Core) -> float:
    """Return the cosine of two cores, between 0 and 1."""
    # exact sums: the order of a set of words must not decide between two equal stories
    shared = fsum(weight * other[lemma] for lemma, weight in one.items() if lemma in other)
    lengths = fsum(weight**2 for weight in one.values()) * fsum(weight**2 for weight in other.values())
    return shared / math.sqrt(lengths) if lengths else 0.0
