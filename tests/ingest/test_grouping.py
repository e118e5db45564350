"""Grouping: neither the size of a batch nor a restart nor reading anew changes which events there are."""

import asyncio
import random
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.errors import StorageError
from bot.events.cluster import Clusterer
from bot.events.report import Report
from bot.events.settings import FEEDS
from bot.ingest.grouping import Grouping
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId, Draft
from bot.model.events import EventId, ReportKey
from bot.news.event_desk import EventDesk
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.storage.groupings import GroupingStore
from bot.storage.storylines import StorylineStore
from tests.events.samples import world
from tests.storage.samples import NOON, draft

READ = Analysis(version="1")
Told = tuple[dict[ReportKey, EventId], dict[EventId, EventId]]


def drafts(count: int, seed: int, *, hours: float = 48) -> list[Draft]:
    """So many drafts of a made-up world, in order of arrival; a few look older than they are."""
    dice = random.Random(seed)
    made = []
    for number, told in enumerate(world(8, count, seed, hours=hours)):
        late = timedelta(hours=dice.choice((0, 0, 0, 30)))
        one = draft(told.title, told.text, guid=f"w{number}", url=f"https://post.example/{number}")
        made.append(
            replace(one, outlet=told.outlet, first_seen=told.at, event_at=told.at - late, published=told.at - late)
        )
    return made


async def filled(path: Path, count: int, seed: int, *, hours: float = 48) -> Database:
    """A database with articles that are read and not yet grouped."""
    database = await Database(path).__aenter__()
    stored = await ArticleStore(database).put_many(drafts(count, seed, hours=hours))
    await AnalysisStore(database).put_many({one.id: READ for one in stored})
    return database


async def articles_of(database: Database) -> list[Article]:
    found = await ArticleStore(database).find([ArticleId(number) for number in range(1, 1000)])
    return [found[number] for number in sorted(found)]


async def opened(database: Database) -> Grouping:
    grouping = Grouping(database)
    await grouping.restore(NOON)
    return grouping


async def told(database: Database) -> Told:
    """Which event each report is in, and where every id leads."""
    events = EventStore(database)
    homes = await events.events_of([article.id for article in await articles_of(database)])
    last = await events.last_event()
    found = await events.find([EventId(number) for number in range(1, last + 1)])
    return homes, {asked: event.id for asked, event in found.items()}


async def run(path: Path, cuts: Sequence[int], *, seed: int, restart: bool, count: int = 80, hours: float = 48) -> Told:
    """Group a world's articles, saving at every one of *cuts*; with *restart* each batch has a process of its own."""
    database = await filled(path, count, seed, hours=hours)
    try:
        grouping, waiting, last = await opened(database), await articles_of(database), 0
        for cut in (*cuts, count):
            if restart:
                grouping = await opened(database)
            for article in waiting[last:cut]:
                grouping.add(article, READ)
            await grouping.save(NOON)
            last = cut
        return await told(database)
    finally:
        await database.__aexit__(None, None, None)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
async def test_events_do_not_depend_on_how_articles_are_batched(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    cuts = sorted(dice.sample(range(1, 80), 12))

    homes, _ = await run(tmp_path / "one.sqlite", [], seed=seed, restart=False, hours=200)
    cut, _ = await run(tmp_path / "many.sqlite", cuts, seed=seed, restart=False, hours=200)

    assert len(set(homes.values())) < len(homes)
    assert cut == homes


@pytest.mark.parametrize("seed", [3, pytest.param(4, marks=pytest.mark.slow)])
async def test_a_restart_between_any_two_batches_changes_nothing(tmp_path: Path, seed: int) -> None:
    cuts = sorted(random.Random(seed).sample(range(1, 80), 8))

    steady = await run(tmp_path / "steady.sqlite", cuts, seed=seed, restart=False, hours=200)
    restarted = await run(tmp_path / "restarted.sqlite", cuts, seed=seed, restart=True, hours=200)

    assert restarted == steady


async def test_a_save_that_fails_is_made_up_for_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuses(self: GroupingStore, *_: object, **__: object) -> None:
        raise StorageError("the disk is full")

    whole = await run(tmp_path / "whole.sqlite", [40], seed=5, restart=False)
    database = await filled(tmp_path / "failed.sqlite", 80, 5)
    grouping, waiting = await opened(database), await articles_of(database)
    for article in waiting[:40]:
        grouping.add(article, READ)
    with monkeypatch.context() as patch:
        patch.setattr(GroupingStore, "save", refuses)
        with pytest.raises(StorageError):
            await grouping.save(NOON)
    for article in waiting[40:]:
        grouping.add(article, READ)
    await grouping.save(NOON)

    assert (await told(database))[0] == whole[0]
    await database.__aexit__(None, None, None)


async def test_a_step_broken_off_in_its_thread_ends_there_and_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await filled(tmp_path / "whole.sqlite", 80, 5)
    broken = await filled(tmp_path / "broken.sqlite", 80, 5)
    steady, grouping, waiting = await opened(whole), await opened(broken), await articles_of(broken)
    inside, go_on, plain = threading.Event(), threading.Event(), Clusterer.add

    def held_up(engine: Clusterer, report: Report) -> EventId:
        if report.key.article == waiting[20].id:
            inside.set()
            go_on.wait(10)
        return plain(engine, report)

    for article in waiting[:40]:
        grouping.add(article, READ)
        steady.add(article, READ)
    await steady.save(NOON)
    with monkeypatch.context() as patch:
        patch.setattr(Clusterer, "add", held_up)
        step = asyncio.ensure_future(grouping.save(NOON))
        assert await asyncio.to_thread(inside.wait, 10)
        step.cancel()
        await asyncio.wait({step}, timeout=0.05)
        is_over_too_early = step.done()
        step.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await step
    for article in waiting[:40]:  # nothing was stored: they are found ungrouped
        grouping.add(article, READ)
    for each in (grouping, steady):
        for article in waiting[40:]:
            each.add(article, READ)
        await each.save(NOON)

    assert not is_over_too_early
    assert await told(broken) == await told(whole)
    first = NOON.date() - timedelta(days=90)
    assert await StorylineStore(broken).frequencies(first) == await StorylineStore(whole).frequencies(first)
    await broken.__aexit__(None, None, None)
    await whole.__aexit__(None, None, None)


async def test_what_waits_outlives_a_step_broken_off_before_it_was_grouped(tmp_path: Path) -> None:
    database = await filled(tmp_path / "news.sqlite", 30, 8)
    grouping, waiting = await opened(database), await articles_of(database)
    for article in waiting[:20]:
        grouping.add(article, READ)
    await grouping.save(NOON)
    grouping.withdraw(waiting[3])
    for article in waiting[20:]:
        grouping.add(article, READ)
    step = asyncio.ensure_future(grouping.save(NOON))
    await asyncio.sleep(0)  # it has the lock and asks the database
    step.cancel()
    with pytest.raises(asyncio.CancelledError):
        await step
    for article in waiting[20:]:
        grouping.add(article, READ)
    await grouping.save(NOON)

    states = await EventStore(database).states(NOON - timedelta(days=900))
    days = await StorylineStore(database).frequencies(NOON.date() - timedelta(days=900))

    assert [row.key.article for row in states if not row.state] == [waiting[3].id]
    assert len((await told(database))[0]) == 30
    assert sum(day.articles for day in days) == 30
    await database.__aexit__(None, None, None)


async def test_every_id_that_was_ever_stored_leads_to_an_event(tmp_path: Path) -> None:
    homes, leads = await run(tmp_path / "news.sqlite", range(5, 80, 5), seed=6, restart=False)

    assert set(homes.values()) == set(leads.values())


async def test_reading_anew_keeps_the_events_also_those_that_are_closed(tmp_path: Path) -> None:
    database = await filled(tmp_path / "news.sqlite", 60, 7, hours=400)
    grouping, waiting = await opened(database), await articles_of(database)
    for article in waiting:
        grouping.add(article, READ)
    await grouping.save(NOON)
    before = await told(database)

    again = await opened(database)
    newer = replace(READ, version="2")
    await AnalysisStore(database).put_many({article.id: newer for article in waiting})
    for article in reversed(waiting):
        again.add(article, newer)
    await again.save(NOON)

    after = await told(database)
    assert set(after[1].values()) <= set(before[1].values())
    assert len(set(after[0].values())) >= len(set(before[0].values())) - 2
    await database.__aexit__(None, None, None)


async def test_a_withdrawn_article_stays_out_after_a_restart(tmp_path: Path) -> None:
    database = await filled(tmp_path / "news.sqlite", 30, 8)
    grouping, waiting = await opened(database), await articles_of(database)
    for article in waiting:
        grouping.add(article, READ)
    await grouping.save(NOON)
    grouping.withdraw(waiting[3])
    await grouping.save(NOON)

    states = await EventStore(database).states(NOON - timedelta(days=900))

    assert [row.key.article for row in states if not row.state] == [waiting[3].id]
    await database.__aexit__(None, None, None)


async def pair_of_events(database: Database) -> tuple[EventId, EventId]:
    homes, _ = await told(database)
    first, second, *_ = sorted(set(homes.values()))
    return first, second


@pytest.mark.parametrize("restart", [False, True])
async def test_what_an_operator_merged_stays_merged_and_can_be_undone(tmp_path: Path, restart: bool) -> None:
    database = await filled(tmp_path / "news.sqlite", 80, 9)
    grouping, waiting = await opened(database), await articles_of(database)
    for article in waiting[:50]:
        grouping.add(article, READ)
    await grouping.save(NOON)
    desk = EventDesk(database, ManualClock(NOON))
    old, into = await pair_of_events(database)
    before, _ = await told(database)

    change = await desk.merge(old, into, by="kim")
    grouping = await opened(database) if restart else grouping
    await grouping.keep(NOON - timedelta(days=9))
    for article in waiting[50:]:
        grouping.add(article, READ)
    await grouping.save(NOON)
    merged, leads = await told(database)

    assert {merged[key] for key, event in before.items() if event in {old, into}} == {into}
    assert leads[old] == into
    assert (change.by, change.action, change.events) == ("kim", "merge", (old, into))

    await desk.undo(change.id)
    undone, leads = await told(database)
    assert {key for key, event in undone.items() if event == old} == {
        key for key, event in before.items() if event == old
    }
    assert leads[old] == old
    assert (await desk.changes())[0].undone_at == NOON
    await database.__aexit__(None, None, None)


@pytest.mark.parametrize("restart", [False, True])
async def test_what_an_operator_split_off_stays_apart_and_can_be_undone(tmp_path: Path, restart: bool) -> None:
    database = await filled(tmp_path / "news.sqlite", 80, 10)
    grouping, waiting = await opened(database), await articles_of(database)
    for one in waiting[:50]:
        grouping.add(one, READ)
    await grouping.save(NOON)
    before, _ = await told(database)
    event = max(set(before.values()), key=lambda one: (list(before.values()).count(one), -one))
    article = next(key.article for key, home in before.items() if home == event)
    desk = EventDesk(database, ManualClock(NOON))

    change = await desk.split(event, [article], by="kim")
    grouping = await opened(database) if restart else grouping
    await grouping.keep(NOON - timedelta(days=9))
    for one in waiting[50:]:
        grouping.add(one, READ)
    await grouping.save(NOON)
    after, _ = await told(database)

    made = change.events[1]
    assert after[ReportKey(article)] == made
    assert {after[key] for key, home in before.items() if home == event and key.article != article} == {event}

    await desk.undo(change.id)
    undone, leads = await told(database)
    assert undone[ReportKey(article)] == event
    assert leads[made] == event
    await database.__aexit__(None, None, None)


async def undone_then_more(path: Path, action: str, *, seed: int, hours: float, restart: bool, followed: bool) -> Told:
    """Group, let an operator change events and take that back, and group more; the change is *followed* in between."""
    database = await filled(path, 80, seed, hours=hours)
    try:
        grouping, waiting = await opened(database), await articles_of(database)
        for article in waiting[:41]:
            grouping.add(article, READ)
        await grouping.save(NOON)
        desk, (one, other) = EventDesk(database, ManualClock(NOON)), await pair_of_events(database)
        if action == "merge":
            change = await desk.merge(one, other, by="kim")
        else:
            found = await EventStore(database).find([one, other])
            event = max(found.values(), key=lambda each: len(each.articles))
            change = await desk.split(event.id, event.articles[:1], by="kim")
        if followed:
            await grouping.keep(NOON)
        await desk.undo(change.id)
        if restart:
            grouping = await opened(database)
        await grouping.keep(NOON)
        for article in waiting[41:]:
            grouping.add(article, READ)
        await grouping.save(NOON)
        return await told(database)
    finally:
        await database.__aexit__(None, None, None)


@pytest.mark.parametrize(
    ("action", "followed", "seed", "hours"),
    [("merge", True, 20, 48), ("split", True, 23, 48), ("split", False, 20, 400)],
)
async def test_a_change_taken_back_leaves_events_as_free_as_a_restart_does(
    tmp_path: Path, action: str, followed: bool, seed: int, hours: float
) -> None:

    paths = {restart: tmp_path / f"{restart}.sqlite" for restart in (False, True)}
    steady, restarted = [
        await undone_then_more(path, action, seed=seed, hours=hours, restart=restart, followed=followed)
        for restart, path in paths.items()
    ]

    assert steady == restarted


@pytest.mark.parametrize("seed", [35, 36])
async def test_an_event_put_back_in_order_is_called_what_grouping_called_it(tmp_path: Path, seed: int) -> None:
    database = await filled(tmp_path / "news.sqlite", 80, seed, hours=200)
    grouping = await opened(database)
    for article in await articles_of(database):
        grouping.add(article, READ)
    await grouping.save(NOON)
    events, desk = EventStore(database), EventDesk(database, ManualClock(NOON))
    numbers = sorted(set((await told(database))[0].values()))
    before = {event: found.title for event, found in (await events.find(numbers)).items()}

    for one, other in pairwise(numbers):
        await desk.undo((await desk.merge(one, other, by="kim")).id)
    after = {event: found.title for event, found in (await events.find(numbers)).items()}

    assert after == before
    await database.__aexit__(None, None, None)


async def test_new_rules_put_open_events_together_anew_but_for_those_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await filled(tmp_path / "news.sqlite", 80, 9)
    lonely = replace(FEEDS, join_margin=2.0, short_threshold=0.9, long_threshold=0.9)
    with monkeypatch.context() as patch:
        patch.setattr("bot.ingest.grouping.FEEDS", lonely)
        patch.setattr("bot.ingest.grouping.RULES_VERSION", "0")
        grouping = await opened(database)
        for article in await articles_of(database):
            grouping.add(article, READ)
        await grouping.save(NOON)
    apart, _ = await told(database)
    posted = [EventId(3), EventId(5)]
    kept = {key: event for key, event in apart.items() if event in posted}
    await EventStore(database).mark_posted(posted, NOON)

    await opened(database)
    together, leads = await told(database)
    await opened(database)
    again, _ = await told(database)

    assert len(set(together.values())) < len(set(apart.values()))
    assert {key: together[key] for key in kept} == kept
    assert set(apart.values()) <= set(leads)
    assert again == together
    await database.__aexit__(None, None, None)


def test_feeds_are_settled_at_a_fixed_count() -> None:
    assert 1 <= FEEDS.settle_every <= 20
