"""Group reports into events as they arrive; the ids stay."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final

from bot.events.consolidate import Change, Consolidation, Merge, Move
from bot.events.group import Group, Member
from bot.events.idf import Idf, StaticIdf
from bot.events.index import Index
from bot.events.likeness import Likeness
from bot.events.memory import member_from_json, member_to_json
from bot.events.report import Report
from bot.events.settings import LABELLED, ClusterSettings
from bot.events.vector import read_words, weigh
from bot.events.veto import one_way
from bot.model.events import EventId, ReportKey

__all__ = ["Change", "Clusterer", "Merge", "Move", "cluster_file"]

_FILE_BATCH: Final = 500


class Clusterer:
    """The events of the last days and the reports in them; knows no database.

    Everything is decided from the reports in their order of arrival: the same reports, pins and calls give the same
    ids, also over a restart that restores what :meth:`states` and :meth:`marks` returned and the state of *idf*.
    """

    def __init__(self, idf: Idf, settings: ClusterSettings, *, next_id: int = 1) -> None:
        """Start with no events; new ones count from *next_id*."""
        self._idf = idf
        self._settings = settings
        self._index = Index(settings)
        self._likeness = Likeness(settings)
        self._pinned: set[EventId] = set()
        self._fresh: set[Group] = set()
        self._next_id = EventId(next_id)
        self._next_order = 0
        self._settled_order = 0
        self._newest: datetime | None = None
        self._evicted: datetime | None = None

    def add(self, report: Report, now: datetime | None = None) -> EventId:
        """Put *report* into the event that it fits best, or into a new one, and return the event's id.

        *now* is when it arrived (None: ``report.at``); its UTC day decides what "earlier days" are. A report whose
        key is known is a revision: it replaces the old words and stays in its event. The cost does not grow with the
        number of events.
        """
        self._idf.advance((now or report.at).astimezone(UTC).date())
        self._newest = report.at if self._newest is None else max(self._newest, report.at)
        home = self._index.home(report.key)
        if home is not None:
            return self._revise(report, home)
        member = self._member(report, self._next_order)
        self._next_order += 1
        group = self._best(member) or self._index.open(self._new_id())
        self._index.put(group, member)
        self._fresh.add(group)
        return group.id

    def regroup(self, reports: Iterable[Report]) -> tuple[Change, ...]:
        """Put the known ones of *reports* together anew, as if they came again in their order of arrival.

        For changed rules. Pinned events keep their reports, others their id where one of their reports opens an event
        again. Words are not counted a second time. Return what merging and mending changed afterwards.
        """
        known = [(report, home) for report in reports if (home := self._index.home(report.key)) is not None]
        loose: list[tuple[Member, EventId]] = []
        for report, home in known:
            old = self._index.take(home, report.key)
            member = self._member(report, old.order, count=False)
            if home.id in self._pinned:
                self._index.put(home, member)
                continue
            loose.append((member, home.id))
            if not home:
                self._close(home)
        for member, event in sorted(loose, key=lambda pair: pair[0].order):
            group = self._best(member) or self._index.open(self._new_id() if event in self._index.groups else event)
            self._index.put(group, member)
        return self.consolidate(everything=True)

    def remove(self, report: ReportKey) -> None:
        """Forget a withdrawn report; nothing happens where it is not known."""
        home = self._index.home(report)
        if home is not None:
            self._index.take(home, report)
            if not home:
                self._close(home)

    @property
    def is_due(self) -> bool:
        """Tell whether to consolidate and evict now: after a fixed number of new reports.

        That depends neither on how many reports come at once nor on a clock.
        """
        return self._next_order - self._settled_order >= self._settings.settle_every

    def place(self, report: ReportKey, event: EventId) -> None:
        """Put a known report into *event*, opened where it is not: somebody said that it belongs there."""
        home = self._index.home(report)
        if home is None or home.id == event:
            return
        member = self._index.take(home, report)
        if not home:
            self._close(home)
        group = self._index.groups.get(event) or self._index.open(event)
        self._index.put(group, member)
        if self._is_fresh(group):
            self._fresh.add(group)
        self.skip_to(EventId(event + 1))

    def skip_to(self, event: EventId) -> None:
        """Give no new event a lower id than *event*: those below are taken."""
        self._next_id = max(self._next_id, event)

    def consolidate(self, *, everything: bool = False) -> tuple[Change, ...]:
        """Merge and mend the events that got reports since the last call; return what changed, in order.

        The older id survives a merge, but a pinned event always does, and its reports stay in it. With *everything*
        all events are looked at: for the end of a file. A report that leaves for an event of its own gets a new id.
        """
        fresh_order = 0 if everything else self._settled_order
        run = Consolidation(self._index, self._settings, self._pinned, self._next_id, fresh_order)
        run.run(list(self._index.groups.values()) if everything else self._fresh)
        self._next_id = run.next_id
        self._settled_order = self._next_order
        self._fresh.clear()
        return tuple(run.changes)

    def evict(self, before: datetime) -> tuple[EventId, ...]:
        """Close the events without a report since *before*, and return their ids, oldest first.

        Nothing joins them any more, and their reports are unknown here from now on.
        """
        self._evicted = before if self._evicted is None else max(self._evicted, before)
        old = self.old(before)
        for event in old:
            self._close(self._index.groups[event])
        return old

    def old(self, before: datetime) -> tuple[EventId, ...]:
        """Return the open events without a report since *before*, oldest first."""
        return tuple(sorted(group.id for group in self._index.groups.values() if group.last < before))

    def pin(self, events: Iterable[EventId]) -> None:
        """Let *events* (posted, or put in order by hand) and no others keep id and reports; unknown ids do nothing."""
        self._pinned = {event for event in events if event in self._index.groups}

    def event_of(self, report: ReportKey) -> EventId | None:
        """Return the event that the report is in, or None where it is not known (any more)."""
        home = self._index.home(report)
        return None if home is None else home.id

    def reports_of(self, event: EventId) -> tuple[ReportKey, ...]:
        """Return the reports of an open event in order of arrival; none where it is not open."""
        group = self._index.groups.get(event)
        return () if group is None else tuple(member.key for member in _in_order(group))

    @property
    def pinned(self) -> frozenset[EventId]:
        """Return the open events that keep their id and their reports."""
        return frozenset(self._pinned)

    @property
    def size(self) -> tuple[int, int]:
        """Return how many events are open and how many entries their index holds."""
        return len(self._index.groups), self._index.postings

    def state_of(self, report: ReportKey) -> dict[str, Any]:
        """Return what grouping remembers of a known report as JSON values; it does not change until the report does.

        Raises:
            KeyError: the report is not known.
        """
        home = self._index.home(report)
        if home is None:
            raise KeyError(report)
        return member_to_json(home.members[report])

    def states(self) -> tuple[tuple[EventId, dict[str, Any]], ...]:
        """Return every known report's event and state, in order of arrival."""
        rows = ((member, group.id) for group in self._index.groups.values() for member in group.members.values())
        return tuple((event, member_to_json(member)) for member, event in sorted(rows, key=lambda row: row[0].order))

    @property
    def oldest(self) -> datetime | None:
        """Return how long ago the open event without news for longest got its last report; None where none is open."""
        return min((group.last for group in self._index.groups.values()), default=None)

    @property
    def newest(self) -> datetime | None:
        """Return the time of the newest report so far, None before the first."""
        return self._newest

    @property
    def evicted(self) -> datetime | None:
        """Return the instant up to which events were closed, None before the first time."""
        return self._evicted

    def marks(self) -> dict[str, Any]:
        """Return the counters that belong to the states, as JSON values."""
        return {
            "next_id": self._next_id,
            "next_order": self._next_order,
            "settled_order": self._settled_order,
            "newest": None if self._newest is None else self._newest.isoformat(),
            "evicted": None if self._evicted is None else self._evicted.isoformat(),
        }

    def restore(self, states: Iterable[tuple[EventId, Mapping[str, Any]]], marks: Mapping[str, Any] | None) -> None:
        """Take over reports that an earlier run knew, in any order; pins are given anew with :meth:`pin`.

        *marks* None: the states were stored right after a :meth:`consolidate`, and the Clusterer was made with the
        next free id; ids of merged events are not among the states.
        """
        for event, state in states:
            member = member_from_json(state, self._settings)
            self._index.put(self._index.groups.get(event) or self._index.open(event), member)
            self._next_id = max(self._next_id, EventId(event + 1))
            self._next_order = max(self._next_order, member.order + 1)
            self._newest = member.at if self._newest is None else max(self._newest, member.at)
        self._settled_order = self._next_order
        if marks is not None:
            self._next_id = max(self._next_id, EventId(marks["next_id"]))
            self._next_order = max(self._next_order, marks["next_order"])
            self._settled_order = marks["settled_order"]
            self._newest = _instant(marks["newest"])
            self._evicted = _instant(marks["evicted"])
        self._fresh = {group for group in self._index.groups.values() if self._is_fresh(group)}

    def _best(self, member: Member) -> Group | None:
        best, score = None, self._settings.join_margin
        for group in self._index.near_report(member):
            fit = self._likeness.of_report(member, group)
            if fit > score or (best is None and fit == score):
                best, score = group, fit
        return best

    def _member(self, report: Report, order: int, *, count: bool = True) -> Member:
        words = read_words(report.title, report.text, self._settings)
        if count:
            self._idf.count(words.counts)
        vector = weigh(words, self._idf, self._settings)
        return Member(
            key=report.key,
            order=order,
            at=report.at,
            vector=vector,
            terms=tuple(islice(vector.weights, self._settings.query_terms)),
            attributes=report.attributes,
            attack=one_way(report.attack),
            has_text=bool(report.text),
        )

    def _revise(self, report: Report, home: Group) -> EventId:
        order = self._index.take(home, report.key).order
        self._index.put(home, self._member(report, order))
        return home.id

    def _close(self, group: Group) -> None:
        self._index.close(group)
        self._pinned.discard(group.id)
        self._fresh.discard(group)

    def _is_fresh(self, group: Group) -> bool:
        return any(member.order >= self._settled_order for member in group.members.values())

    def _new_id(self) -> EventId:
        event = self._next_id
        self._next_id = EventId(event + 1)
        return event


def cluster_file(
    reports: Iterable[Report], idf: Idf | None = None, settings: ClusterSettings = LABELLED
) -> dict[ReportKey, int]:
    """Group a file's reports in their order of arrival and return each one's event, numbered from 1.

    The same online code as on feeds, consolidated every 500 reports and at the end. A report without a time carries
    that of the one before it. *idf* None: the static weights.
    """
    clusterer = Clusterer(StaticIdf.load() if idf is None else idf, settings)
    events: dict[ReportKey, int] = {}
    moved: dict[int, int] = {}
    remaining = iter(reports)
    while batch := list(islice(remaining, _FILE_BATCH)):
        clusterer.evict(min(report.at for report in batch) - timedelta(hours=settings.window_hours))
        events |= {report.key: clusterer.add(report) for report in batch}
        _apply(clusterer.consolidate(), events, moved)
    _apply(clusterer.consolidate(everything=True), events, moved)
    return {key: _current(event, moved) for key, event in events.items()}


def _apply(changes: Iterable[Change], events: dict[ReportKey, int], moved: dict[int, int]) -> None:
    for change in changes:
        if isinstance(change, Merge):
            moved[change.old] = change.into
        else:
            events[change.report] = change.into


def _current(event: int, moved: Mapping[int, int]) -> int:
    while event in moved:
        event = moved[event]
    return event


def _in_order(group: Group) -> list[Member]:
    return sorted(group.members.values(), key=lambda member: member.order)


def _instant(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
