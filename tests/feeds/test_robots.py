"""What sites ask of robots is kept to: refusals, pauses, missing and unreachable files, one fetch a day."""

from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.feeds.fetch import Fetcher
from bot.feeds.robots import Robots, Wish
from tests.feeds.servers import Handler, answer, serve

RULES = b"User-agent: needtoknow\nDisallow: /private/\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n"
DENIED = Wish(allowed=False, pause=1.0)


async def wishes(handler: Handler, clock: ManualClock, *paths: str, agent: str = "needtoknow/0.1 (bot)") -> list[Wish]:
    async with serve(handler) as server, Fetcher(server.rules(), clock) as fetcher:
        robots = Robots(fetcher, clock, agent)
        return [await robots.wish(server.url(path)) for path in paths]


async def test_a_site_says_what_the_bot_may_fetch_and_how_fast(clock: ManualClock) -> None:
    assert await wishes(answer(RULES), clock, "/news/1", "/private/1") == [Wish(True, 7.0), Wish(False, 7.0)]
    assert [wish.allowed for wish in await wishes(answer(RULES), clock, "/news/1", agent="another/1")] == [False]


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
async def test_a_site_without_rules_allows_everything(clock: ManualClock, status: str) -> None:
    assert await wishes(answer(b"", status), clock, "/news/1") == [Wish(True, 1.0)]


@pytest.mark.parametrize("status", ["500 Oops", "503 Later", "429 Slower"])
async def test_a_site_whose_rules_cannot_be_had_is_left_alone(clock: ManualClock, status: str) -> None:
    assert await wishes(answer(b"", status), clock, "/news/1") == [DENIED]


async def test_an_absurd_pause_is_bounded_and_an_endless_file_cut(clock: ManualClock) -> None:
    slow = b"User-agent: *\nCrawl-delay: 99999\n" + b"# nothing\n" * 60_000 + b"User-agent: *\nDisallow: /\n"

    assert await wishes(answer(slow), clock, "/news/1") == [Wish(True, 30.0)]


async def test_rules_are_fetched_once_a_day(clock: ManualClock) -> None:
    async with serve(answer(RULES)) as server, Fetcher(server.rules(), clock) as fetcher:
        robots = Robots(fetcher, clock, "needtoknow")
        for _ in range(3):
            await robots.wish(server.url("/a"))
        assert len(server.requests) == 1
        clock.set(clock.now() + timedelta(days=1))
        await robots.wish(server.url("/a"))

        assert [request.path for request in server.requests] == ["/robots.txt"] * 2
