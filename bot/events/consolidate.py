"""Mend what deciding in order of arrival got wrong: merge groups that fit, move reports that fit elsewhere better."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from bot.events.group import Group, Member
from bot.events.index import Index
from bot.events.likeness import Likeness
from bot.events.settings import ClusterSettings
from bot.model.events import EventId, ReportKey


@dataclass(frozen=True, slots=True)
class Merge:
    """Event ``old`` is now part of ``into``: write a redirect."""

    old: EventId
    into: EventId


@dataclass(frozen=True, slots=True)
class Move:
    """One report went from one event to another; ``into`` may be a new event."""

    report: ReportKey
    source: EventId
    into: EventId


Change = Merge | Move


class Consolidation:
    """One run over an index. Pinned events neither vanish nor lose reports; others may still join them."""

    def __init__(
        self, index: Index, settings: ClusterSettings, pinned: Collection[EventId], next_id: EventId, fresh_order: int
    ) -> None:
        """Prepare a run; reports from *fresh_order* on are new, and new events count from *next_id*."""
        self._index = index
        self._fresh_order = fresh_order
        self._settings = settings
        self._likeness = Likeness(settings)
        self._pinned = pinned
        self.next_id = next_id
        self.changes: list[Change] = []

    def merge_all(self, groups: Iterable[Group]) -> set[Group]:
        """Merge pairs of which at least one is in *groups* while they fit, best first; return what came of it."""
        merged: set[Group] = set()
        heap: list[tuple[float, EventId, int, EventId, int]] = []
        for group in groups:
            heap += self._pairs(group)
        heapify(heap)
        while heap:
            _, one_id, one_version, other_id, other_version = heappop(heap)
            one, other = self._index.groups.get(one_id), self._index.groups.get(other_id)
            # A pair whose groups changed since it was scored was scored anew if it still is one.
            if one and other and (one.version, other.version) == (one_version, other_version):
                group = self._merge(one, other)
                merged.add(group)
                for pair in self._pairs(group):
                    heappush(heap, pair)
        return self._open(merged)

    def run(self, groups: Iterable[Group]) -> None:
        """Merge *groups* with what is near, move their reports, and merge again what that changed."""
        groups = set(groups)
        changed = self.reassign(self._open(self.merge_all(groups) | groups))
        self.merge_all(changed)

    def reassign(self, groups: Iterable[Group]) -> set[Group]:
        """Move reports of *groups* to where they fit better, or out; return the groups that changed.

        All reports of small groups, of large ones those that are new.
        """
        changed: set[Group] = set()
        members = [(member, group) for group in groups for member in self._movable(group)]
        for member, group in sorted(members, key=lambda pair: pair[0].order):
            # A merge on the way may have taken the report elsewhere.
            if member.key in group.members and self._index.groups.get(group.id) is group:
                changed |= self._reassign(member, group)
        return self._open(changed)

    def _open(self, groups: Iterable[Group]) -> set[Group]:
        return {group for group in groups if self._index.groups.get(group.id) is group}

    def _movable(self, group: Group) -> list[Member]:
        if group.id in self._pinned:
            return []
        small = len(group) <= self._settings.settled_reports
        return [member for member in group.members.values() if small or member.order >= self._fresh_order]

    def _reassign(self, member: Member, own: Group) -> set[Group]:
        near = self._index.near_report(member, own)
        if len(own) == 1:
            best = self._best(member, near, self._settings.move_gain)
            return {self._merge(own, best)} if best is not None else set()
        self._index.take(own, member.key)
        stays = self._likeness.of_report(member, own)
        best = self._best(member, near, stays + self._settings.move_gain)
        if best is None and stays < self._settings.eject_below:
            best = self._index.open(self._new_id())
        self._index.put(own if best is None else best, member)
        if best is None:
            return set()
        self.changes.append(Move(member.key, own.id, best.id))
        return {own, best}

    def _best(self, member: Member, near: Iterable[Group], above: float) -> Group | None:
        best, score = None, above
        for group in near:
            fit = self._likeness.of_report(member, group)
            if fit > score:
                best, score = group, fit
        return best

    def _pairs(self, group: Group) -> Iterable[tuple[float, EventId, int, EventId, int]]:
        for other in self._index.near_group(group):
            if not (group.id in self._pinned and other.id in self._pinned):
                score = self._likeness.of_groups(group, other)
                if score >= 0:
                    yield (-score, group.id, group.version, other.id, other.version)

    def _merge(self, one: Group, other: Group) -> Group:
        """Merge two groups of which at most one is pinned; the pinned id survives, else the older."""
        survivor = min(one.id, other.id, key=lambda event: (event not in self._pinned, event))
        large, small = (one, other) if len(one) >= len(other) else (other, one)
        gone = other.id if survivor == one.id else one.id
        self._index.close(small)
        for member in small.members.values():
            self._index.put(large, member)
        # Above both, so that no pair scored under either id still looks fresh.
        large.version += small.version
        if large.id != survivor:
            self._index.rename(large, survivor)
        self.changes.append(Merge(gone, survivor))
        return large

    def _new_id(self) -> EventId:
        event = self.next_id
        self.next_id = EventId(event + 1)
        return event
