"""Newsroom: the world's feeds change with the clock, over a real socket."""

from datetime import UTC, datetime

import aiohttp

from bot.clock import ManualClock
from bot.sandbox.newsroom import Newsroom
from bot.sandbox.world import load_world

MORNING = datetime(2026, 3, 3, 7, tzinfo=UTC)


async def read(session: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, str, str]:
    async with session.get(url, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers.get("ETag", "")


async def test_a_feed_shows_only_what_has_been_seen_by_then() -> None:
    clock = ManualClock(datetime(2026, 3, 2, 7, tzinfo=UTC))
    async with Newsroom(load_world(), clock) as newsroom, aiohttp.ClientSession() as session:
        url = newsroom.feeds["KBH News"]
        _, early, _ = await read(session, url)
        clock.set(MORNING)
        _, later, _ = await read(session, url)

    assert "kbh-1133" not in early
    assert "2.1 million" in later


async def test_a_revised_item_replaces_its_first_version() -> None:
    clock = ManualClock(datetime(2026, 3, 3, 10, tzinfo=UTC))
    async with Newsroom(load_world(), clock) as newsroom, aiohttp.ClientSession() as session:
        _, text, _ = await read(session, newsroom.feeds["KBH News"])

    assert "1.2 million children" in text
    assert "2.1 million children" not in text


async def test_an_unchanged_feed_answers_not_modified() -> None:
    async with Newsroom(load_world(), ManualClock(MORNING)) as newsroom, aiohttp.ClientSession() as session:
        url = newsroom.feeds["Tidewire"]
        status, _, etag = await read(session, url)
        again, _, _ = await read(session, url, **{"If-None-Match": etag})

    assert (status, again) == (200, 304)


async def test_all_three_formats_are_served_and_an_unknown_outlet_is_not() -> None:
    async with Newsroom(load_world(), ManualClock(MORNING)) as newsroom, aiohttp.ClientSession() as session:
        begins = {name: (await read(session, url))[1][:60] for name, url in newsroom.feeds.items()}
        missing, _, _ = await read(session, f"http://127.0.0.1:{newsroom.port}/nobody/feed")

    assert "<?xml" in begins["Tidewire"]
    assert '{"version": "https://jsonfeed.org' in begins["KBH News"]
    assert missing == 404
    assert len(begins) == 8
