"""Pages of articles, over real sockets: the whole text becomes a revision that is no news; every failure is a value."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.feeds.fetch import Fetcher
from bot.feeds.page_child import read_page
from bot.feeds.parse import FeedParser
from bot.feeds.process import PAGE_CHILD
from bot.feeds.robots import Robots
from bot.ingest.full_text import FullText, PageReading
from bot.ingest.intake import FeedIntake, Tally
from bot.model.articles import Article
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.feeds import FeedStore
from tests.feeds.servers import Handler, Request, Server, answer, redirect, serve

SUMMARY = "Four people died when Skelling Bridge in Arvania collapsed on Tuesday, the police said."
MORE = [
    f"Pillar {number} had been inspected in the spring, and the town of Port Calder has asked for the papers."
    for number in range(8)
]
PAGE = (
    "<!doctype html><html lang='en-GB'><head><title>Bridge</title></head><body><nav><a href='/'>Home</a></nav>"
    f"<article><h1>Skelling Bridge collapses</h1><p>{SUMMARY}</p>{''.join(f'<p>{line}</p>' for line in MORE)}</article>"
    "<footer>All rights reserved</footer></body></html>"
).encode()
WALL = PAGE.replace(b"</article>", b"<p>Subscribe to continue reading this story.</p></article>")
PAID = PAGE.replace(b"</head>", b'<script type="application/ld+json">{"isAccessibleForFree": false}</script></head>')
WRONG = PAGE.replace(SUMMARY.encode(), b"A goat in a hat has won many hearts in the hills of Tolmark this week.")
FRENCH = PAGE.replace(b"en-GB", b"fr")
HUGE = PAGE.replace(b"</article>", b"<p>And so on.</p>" * 700_000 + b"</article>")


@dataclass
class Site:
    """A site with a feed and pages, and the intake that reads it."""

    server: Server
    database: Database
    clock: ManualClock
    intake: FeedIntake
    pages: FullText
    pauses: list[float] = field(default_factory=list)

    async def poll(self) -> list[str | None]:
        """Fetch the feed and the pages that follow from it; return what was in the way of each page."""
        feed = await FeedStore(self.database).find(self.server.url())
        assert feed is not None
        await self.intake.fetch_now([feed.url], Tally(), lambda _done, _all: None)
        return [report.why for report in await self.pages.run()]

    async def article(self) -> Article:
        (article,) = await ArticleStore(self.database).list_between()
        return article


@asynccontextmanager
async def site(
    database: Database, clock: ManualClock, pages: Mapping[str, Handler], *, wanted: bool = True, items: int = 1
) -> AsyncIterator[Site]:
    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.path == "/feed":
            await answer(_feed(server, clock, items))(request, writer)
        else:
            await pages.get(request.path, answer(b"", "404 Not Found"))(request, writer)

    async with (
        serve(handle) as server,
        Fetcher(server.rules(), clock) as fetcher,
        FeedParser(children=1) as feeds,
        FeedParser(children=1, child=PAGE_CHILD) as parser,
    ):
        pauses: list[float] = []

        async def sleep(seconds: float) -> None:
            pauses.append(seconds)

        reading = PageReading(fetcher, parser, Robots(fetcher, clock, "needtoknow/1"))
        urls = [server.url()] if wanted else []
        full = FullText(database, reading, clock, wanted=urls, sleep=sleep)
        await FeedStore(database).add(server.url(), "Harbour Post", kept=True)
        yield Site(server, database, clock, FeedIntake(database, fetcher, feeds, clock, pages=full), full, pauses)


def _feed(server: Server, clock: ManualClock, items: int) -> bytes:
    at = (clock.now() - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    rows = "".join(
        f"<item><title>Skelling Bridge collapses{' again' * number}</title><link>{server.url(f'/news/{number}')}</link>"
        f"<guid>g{number}</guid><pubDate>{at}</pubDate><description>{SUMMARY}</description></item>"
        for number in range(items)
    )
    return f"<rss version='2.0'><channel><title>T</title>{rows}</channel></rss>".encode()


async def test_the_whole_text_becomes_a_revision_that_is_no_news(sqlite: Database, clock: ManualClock) -> None:
    async with site(sqlite, clock, {"/news/0": answer(PAGE, content_type="text/html")}) as ours:
        assert await ours.poll() == [None]
        article = await ours.article()
        assert await ours.poll() == []
        again = await ours.article()

    assert article.text.startswith(SUMMARY)
    assert MORE[-1] in article.text
    assert "Home" not in article.text
    assert article.revision == 2
    assert article.event_at == clock.now() - timedelta(hours=1)
    assert again == article
    assert [request.path for request in ours.server.requests] == ["/feed", "/robots.txt", "/news/0", "/feed"]


async def test_no_page_is_fetched_that_the_operator_did_not_ask_for(sqlite: Database, clock: ManualClock) -> None:
    async with site(sqlite, clock, {"/news/0": answer(PAGE)}, wanted=False) as ours:
        assert await ours.poll() == []

    assert [request.path for request in ours.server.requests] == ["/feed"]


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ({"/robots.txt": answer(b"User-agent: *\nDisallow: /news/"), "/news/0": answer(PAGE)}, "robots.txt"),
        ({"/robots.txt": answer(b"", "503 Later"), "/news/0": answer(PAGE)}, "robots.txt"),
        (
            {
                "/robots.txt": answer(b"User-agent: *\nDisallow: /inner/"),
                "/news/0": redirect("/inner/0"),
                "/inner/0": answer(PAGE),
            },
            "robots.txt",
        ),
        ({"/news/0": answer(WALL)}, "login"),
        ({"/news/0": answer(PAID)}, "subscribers"),
        ({"/news/0": answer(b"", "401 Unauthorized")}, "status 401"),
        ({"/news/0": answer(WRONG)}, "something else"),
        ({"/news/0": answer(FRENCH)}, "another language"),
        ({"/news/0": answer(HUGE)}, "larger than 8 MiB"),
        ({"/news/0": answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)}, ""),
        ({"/news/0": redirect("http://10.0.0.1/news")}, "not on the public internet"),
        ({}, "status 404"),
    ],
    ids=[
        "robots", "robots away", "robots after a redirect", "login wall", "paid", "401", "wrong page", "language",
        "huge", "picture", "private network", "gone",
    ],
)  # fmt: skip
async def test_whatever_is_in_the_way_leaves_the_feeds_text(
    sqlite: Database, clock: ManualClock, pages: dict[str, Handler], why: str
) -> None:
    async with site(sqlite, clock, pages) as ours:
        (said,) = await ours.poll()
        article = await ours.article()

    assert said is not None
    assert why in said
    assert (article.text, article.revision) == (SUMMARY, 1)


async def test_a_host_is_asked_for_five_pages_a_round_with_pauses(sqlite: Database, clock: ManualClock) -> None:
    pages = {f"/news/{number}": answer(PAGE) for number in range(7)}
    async with site(sqlite, clock, pages | {"/robots.txt": answer(b"User-agent: *\nCrawl-delay: 3")}, items=7) as ours:
        first = await ours.poll()
        second = await ours.pages.run()

    assert [len(first), len(second)] == [5, 2]
    assert ours.pauses == [3.0] * 5
    assert ours.server.most_running == 1


async def test_pages_of_a_round_that_was_broken_off_are_read_in_the_next(sqlite: Database, clock: ManualClock) -> None:
    asked = asyncio.Event()

    async def hangs_once(request: Request, writer: asyncio.StreamWriter) -> None:
        if not asked.is_set():
            asked.set()
            await asyncio.sleep(30)
        await answer(PAGE)(request, writer)

    pages: dict[str, Handler] = {f"/news/{number}": answer(PAGE) for number in range(4)}
    async with site(sqlite, clock, pages | {"/news/1": hangs_once}, items=4) as ours:
        round_ = asyncio.ensure_future(ours.poll())
        async with asyncio.timeout(10):
            await asked.wait()
        round_.cancel()
        with pytest.raises(asyncio.CancelledError):
            await round_
        again = await ours.pages.run()
        articles = await ArticleStore(sqlite).list_between()

        assert await ours.pages.run() == ()
    assert 1 <= len(again) < 4
    assert [report.why for report in again] == [None] * len(again)
    assert all(MORE[-1] in article.text for article in articles)


def test_a_page_is_read_as_paragraphs() -> None:
    (entry,) = read_page(PAGE, "text/html; charset=utf-8", "https://a.example/1").entries

    assert entry.text.split("\n\n")[-len(MORE) :] == MORE
    assert entry.language == "en"
