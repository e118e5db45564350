"""Facts that keep look-alikes apart: another person, place or number costs a little, swapped roles rule it out."""

from collections.abc import Iterable, Mapping

from bot.events.attributes import Attribute
from bot.events.group import Group, Member
from bot.events.report import Attack
from bot.events.settings import ClusterSettings
from bot.model.events import ReportKey


class Facts:
    """Weighs facts that both sides know: a clash counts against, an agreement on some kinds counts for."""

    def __init__(self, settings: ClusterSettings) -> None:
        scale = settings.clash_scale
        rows = (
            (kind, scale * settings.clash_weights.get(kind, 0.0), scale * settings.shared_bonuses.get(kind, 0.0))
            for kind in Attribute
        )
        self._kinds = tuple(row for row in rows if row[1] or row[2])

    def of_report(self, member: Member, group: Group) -> float:
        """Return what the facts of *member* add to its likeness to *group*; mostly negative."""
        total = 0.0
        for kind, clash, bonus in self._kinds:
            values, known = member.attributes[kind], group.known[kind]
            if values and known:
                counts = group.counts[kind]
                share = max(counts[value] for value in values) / known
                total += (bonus * share - clash * (1 - share)) * known / len(group)
        return total

    def of_groups(self, one: Group, other: Group) -> float:
        """Return what the facts of two groups add to their likeness."""
        total = 0.0
        for kind, clash, bonus in self._kinds:
            known = one.known[kind] * other.known[kind]
            if known:
                share = min(1.0, _most_shared(one.counts[kind], other.counts[kind]) / known)
                total += (bonus * share - clash * (1 - share)) * known / (len(one) * len(other))
        return total


def swapped(one: Iterable[Attack], other: Mapping[Attack, int]) -> bool:
    """Tell whether more of *other* says that the attacked attacks than that the attacker does.

    *one* may be a report's attacks or a counter of a group's: then each counts as often as it was seen.
    """
    counts = one if isinstance(one, Mapping) else dict.fromkeys(one, 1)
    same = sum(seen * other.get(pair, 0) for pair, seen in counts.items())
    turned = sum(seen * other.get((patient, agent), 0) for (agent, patient), seen in counts.items())
    return turned > same


def share_a_round_up(one: Iterable[ReportKey], other: Iterable[ReportKey]) -> bool:
    """Tell whether both hold bullets of one round-up: its writer told them apart, so they are two events."""
    articles = {key.article for key in one if key.part}
    return bool(articles) and any(key.part and key.article in articles for key in other)


def one_way(attacks: frozenset[Attack]) -> frozenset[Attack]:
    """Return *attacks* without those told in both directions: a round-up of a war takes no side's turn."""
    return frozenset((agent, patient) for agent, patient in attacks if (patient, agent) not in attacks)


def _most_shared(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    if len(one) > len(other):
        one, other = other, one
    return max((seen * other.get(value, 0) for value, seen in one.items()), default=0)
