"""Intake: what odd feeds repeat is stored once, what they throw together is kept apart."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.intake import Outcome
from tests.storage.samples import NOON, draft, numbered

NEW, REVISED, DUPLICATE = Outcome.NEW, Outcome.REVISED, Outcome.DUPLICATE


@pytest.mark.parametrize("with_urls", [True, False])
@pytest.mark.parametrize("at_once", [True, False])
async def test_one_guid_for_fifty_stories_keeps_fifty(database: Database, with_urls: bool, at_once: bool) -> None:
    store = ArticleStore(database)
    drafts = [replace(one, guid="same", url=one.url if with_urls else None) for one in numbered(50)]
    if at_once:
        drafts = [replace(one, first_seen=NOON) for one in drafts]

    first = await store.put_many(drafts) if at_once else [await store.put(one) for one in drafts]
    again = await store.put_many(drafts)

    assert [one.outcome for one in first] == [NEW] * 50
    assert [one.outcome for one in again] == [DUPLICATE] * 50


async def test_one_link_for_fifty_stories_of_one_fetch_keeps_fifty(database: Database) -> None:
    drafts = [replace(one, guid=None, url="https://post.example/news", first_seen=NOON) for one in numbered(50)]

    stored = await ArticleStore(database).put_many(drafts)

    assert [one.outcome for one in stored] == [NEW] * 50


async def test_guid_and_query_that_change_at_each_fetch_bring_nothing_new(database: Database) -> None:
    store = ArticleStore(database)
    outcomes = []

    for fetch in range(5):
        drafts = [
            replace(
                one,
                guid=f"{one.guid}?{fetch}",
                url=f"{one.url}?session={fetch}",
                first_seen=one.first_seen + timedelta(hours=fetch),
                event_at=one.event_at + timedelta(days=9 * fetch),
            )
            for one in numbered(10)
        ]
        outcomes.append({stored.outcome for stored in await store.put_many(drafts)})

    assert outcomes == [{NEW}, *[{DUPLICATE}] * 4]


@pytest.mark.parametrize(
    "url",
    [
        "http://www.post.example/news/ferry/",
        "https://post.example/news/ferry/amp#top",
        "https://m.post.example/news/ferry",
    ],
)
async def test_other_forms_of_the_address_bring_nothing_new(database: Database, url: str) -> None:
    store = ArticleStore(database)
    await store.put(draft(guid=None))

    assert (await store.put(draft(guid=None, url=url))).outcome is DUPLICATE
    assert (await store.put(draft("Ferry sails", "Rewritten.", guid=None, url=url))).outcome is REVISED


async def test_dates_that_move_bring_nothing_new(database: Database) -> None:
    store = ArticleStore(database)
    first = await store.put(draft())
    later = NOON + timedelta(days=1)

    moved = await store.put(draft(published=later, event_at=later, first_seen=later))

    assert moved.outcome is DUPLICATE
    assert (await store.find([first.id]))[first.id].event_at == NOON


async def test_entries_without_guid_link_and_date_are_told_apart_by_their_words(database: Database) -> None:
    store = ArticleStore(database)
    drafts = [replace(one, guid=None, url=None, published=None) for one in numbered(20)]

    first, second = await store.put_many(drafts), await store.put_many(drafts)

    assert len({one.id for one in first}) == 20
    assert {one.outcome for one in second} == {DUPLICATE}


async def test_same_words_of_two_outlets_are_two_articles(database: Database) -> None:
    stored = await ArticleStore(database).put_many([draft(), draft(outlet="Holm Herald")])

    assert [one.outcome for one in stored] == [NEW, NEW]
