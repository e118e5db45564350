"""A group of reports as sums, so that adding, removing and merging cost the same however large it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeVar

from bot.events.attributes import Attribute
from bot.events.report import Attack
from bot.events.vector import Vector, Weights
from bot.model.events import EventId, ReportKey

_Value = TypeVar("_Value")
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Member:
    """What grouping keeps of a report. ``order`` counts arrivals; ``has_text``: there is more than a title."""

    key: ReportKey
    order: int
    at: datetime
    vector: Vector
    terms: tuple[str, ...]
    attributes: Mapping[Attribute, frozenset[str]]
    attack: frozenset[Attack]
    has_text: bool


class Group:
    """The sums over an event's members; ``first`` and ``last`` are the times of the earliest and latest.

    Exact: what :meth:`take` leaves is as if the member had never come.
    """

    __slots__ = (
        "attacks", "counts", "first", "id", "known", "last", "members", "terms", "texts", "version", "weights", "words",
    )  # fmt: skip

    def __init__(self, event: EventId) -> None:
        self.id = event
        self.members: dict[ReportKey, Member] = {}
        self.weights: Weights = {}
        self.words = 0
        self.texts = 0
        self.counts: dict[Attribute, Counter[str]] = {}
        self.known: Counter[Attribute] = Counter()
        self.attacks: Counter[Attack] = Counter()
        self.terms: Counter[str] = Counter()
        self.version = 0
        self.first = _NEVER
        self.last = _LONG_AGO

    def __len__(self) -> int:
        return len(self.members)

    def __bool__(self) -> bool:
        return bool(self.members)

    @property
    def mean_words(self) -> float:
        """Return the mean number of content words of its members."""
        return self.words / len(self.members)

    def put(self, member: Member) -> None:
        """Add *member*; constant cost.

        Raises:
            ValueError: a member of that key is in the group.
        """
        if member.key in self.members:
            raise ValueError(f"report {member.key} is already in event {self.id}")
        self.members[member.key] = member
        self.first = min(self.first, member.at)
        self.last = max(self.last, member.at)
        self._count(member, 1)

    def take(self, key: ReportKey) -> Member:
        """Remove and return a member; linear in the group's size where it was the first or last, else constant.

        Raises:
            KeyError: no such member.
        """
        member = self.members.pop(key)
        self._count(member, -1)
        if member.at in (self.first, self.last):
            self.first = min((each.at for each in self.members.values()), default=_NEVER)
            self.last = max((each.at for each in self.members.values()), default=_LONG_AGO)
        return member

    def _count(self, member: Member, sign: int) -> None:
        self.version += 1
        self.words += sign * member.vector.words
        self.texts += sign * member.has_text
        _add(self.weights, member.vector.weights, sign)
        _tally(self.terms, member.terms, sign)
        _tally(self.attacks, member.attack, sign)
        for kind, values in member.attributes.items():
            if values:
                self.known[kind] += sign
                _tally(self.counts.setdefault(kind, Counter()), values, sign)


def _add(sums: Weights, weights: Mapping[str, float], sign: int) -> None:
    for stem, weight in weights.items():
        total = sums.get(stem, 0.0) + sign * weight
        if total:
            sums[stem] = total
        else:
            del sums[stem]


def _tally(counts: Counter[_Value], values: Iterable[_Value], sign: int) -> None:
    for value in values:
        total = counts[value] + sign
        if total:
            counts[value] = total
        else:
            del counts[value]
