"""Servers of others are treated as we would be treated: one fetch for all, few at once, moves believed late."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.feeds.fetch import Fetcher
from bot.feeds.parsed import ParsedFeed
from bot.ingest.intake import FeedIntake, Tally
from bot.storage.database import Database
from bot.storage.feeds import FeedStore
from bot.storage.guild_log import By
from bot.storage.subscriptions import SubscriptionStore
from tests.feeds.servers import FEED, Handler, Request, answer, redirect, serve
from tests.ingest.test_not_news_twice import Reader

ONE_DAY = timedelta(days=1)


async def polled(intake: FeedIntake, times: int = 1) -> list[str]:
    return [report.code or report.outcome for _ in range(times) for report in await intake.poll_due(Tally())]


def intake_over(database: Database, fetcher: Fetcher, clock: ManualClock) -> FeedIntake:
    return FeedIntake(database, fetcher, Reader(), clock)  # type: ignore[arg-type] # parses in this process


async def test_one_fetch_however_many_servers_subscribe(sqlite: Database, clock: ManualClock) -> None:
    async with serve(answer(FEED)) as server, Fetcher(server.rules(), clock) as fetcher:
        intake = intake_over(sqlite, fetcher, clock)
        for guild in range(1, 301):
            await SubscriptionStore(sqlite).add(guild, server.url(), "Post", by=By(None, clock.now()))

        codes = await polled(intake, 4)

        assert codes == ["ok"]
        assert len(server.requests) == 1


async def test_a_host_with_many_feeds_is_asked_two_things_at_once(sqlite: Database, clock: ManualClock) -> None:
    async def slowly(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.01)
        await answer(FEED)(request, writer)

    async with serve(slowly) as server, Fetcher(server.rules(), clock) as fetcher:
        for number in range(40):
            await FeedStore(sqlite).add(server.url(f"/{number}"), "Post", kept=True)

        await polled(intake_over(sqlite, fetcher, clock))

        assert len(server.requests) == 40
        assert server.most_running <= 2


async def test_a_move_for_good_is_believed_after_a_week_of_the_same(sqlite: Database, clock: ManualClock) -> None:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        await (answer(FEED) if request.path == "/new" else redirect("/new", "301 Moved"))(request, writer)

    async with serve(handle) as server, Fetcher(server.rules(), clock) as fetcher:
        feed = await FeedStore(sqlite).add(server.url("/old"), "Post", kept=True)
        urls = []
        for _ in range(10):
            await polled(intake_over(sqlite, fetcher, clock))
            found = await FeedStore(sqlite).get(feed.id)
            assert found is not None
            urls.append(found.url)
            clock.set(clock.now() + ONE_DAY)

        assert urls[:7] == [server.url("/old")] * 7
        assert urls[-1] == server.url("/new")


@pytest.mark.parametrize(
    "move", [redirect("http://10.0.0.1/feed", "301 Moved"), redirect("http://localhost/feed", "308 Moved")]
)
async def test_a_move_into_a_private_network_is_never_believed(
    sqlite: Database, clock: ManualClock, move: Handler
) -> None:
    async with serve(move) as server, Fetcher(server.rules(), clock) as fetcher:
        feed = await FeedStore(sqlite).add(server.url("/old"), "Post", kept=True)
        codes = []
        for _ in range(12):
            codes += await polled(intake_over(sqlite, fetcher, clock))
            clock.set(clock.now() + ONE_DAY)
        found = await FeedStore(sqlite).get(feed.id)

    assert set(codes) == {"blocked_address"}
    assert found is not None
    assert found.url == server.url("/old")


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("7200", 7200, 7900), ("31536000", 86400, 86400), ("-5e999", 300, 1100), ("soon", 300, 1100)],
)
async def test_what_a_server_asks_for_is_done_within_bounds(
    sqlite: Database, clock: ManualClock, said: str, least: float, most: float
) -> None:
    async with serve(answer(FEED, "429 Slow", retry_after=said)) as server, Fetcher(server.rules(), clock) as fetcher:
        feed = await FeedStore(sqlite).add(server.url(), "Post", kept=True)

        assert await polled(intake_over(sqlite, fetcher, clock)) == ["rate_limited"]

    found = await FeedStore(sqlite).get(feed.id)
    assert found is not None
    assert found.next_poll_at is not None
    assert least <= (found.next_poll_at - clock.now()).total_seconds() <= most


async def test_large_feeds_are_held_two_at_a_time(sqlite: Database, clock: ManualClock) -> None:
    held = most = 0

    class Counting(Reader):
        async def parse(self, body: bytes, content_type: str | None, url: str) -> ParsedFeed:
            nonlocal held, most
            held += 1
            most = max(most, held)
            await asyncio.sleep(0.02)
            held -= 1
            return ParsedFeed("T", None, None, ())

    large = FEED + b"<!--" + b"x" * (2 << 20) + b"-->"
    async with serve(answer(large)) as server, Fetcher(server.rules(per_host=16), clock) as fetcher:
        for number in range(10):
            await FeedStore(sqlite).add(server.url(f"/{number}"), "Post", kept=True)
        intake = FeedIntake(sqlite, fetcher, Counting(), clock)  # type: ignore[arg-type] # parses in this process

        assert await polled(intake) == ["ok"] * 10

    assert most <= 2
