"""Clusterer: the same reports give the same events, over restarts too; ids stay."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.cluster import Change, Clusterer, Merge, Move, cluster_file
from bot.events.idf import LaggedIdf, StaticIdf
from bot.events.report import Report
from bot.events.settings import FEEDS, LABELLED
from bot.model.events import EventId, ReportKey
from tests.events.samples import BANK, FERRY, START, report, world

ENGLISH = StaticIdf.load()
DRONES = "Drones struck an oil depot and set fuel tanks ablaze during the night, wounding four workers near the border."
NORTH, SOUTH = ("country/norland", "country/sudmark"), ("country/sudmark", "country/norland")


def clusterer() -> Clusterer:
    return Clusterer(ENGLISH, FEEDS)


def events_of(engine: Clusterer, reports: list[Report]) -> list[EventId | None]:
    return [engine.event_of(each.key) for each in reports]


def test_two_outlets_reports_of_one_thing_are_one_event() -> None:
    engine = clusterer()

    first = engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY))
    second = engine.add(report(2, "Seven drown as Marigold strikes reef", f"{FERRY} The captain was saved."))

    assert first == second == EventId(1)


def test_reports_of_different_things_are_events_of_their_own() -> None:
    engine = clusterer()

    assert engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY)) == EventId(1)
    assert engine.add(report(2, "Norland lowers interest rate", BANK)) == EventId(2)


def test_another_attacker_is_another_event() -> None:
    engine = clusterer()

    one = engine.add(report(1, "Norland drones hit Sudmark oil depot", DRONES, attack=[NORTH]))
    other = engine.add(report(2, "Sudmark drones hit Norland oil depot", DRONES, attack=[SOUTH]))
    same = engine.add(report(3, "Oil depot in Sudmark ablaze", DRONES, attack=[NORTH]))

    engine.consolidate(everything=True)
    assert one != other
    assert same == one
    assert engine.event_of(ReportKey(report(2, "").key.article)) == other


def test_report_that_tells_both_attacks_takes_no_side() -> None:
    engine = clusterer()
    engine.add(report(1, "Norland drones hit Sudmark oil depot", DRONES, attack=[NORTH]))

    assert engine.add(report(2, "Norland and Sudmark drones hit oil depots", DRONES, attack=[NORTH, SOUTH])) == EventId(
        1
    )


def test_nothing_joins_an_event_without_a_report_for_three_days() -> None:
    engine = clusterer()
    engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY))

    assert engine.add(report(2, "Ferry Marigold sinks off Gull Point", FERRY, hours=71)) == EventId(1)
    assert engine.add(report(3, "Ferry Marigold sinks off Gull Point", FERRY, hours=71 + 73)) == EventId(2)


def test_revised_report_stays_in_its_event() -> None:
    engine = clusterer()
    engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY))
    engine.add(report(2, "Norland lowers interest rate", BANK))

    assert engine.add(report(1, "Central bank lowers interest rate", BANK)) == EventId(1)
    assert engine.reports_of(EventId(1)) == (report(1, "").key,)
    assert engine.state_of(report(1, "").key)["vector"] != engine.state_of(report(2, "").key)["vector"]


def test_withdrawn_report_leaves_no_trace() -> None:
    engine = clusterer()
    engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY))

    engine.remove(report(1, "").key)
    engine.remove(report(1, "").key)

    assert engine.size == (0, 0)
    assert engine.add(report(2, "Ferry Marigold sinks off Gull Point", FERRY)) == EventId(2)


def test_evicted_events_leave_no_postings() -> None:
    engine = clusterer()
    for each in world(30, 300):
        engine.add(each)
        engine.consolidate()

    engine.evict(START + timedelta(hours=1000))

    assert engine.size == (0, 0)
    assert engine.states() == ()


def test_state_of_an_unknown_report_is_refused() -> None:
    with pytest.raises(KeyError):
        clusterer().state_of(report(1, "").key)


def test_merge_keeps_the_older_id() -> None:
    engine, changes = late_merge(pin=False)

    assert changes == (Merge(EventId(2), EventId(1)),)
    assert {engine.event_of(key) for key in keys(1, 2, 3)} == {EventId(1)}


def test_posted_event_survives_a_merge_though_it_is_younger() -> None:
    engine, changes = late_merge(pin=True)

    assert changes == (Merge(EventId(1), EventId(2)),)
    assert {engine.event_of(key) for key in keys(1, 2, 3)} == {EventId(2)}


def keys(*numbers: int) -> list[ReportKey]:
    return [report(number, "").key for number in numbers]


def late_merge(*, pin: bool) -> tuple[Clusterer, tuple[Change, ...]]:
    """Two events that turn out to be one only once both have been revised to say the same."""
    engine = clusterer()
    engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY))
    engine.add(report(2, "Norland lowers interest rate", BANK))
    if pin:
        engine.pin([EventId(2)])
    engine.add(report(2, "Ferry Marigold sinks off Gull Point", FERRY))
    engine.add(report(3, "Ferry Marigold sinks off Gull Point", f"{FERRY} The captain was saved."))
    return engine, engine.consolidate(everything=True)


def test_posted_events_are_never_merged_with_each_other() -> None:
    engine = clusterer()
    engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY))
    engine.add(report(2, "Norland lowers interest rate", BANK))
    engine.pin([EventId(1), EventId(2), EventId(77)])
    engine.add(report(2, "Ferry Marigold sinks off Gull Point", FERRY))

    assert engine.consolidate(everything=True) == ()
    assert events_of(engine, [report(1, ""), report(2, "")]) == [EventId(1), EventId(2)]


@given(seed=st.integers(0, 10_000), pinned=st.sets(st.integers(1, 12), max_size=4))
def test_pinned_events_keep_id_and_reports_whatever_comes(seed: int, pinned: set[int]) -> None:
    reports = world(6, 40, seed)
    engine = clusterer()
    for each in reports[:20]:
        engine.add(each)
    engine.pin(EventId(number) for number in pinned)
    before = {event: engine.reports_of(event) for event in engine.pinned}

    for each in reports[20:]:
        engine.add(each)
        changes = engine.consolidate()
        assert not any(change.old in before for change in changes if isinstance(change, Merge))

    for event, members in before.items():
        assert set(members) <= set(engine.reports_of(event))


@given(seed=st.integers(0, 10_000), cut=st.integers(0, 40), lagged=st.booleans())
def test_run_with_a_restart_is_the_run_without(seed: int, cut: int, lagged: bool) -> None:
    reports = world(7, 40, seed)

    assert run(reports, restart_at=cut, lagged=lagged) == run(reports, restart_at=None, lagged=lagged)


def run(reports: list[Report], *, restart_at: int | None, lagged: bool) -> tuple[Any, ...]:
    """Feed *reports*, consolidating after every seventh; go through JSON once before report number *restart_at*."""
    idf = LaggedIdf(ENGLISH) if lagged else ENGLISH
    engine = Clusterer(idf, FEEDS)
    log: list[Any] = []
    for number, each in enumerate(reports):
        if number == restart_at:
            engine = restarted(engine, idf)
        log.append(engine.add(each))
        if number % 7 == 6:
            log.extend(engine.consolidate())
            engine.pin(log[-1:] if isinstance(log[-1], int) else ())
            log.extend(engine.evict(each.at - timedelta(hours=20)))
    return (*log, *engine.consolidate(), *engine.states(), engine.marks())


def restarted(engine: Clusterer, idf: Any) -> Clusterer:
    """Take everything through JSON, keys sorted, as a database might give it back."""
    rows = [(event, json.loads(json.dumps(state, sort_keys=True))) for event, state in engine.states()]
    again = Clusterer(idf, FEEDS)
    if isinstance(idf, LaggedIdf):
        fresh = LaggedIdf(ENGLISH)
        fresh.restore(idf.days())
        again = Clusterer(fresh, FEEDS)
    again.restore(reversed(rows), json.loads(json.dumps(engine.marks())))
    again.pin(sorted(engine.pinned))
    return again


@given(seed=st.integers(0, 10_000))
def test_restart_right_after_consolidating_needs_no_marks(seed: int) -> None:
    reports = world(6, 40, seed)
    engine = clusterer()
    for each in reports[:20]:
        engine.add(each)
    engine.consolidate()
    again = Clusterer(ENGLISH, FEEDS, next_id=engine.marks()["next_id"])
    again.restore(engine.states(), None)

    for each in reports[20:]:
        assert again.add(each) == engine.add(each)
    assert again.consolidate() == engine.consolidate()


def test_restore_without_marks_gives_no_id_twice() -> None:
    engine = clusterer()
    engine.add(report(1, "Ferry Marigold sinks off Gull Point", FERRY))
    engine.add(report(2, "Norland lowers interest rate", BANK))

    again = clusterer()
    again.restore(engine.states(), None)

    assert again.add(report(3, "Chess champion retires", "The champion ends a long career at the board.")) == EventId(3)


@given(seed=st.integers(0, 10_000))
def test_redirects_lead_to_where_the_reports_are(seed: int) -> None:
    reports = world(5, 30, seed)
    engine = clusterer()
    stored: dict[ReportKey, EventId] = {}
    redirects: dict[EventId, EventId] = {}
    for each in reports:
        stored[each.key] = engine.add(each)
        for change in engine.consolidate():
            if isinstance(change, Merge):
                redirects[change.old] = change.into
            else:
                stored[change.report] = change.into

    for key, event in stored.items():
        current = event
        while current in redirects:
            current = redirects[current]
        assert engine.event_of(key) == current


def test_move_names_source_and_target() -> None:
    assert Move(report(1, "").key, EventId(1), EventId(2)) != Move(report(1, "").key, EventId(2), EventId(1))


def test_file_is_grouped_and_every_report_gets_an_event() -> None:
    reports = [
        report(1, "Ferry Marigold sinks off Gull Point", FERRY),
        report(2, "Norland lowers interest rate", BANK),
        report(3, "Seven drown as Marigold strikes reef", f"{FERRY} The captain was saved."),
        report(4, ""),
    ]

    found = cluster_file(reports)

    assert list(found) == [each.key for each in reports]
    assert found[reports[0].key] == found[reports[2].key]
    assert len({found[each.key] for each in reports}) == 3


def test_long_file_is_grouped_alike_whatever_the_run() -> None:
    reports = world(40, 600, hours=300)

    assert cluster_file(reports, settings=LABELLED) == cluster_file(reports, settings=LABELLED)


def test_empty_file_has_no_events() -> None:
    assert cluster_file([]) == {}
