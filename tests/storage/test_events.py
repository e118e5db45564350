"""EventStore: a report is in one event, and no id that was ever given leads nowhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.analysis import ActorId
from bot.model.articles import ArticleId
from bot.model.events import Event, EventId, Reason, ReportKey
from bot.storage.actor_edits import ActorEditStore
from bot.storage.actors import ActorStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventFilter, EventStore
from bot.storage.storylines import StorylineStore
from tests.storage.samples import COUNCIL, DAY, HOLM, NOON, SKERRY, numbered

ONE, TWO, THREE = EventId(1), EventId(2), EventId(3)


async def reports(database: Database, count: int) -> list[ReportKey]:
    return [ReportKey(stored.id) for stored in await ArticleStore(database).put_many(numbered(count))]


def event(number: EventId, **changes: object) -> Event:
    described = Event(
        number, f"Event {number}", NOON, NOON + timedelta(hours=1), (), ("The Skerry Post", "Holm Herald"),
        (SKERRY.id, HOLM.id), 2.5, (Reason("2 outlets", 0.7),),
    )  # fmt: skip
    return replace(described, **changes)  # type: ignore[arg-type]


async def test_ids_are_never_given_twice(database: Database) -> None:
    store, (first, second, *_) = EventStore(database), await reports(database, 3)

    assert await store.last_event() == 0
    given = [await store.new_event(), await store.new_event(3), await store.new_event()]
    assert given == [1, 2, 5]
    await store.assign_many({first: (EventId(9), None), second: (EventId(7), None)}, at=NOON)
    assert await store.last_event() == 9
    await store.merge(EventId(9), EventId(7), at=NOON)
    assert await store.new_event() == 10


async def test_new_event_is_described_by_its_first_report(database: Database) -> None:
    store, keys = EventStore(database), await reports(database, 2)

    await store.assign_many(dict.fromkeys(keys, (ONE, None)), at=NOON)

    found = await store.get(ONE)
    assert found is not None
    assert (found.title, found.start, found.outlets) == ("Report 0 from the harbour", NOON, ("The Skerry Post",))
    assert found.reports == tuple(keys)


async def test_description_comes_back(database: Database) -> None:
    store, keys = EventStore(database), await reports(database, 2)
    await ActorStore(database).put([SKERRY, HOLM])
    storyline = await StorylineStore(database).new_storyline("The ferry", DAY, DAY)
    await store.assign_many(dict.fromkeys(keys, (ONE, None)), at=NOON)

    await store.put(event(ONE, storyline=storyline, actors=(HOLM.id, SKERRY.id, ActorId("person/unknown"))))

    assert await store.get(ONE) == event(ONE, storyline=storyline, reports=tuple(keys), actors=(HOLM.id, SKERRY.id))


async def test_description_of_an_unknown_event_makes_none(database: Database) -> None:
    await EventStore(database).put(event(EventId(404)))

    assert await EventStore(database).get(EventId(404)) is None


async def test_report_is_in_one_event_whatever_is_assigned(database: Database) -> None:
    store, (first, second) = EventStore(database), await reports(database, 2)
    await store.assign_many({first: (ONE, None), second: (ONE, None)}, at=NOON)

    await store.assign(second, TWO, {"why": "another place"}, at=NOON)

    assert await store.events_of([first.article, second.article]) == {first: ONE, second: TWO}


async def test_parts_of_a_roundup_are_reports_of_their_own(database: Database) -> None:
    store, (key,) = EventStore(database), await reports(database, 1)
    parts = [ReportKey(key.article, number) for number in (1, 2, 3)]

    await store.assign_many({part: (EventId(part.part), None) for part in parts}, at=NOON)

    assert await store.events_of([key.article]) == {part: part.part for part in parts}
    found = await store.get(TWO)
    assert found is not None
    assert found.articles == (key.article,)


async def test_event_that_loses_its_last_report_leads_to_where_that_went(database: Database) -> None:
    store, (first, second) = EventStore(database), await reports(database, 2)
    await store.assign_many({first: (ONE, None), second: (TWO, None)}, at=NOON)

    await store.assign(first, TWO, at=NOON)

    found = await store.get(ONE)
    assert found is not None
    assert (found.id, found.reports) == (TWO, (first, second))


async def test_report_of_an_unknown_article_is_left_out(database: Database) -> None:
    store, (first,) = EventStore(database), await reports(database, 1)

    await store.assign_many({first: (ONE, None), ReportKey(ArticleId(404)): (TWO, None)}, at=NOON)

    assert await store.get(TWO) is None


async def test_merged_events_lead_to_the_last_of_a_chain(database: Database) -> None:
    store, keys = EventStore(database), await reports(database, 3)
    await store.assign_many({key: (EventId(n), None) for n, key in enumerate(keys, 1)}, at=NOON)

    assert await store.merge(ONE, TWO, at=NOON)
    assert await store.merge(TWO, THREE, at=NOON)

    found = await store.find([ONE, TWO, THREE, EventId(404)])
    assert set(found) == {ONE, TWO, THREE}
    assert {one.id for one in found.values()} == {THREE}
    assert found[ONE].reports == tuple(keys)
    assert not await store.merge(ONE, THREE, at=NOON)


async def test_report_assigned_to_a_merged_event_goes_where_that_went(database: Database) -> None:
    store, (first, second, third) = EventStore(database), await reports(database, 3)
    await store.assign_many({first: (ONE, None), second: (TWO, None)}, at=NOON)
    await store.merge(ONE, TWO, at=NOON)

    await store.assign(third, ONE, at=NOON)

    assert (await store.events_of([third.article]))[third] == TWO


async def test_event_that_readers_were_told_is_never_merged_away(database: Database) -> None:
    store, (first, second) = EventStore(database), await reports(database, 2)
    await store.assign_many({first: (ONE, None), second: (TWO, None)}, at=NOON)
    await store.mark_posted([ONE], NOON)

    assert not await store.merge(ONE, TWO, at=NOON)
    assert await store.merge(TWO, ONE, at=NOON)
    assert await store.posted(NOON) == {ONE}
    assert await store.posted(NOON + timedelta(days=1)) == frozenset()


async def test_states_of_open_events_come_back_whole_and_in_order_of_arrival(database: Database) -> None:
    store, keys = EventStore(database), await reports(database, 4)
    homes = (TWO, ONE, ONE, ONE)
    await store.assign_many({key: (homes[n], {"terms": ["ferry", n]}) for n, key in enumerate(keys)}, at=NOON)

    states = await store.states(NOON + timedelta(minutes=2))

    assert [(state.key, state.event, state.at, state.state) for state in states] == [
        (keys[n], ONE, NOON + timedelta(minutes=n), {"terms": ["ferry", n]}) for n in (1, 2, 3)
    ]


async def listed(database: Database, **wanted: object) -> list[int]:
    page = await EventStore(database).list_events(EventFilter(**wanted))  # type: ignore[arg-type]
    assert page.total == len(page.rows)
    return [found.id for found in page.rows]


async def several(database: Database) -> EventStore:
    store, keys = EventStore(database), await reports(database, 4)
    await ActorStore(database).put([SKERRY, HOLM, COUNCIL])
    await store.assign_many({key: (EventId(n), None) for n, key in enumerate(keys, 1)}, at=NOON)
    hour = timedelta(hours=1)
    await store.put_many(
        [
            event(ONE, importance=1.0, actors=(SKERRY.id,)),
            event(TWO, importance=3.0, outlets=("The Skerry Post",), actors=()),
            event(THREE, importance=2.0, start=NOON + 5 * hour, end=NOON + 9 * hour, actors=(COUNCIL.id,)),
            event(EventId(4), importance=2.0, title="Storm “Enna”: 100% of_ferries stopped", actors=()),
        ]
    )
    return store


async def test_list_is_ordered_by_importance_and_filtered(database: Database) -> None:
    await several(database)
    hour = timedelta(hours=1)

    assert await listed(database) == [2, 3, 4, 1]
    assert await listed(database, min_outlets=2) == [3, 4, 1]
    assert await listed(database, since=NOON + 2 * hour) == [3]
    assert await listed(database, since=NOON + 6 * hour, until=NOON + 7 * hour) == [3]
    assert await listed(database, until=NOON + 2 * hour) == [2, 4, 1]
    assert await listed(database, actor=SKERRY.id) == [1]
    await ActorEditStore(database).merge(COUNCIL.id, SKERRY.id, by="test", at=NOON)
    assert await listed(database, actor=COUNCIL.id) == [3, 1]


async def test_pages_of_events_follow_each_other(database: Database) -> None:
    store = await several(database)

    pages = [await store.list_events(limit=3, offset=offset) for offset in (0, 3)]

    assert [[found.id for found in page.rows] for page in pages] == [[2, 3, 4], [1]]
    assert [(page.total, page.has_more) for page in pages] == [(4, True), (4, False)]


@pytest.mark.parametrize(
    ("typed", "found"), [("storm", [4]), ("event", [2, 3, 1]), ("100%", [4]), ("%", [4]), ("_", [4]), ("fog", [])]
)
async def test_suggestions_hold_what_was_typed(database: Database, typed: str, found: list[int]) -> None:
    store = await several(database)

    assert [one.id for one in await store.suggest(typed, 9)] == found


async def test_suggestions_may_be_limited_to_recent_events(database: Database) -> None:
    store = await several(database)

    assert [one.id for one in await store.suggest("", 9, since=NOON + timedelta(hours=2))] == [3]
    assert [one.id for one in await store.suggest("", 2)] == [2, 3]
