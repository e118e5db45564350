"""Feeds are fetched while articles are read: texts that hold the language model up make no feed wait."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.app.machinery import Machinery, open_machinery
from bot.clock import ManualClock
from bot.settings import Settings
from bot.storage.articles import ArticleStore
from bot.storage.events import EventStore
from bot.storage.feeds import FeedStore
from tests.feeds.servers import Request, Server, answer, serve

ITEM = "<item><title>Bridge {0} of Holm opens</title><description>Bridge {0} opened on Monday.</description></item>"


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Feeds of three stories each."""

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        number = int(request.path.removeprefix("/"))
        items = "".join(ITEM.format(10 * number + one) for one in range(3))
        body = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"
        await answer(body.encode(), content_type="text/xml")(request, writer)

    async with serve(handle) as opened:
        yield opened


@pytest.fixture
async def machinery(local_settings: Settings, clock: ManualClock, server: Server) -> AsyncIterator[Machinery]:
    feeds = local_settings.feeds.model_copy(update={"allow_ports": (server.port,)})
    async with open_machinery(local_settings.model_copy(update={"feeds": feeds}), clock) as opened:
        yield opened


@contextmanager
def model_held_up(machinery: Machinery) -> Iterator[None]:
    """Let the process with the language model stand still."""
    (child,) = machinery.line._understanding._worker._children
    os.kill(child._process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if child._process.returncode is None:
            os.kill(child._process.pid, signal.SIGCONT)


async def add(machinery: Machinery, server: Server, number: int) -> None:
    await FeedStore(machinery.database).add(server.url(f"/{number}"), f"Post {number}", kept=True)


async def unread(machinery: Machinery) -> int:
    return await ArticleStore(machinery.database).count_unread(100)


async def test_a_feed_is_fetched_while_the_model_is_held_up(machinery: Machinery, server: Server) -> None:
    await add(machinery, server, 1)
    first = await machinery.line.fetch()
    with model_held_up(machinery):
        reading = asyncio.ensure_future(machinery.line.read())
        await add(machinery, server, 2)
        second = await machinery.line.fetch()
        waiting, was_done, was_reading = await unread(machinery), reading.done(), machinery.line.is_reading
    done = await reading
    rest = await machinery.line.read()
    last = await machinery.line.read()

    assert (first.new, second.new) == (3, 3)
    assert (waiting, was_done, was_reading) == (6, False, True)
    assert done >= 3
    assert done + rest == 6
    assert (last, machinery.line.has_more, machinery.line.is_reading) == (0, False, False)
    assert (await machinery.news.events()).total > 0


async def test_fetching_pauses_while_too_much_waits_to_be_read(
    machinery: Machinery, server: Server, clock: ManualClock
) -> None:
    await add(machinery, server, 1)
    await machinery.line.fetch(most_waiting=2)
    await add(machinery, server, 2)
    clock.set(clock.now() + timedelta(days=1))

    paused = await machinery.line.fetch(most_waiting=2)
    asked = len(server.requests)
    while await machinery.line.read():
        pass
    resumed = await machinery.line.fetch(most_waiting=2)

    assert (paused.feeds, asked) == ((), 1)
    assert {feed.url for feed in resumed.feeds} == {server.url("/1"), server.url("/2")}


async def test_a_batch_that_was_broken_off_is_followed_by_smaller_ones(machinery: Machinery, server: Server) -> None:
    for number in range(1, 4):
        await add(machinery, server, number)
    await machinery.line.fetch()

    with model_held_up(machinery), pytest.raises(TimeoutError):
        await asyncio.wait_for(machinery.line.read(), 0.5)
    counts = [await machinery.line.read() for _ in range(4)]

    assert counts == [2, 4, 3, 0]


async def test_a_withdrawal_that_came_in_a_round_that_was_broken_off_is_followed(
    local_settings: Settings, clock: ManualClock
) -> None:
    title, is_slow = "Bridge of Holm opens", False

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.path == "/later" and is_slow:
            await asyncio.sleep(30)
        item = (
            f"<item><guid>b1</guid><title>{title}</title><description>The bridge opened on Monday.</description></item>"
        )
        await answer(f"<rss version='2.0'><channel><title>Post</title>{item}</channel></rss>".encode())(request, writer)

    async with serve(handle) as server:
        feeds = local_settings.feeds.model_copy(update={"allow_ports": (server.port,)})
        async with open_machinery(local_settings.model_copy(update={"feeds": feeds}), clock) as machinery:
            for name in ("post", "later"):
                await FeedStore(machinery.database).add(server.url(f"/{name}"), name.capitalize(), kept=True)
            await machinery.line.fetch()
            while await machinery.line.read():
                pass
            title, is_slow = f"Withdrawn: {title}", True
            clock.set(clock.now() + timedelta(days=1))
            round_ = asyncio.ensure_future(machinery.line.fetch())
            articles = ArticleStore(machinery.database)
            since = clock.now() - timedelta(days=2)
            while not await articles.withdrawn_since(since) and not round_.done():  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.01)
            round_.cancel()
            with pytest.raises(asyncio.CancelledError):
                await round_
            await machinery.line.read()
            gone = await articles.withdrawn_since(since)
            states = await EventStore(machinery.database).states(clock.now() - timedelta(days=900))

    assert [row.key.article for row in states if not row.state] == list(gone)
