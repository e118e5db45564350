"""FeedStore and OutletStore: one row and one fetch a feed, each in its turn."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.model.articles import Feed
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.feed_rows import shown_url
from bot.storage.feeds import FeedStore
from bot.storage.guild_log import By
from bot.storage.outlets import OutletStore
from bot.storage.subscriptions import SubscriptionStore
from tests.storage.samples import GUILD, NOON, USER, numbered

URL = "https://post.example/feed"
LEASE = timedelta(minutes=5)


async def due(database: Database, now: datetime = NOON) -> list[str]:
    return [feed.url for feed in await FeedStore(database).due(now, 99)]


async def kept(database: Database, *urls: str) -> list[Feed]:
    return [await FeedStore(database).add(url, "The Skerry Post", kept=True) for url in urls]


async def test_feed_is_stored_once_with_its_outlet(database: Database) -> None:
    store = FeedStore(database)

    first, second = await store.add(URL, "The Skerry Post"), await store.add(URL, "Another name")

    assert first == second == await store.find(URL) == await store.get(first.id)
    assert first.outlet.name == "The Skerry Post"
    assert (first.failures, first.disabled, first.next_poll_at) == (0, False, None)
    assert await store.find("https://else.example") is None
    assert await store.all() == (first,)


async def test_feed_of_nobody_is_not_read(database: Database) -> None:
    feed = await FeedStore(database).add(URL, "The Skerry Post")
    subscriptions = SubscriptionStore(database)

    assert await due(database) == []
    line = await subscriptions.add(GUILD, URL, "Post", by=By(USER, NOON))
    assert await due(database) == [URL]
    assert await FeedStore(database).guilds_of(feed.id) == (GUILD,)
    assert line is not None
    await subscriptions.remove(GUILD, line.id, by=By(USER, NOON))
    assert await due(database) == []
    await FeedStore(database).add(URL, "The Skerry Post", kept=True)
    assert await due(database) == [URL]


async def test_state_comes_back_and_decides_whose_turn_it_is(database: Database) -> None:
    store = FeedStore(database)
    one, two, three, four = await kept(database, *(f"{URL}/{n}" for n in range(4)))
    changed = replace(
        one, etag='"x"', modified="Mon", next_poll_at=NOON + timedelta(hours=1), interval_seconds=600, failures=2,
        code="timeout", failing_since=NOON, last_ok_at=NOON - timedelta(days=1),
    )  # fmt: skip

    await store.put(changed)
    await store.put(replace(two, next_poll_at=NOON - timedelta(hours=1)))
    await store.put(replace(three, disabled=True))

    assert await store.get(one.id) == changed
    assert await due(database) == [four.url, two.url]
    assert await due(database, NOON + timedelta(hours=1)) == [four.url, two.url, one.url]
    assert await store.failing() == (changed,)


async def test_claimed_feed_is_nobody_elses_until_it_is_put_or_the_lease_ends(database: Database) -> None:
    store = FeedStore(database)
    await kept(database, *(f"{URL}/{n}" for n in range(3)))

    first = await store.claim(NOON, 2, LEASE)

    assert [feed.url for feed in first] == [f"{URL}/0", f"{URL}/1"]
    assert [feed.url for feed in await store.claim(NOON, 9, LEASE)] == [f"{URL}/2"]
    await store.put(first[0])
    assert await due(database) == [f"{URL}/0"]
    assert len(await store.claim(NOON + LEASE, 9, LEASE)) == 3


async def test_many_workers_share_the_feeds(database: Database) -> None:
    store = FeedStore(database)
    await kept(database, *(f"{URL}/{n}" for n in range(12)))

    claims = await asyncio.gather(*(store.claim(NOON, 2, LEASE) for _ in range(8)))

    urls = [feed.url for claim in claims for feed in claim]
    assert len(urls) == len(set(urls)) == 12


async def test_move_is_dated_from_the_first_time_it_was_said(database: Database) -> None:
    store, (feed,) = FeedStore(database), await kept(database, URL)
    new, later = "https://post.example/new", NOON + timedelta(days=3)

    assert await store.note_move(feed.id, new, NOON) == NOON
    assert await store.note_move(feed.id, new, later) == NOON
    assert await store.note_move(feed.id, "https://else.example", later) == later
    assert await store.note_move(feed.id, None, later) is None
    assert await store.note_move(feed.id, new, later) == later


async def test_moved_feed_starts_anew_unless_the_address_is_taken(database: Database) -> None:
    store, (feed, other) = FeedStore(database), await kept(database, URL, f"{URL}/2")
    await store.put(replace(feed, etag='"x"', modified="Mon"))

    assert not await store.move(feed.id, other.url)
    assert await store.move(feed.id, "https://post.example/new")

    moved = await store.get(feed.id)
    assert moved is not None
    assert (moved.url, moved.etag, moved.modified) == ("https://post.example/new", None, None)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://post.example/feed", "https://post.example/feed"),
        ("https://me:secret@post.example:8443/feed?token=secret#secret", "https://post.example:8443/feed?…"),
        ("https://[broken/secret", "(unreadable address)"),
        ("https://post.example:secret/", "(unreadable address)"),
    ],
)
def test_shown_address_holds_no_secret(url: str, shown: str) -> None:
    assert shown_url(url) == shown


async def test_outlet_details_are_added_to_the_name(database: Database) -> None:
    store = OutletStore(database)
    await ArticleStore(database).put_many(numbered(2))

    put = await store.put("The Skerry Post", {"owner": "Wren Group", "country": "SK", "kind": "daily"})

    assert await store.find("the skerry POST") == put
    assert (put.owner, put.country, put.kind, put.url) == ("Wren Group", "SK", "daily", None)
    (article, _) = await ArticleStore(database).list_between()
    assert article.outlet == put
    assert await store.put("The Skerry Post") == put
    assert await store.find("Nobody") is None
    with pytest.raises(ValueError, match="colour"):
        await store.put("The Skerry Post", {"colour": "red"})


async def test_outlets_are_suggested_by_number_of_articles(database: Database) -> None:
    store = OutletStore(database)
    await store.put("Another Post")
    await ArticleStore(database).put_many(numbered(2))

    assert [outlet.name for outlet in await store.suggest("post", 9)] == ["The Skerry Post", "Another Post"]
    assert [outlet.name for outlet in await store.suggest("skerry", 9)] == ["The Skerry Post"]
    assert [outlet.name for outlet in await store.suggest("%", 9)] == []
    assert [outlet.name for outlet in await store.all()] == ["Another Post", "The Skerry Post"]
