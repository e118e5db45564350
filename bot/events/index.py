"""Find the groups that a report could belong to without looking at all of them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from operator import itemgetter

from bot.events.group import Group, Member
from bot.events.settings import ClusterSettings
from bot.events.vector import heaviest
from bot.model.events import EventId, ReportKey


class Index:
    """All groups, with the heaviest stems of their members; what leaves a group leaves no trace here."""

    def __init__(self, settings: ClusterSettings) -> None:
        self._settings = settings
        self._window = timedelta(hours=settings.window_hours)
        self._postings: dict[str, set[Group]] = {}
        self._homes: dict[ReportKey, Group] = {}
        self.groups: dict[EventId, Group] = {}

    def home(self, report: ReportKey) -> Group | None:
        """Return the group that the report is in, or None."""
        return self._homes.get(report)

    def open(self, event: EventId) -> Group:
        """Return a new, empty group of that id."""
        group = self.groups[event] = Group(event)
        return group

    def put(self, group: Group, member: Member) -> None:
        """Add *member* to *group*."""
        group.put(member)
        self._homes[member.key] = group
        for stem in member.terms:
            if group.terms[stem] == 1:
                self._postings.setdefault(stem, set()).add(group)

    def take(self, group: Group, key: ReportKey) -> Member:
        """Remove and return the member of *group* with that key; an emptied group stays open."""
        member = group.take(key)
        del self._homes[key]
        for stem in member.terms:
            if not group.terms[stem]:
                self._unlist(stem, group)
        return member

    def close(self, group: Group) -> None:
        """Forget *group* and where its reports are."""
        for stem in group.terms:
            self._unlist(stem, group)
        for key in group.members:
            del self._homes[key]
        del self.groups[group.id]

    def rename(self, group: Group, event: EventId) -> None:
        """Give *group* another id, which no open group has."""
        del self.groups[group.id]
        group.id = event
        self.groups[event] = group

    def near_report(self, member: Member, besides: Group | None = None) -> list[Group]:
        """Return the groups that share most of the report's heaviest stems, best first, within the time window."""
        weights = member.vector.weights
        near = self._shared((stem, weights[stem]) for stem in member.terms)
        return self._ranked(near, lambda group: group is not besides and self._in_time(group, member.at, member.at))

    def near_group(self, group: Group) -> list[Group]:
        """Return the other groups that share most of the group's heaviest stems, likewise."""
        stems = heaviest(group.weights, self._settings.query_terms)
        near = self._shared((stem, group.weights[stem]) for stem in stems)
        return self._ranked(near, lambda other: other is not group and self._in_time(other, group.first, group.last))

    @property
    def postings(self) -> int:
        """Return how many entries the index holds: a measure of its size."""
        return sum(map(len, self._postings.values()))

    def _shared(self, query: Iterable[tuple[str, float]]) -> dict[Group, float]:
        shared: dict[Group, float] = {}
        longest = self._settings.longest_posting
        for stem, weight in query:
            posting = self._postings.get(stem)
            if posting and len(posting) <= longest:
                for group in posting:
                    shared[group] = shared.get(group, 0.0) + weight
        return shared

    def _ranked(self, shared: dict[Group, float], fits: Callable[[Group], bool]) -> list[Group]:
        """Return the best that fit; asks only the best of them, which matters where hundreds share a word."""
        wanted = self._settings.candidates
        near: list[tuple[float, EventId, Group]] = []
        for group, weight in sorted(shared.items(), key=itemgetter(1), reverse=True):
            # Equals come in no order of their own: all of them are looked at before ids decide.
            if len(near) >= wanted and -weight > near[-1][0]:
                break
            if fits(group):
                near.append((-weight, group.id, group))
        near.sort(key=itemgetter(0, 1))
        return [group for _, _, group in near[:wanted]]

    def _in_time(self, group: Group, first: datetime, last: datetime) -> bool:
        return first - self._window <= group.last and group.first <= last + self._window

    def _unlist(self, stem: str, group: Group) -> None:
        posting = self._postings.get(stem)
        if posting is not None:
            posting.discard(group)
            if not posting:
                del self._postings[stem]
