"""Old, repeated, re-dated and renamed items are not news: five looks at feeds that do all of that find nothing new."""

# ruff: noqa: ARG005 - each change takes what any of them needs

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

import pytest

from bot.clock import ManualClock
from bot.feeds.documents import read_document
from bot.feeds.fetch import Fetcher
from bot.feeds.parsed import ParsedFeed
from bot.ingest.intake import FeedIntake, Tally
from bot.model.articles import Article
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.feeds import FeedStore
from bot.storage.intake import Outcome
from tests.feeds.servers import Request, answer, serve
from tests.promises import Record

LOOKS = 5
PLACES = ("Skarn Head", "Port Ellery", "Lower Brod", "Holm", "Halvern", "Lorrin", "Estmark", "Karse")
DEEDS = ("reopened its harbour", "closed two schools", "chose a new mayor", "lost power for a day", "found a wreck")


@dataclass(frozen=True)
class Item:
    """One item of a feed; what is None is left out."""

    title: str
    text: str
    link: str | None
    guid: str | None
    date: datetime | None

    def xml(self) -> str:
        parts = {"title": self.title, "description": self.text, "link": self.link, "guid": self.guid}
        parts["pubDate"] = None if self.date is None else format_datetime(self.date)
        return f"<item>{''.join(f'<{k}>{escape(v)}</{k}>' for k, v in parts.items() if v is not None)}</item>"


def story(number: int, now: datetime) -> Item:
    place, deed = PLACES[number % 8], DEEDS[number // 8 % 5]
    text = (
        f"{place} {deed} in week {number}, its council said. {number + 3} people took part. It took {number + 9} days."
    )
    url = f"https://www.post.example/news/{number}-story"
    return Item(f"{place} {deed}, report {number}", text, url, f"id-{number}", now - timedelta(minutes=number))


Change = Callable[[Item, int, datetime], Item | None]
CHANGES: dict[str, Change] = {
    "the same again": lambda item, look, now: item,
    "dates are bumped": lambda item, look, now: replace(item, date=now),
    "dates are gone after the first look": lambda item, look, now: replace(item, date=None if look else item.date),
    "dates jump to the future": lambda item, look, now: replace(item, date=now + timedelta(days=400 * look)),
    "guids are made anew": lambda item, look, now: replace(item, guid=f"{item.guid}-{look}"),
    "guids are dropped": lambda item, look, now: replace(item, guid=None if look % 2 else item.guid),
    "queries change": lambda item, look, now: replace(item, link=f"{item.link}?utm_source=rss&at_campaign={look}"),
    "session in the query": lambda item, look, now: replace(item, link=f"{item.link}?session={look}", guid=None),
    "hosts flip": lambda item, look, now: replace(
        item, link=str(item.link).replace("www", ("www", "m", "amp")[look % 3])
    ),
    "scheme flips": lambda item, look, now: replace(
        item, link=str(item.link).replace("https", ("https", "http")[look % 2])
    ),
    "fragments change": lambda item, look, now: replace(item, link=f"{item.link}#part{look}"),
    "amp paths": lambda item, look, now: replace(item, link=f"{item.link}{'/amp' if look % 2 else ''}"),
    "trailing slashes": lambda item, look, now: replace(item, link=f"{item.link}{'/' if look % 2 else ''}"),
    "headlines are edited": lambda item, look, now: replace(item, title=f"{item.title} (edited {look})"),
    "texts grow": lambda item, look, now: replace(item, text=item.text + f" More at {look} o’clock." * look),
    "mass update": lambda item, look, now: replace(
        item, title=f"UPDATE {look}: {item.title}", date=now, text=f"{item.text} Edited {look}."
    ),
    "guids and dates": lambda item, look, now: replace(item, guid=f"{look}-{item.guid}", date=now),
    "links are dropped": lambda item, look, now: replace(item, link=None if look % 2 else item.link),
    "nothing but title and text": lambda item, look, now: replace(item, guid=None, link=None, date=None),
    "nothing but guid and title": lambda item, look, now: replace(item, link=None, date=None, text=""),
    "items vanish and return": lambda item, look, now: None if look % 2 else item,
    "one guid for all": lambda item, look, now: replace(item, guid="the-same"),
    "one link for all": lambda item, look, now: replace(item, link="https://www.post.example/"),
    "upper case links": lambda item, look, now: replace(
        item, link=str(item.link).replace("www.post", "WWW.Post") if look % 2 else item.link
    ),
}


class Reader:
    """Parses at once: these documents are our own."""

    async def parse(self, body: bytes, content_type: str | None, url: str) -> ParsedFeed:
        return read_document(body, content_type, url)


async def look(
    database: Database, clock: ManualClock, make: Callable[[int, datetime], list[Item]], looks: int = LOOKS
) -> list[dict[Outcome, int]]:
    """Look at a feed *looks* times, an hour apart, as the running bot does; return what each look came to."""
    number = 0

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        items = "".join(item.xml() for item in make(number, clock.now()))
        body = f"<rss version='2.0'><channel><title>The Skerry Post</title>{items}</channel></rss>"
        await answer(body.encode(), content_type="text/xml")(request, writer)

    found = []
    async with serve(handle) as server, Fetcher(server.rules(), clock) as fetcher:
        intake = FeedIntake(database, fetcher, Reader(), clock)  # type: ignore[arg-type] # parses in this process
        await FeedStore(database).add(server.url(), "The Skerry Post", kept=True)
        for number in range(looks):  # noqa: B007 - the server reads it
            tally = Tally()
            assert [report.outcome for report in await intake.poll_due(tally)] == ["ok"]
            found.append(dict(tally.counts))
            clock.set(clock.now() + timedelta(days=1, hours=3))
    return found


async def stored(database: Database) -> tuple[Article, ...]:
    return await ArticleStore(database).list_between()


@pytest.mark.parametrize("name", CHANGES)
async def test_what_was_read_is_not_news_again(
    sqlite: Database, clock: ManualClock, name: str, record_promise: Record
) -> None:
    first = clock.now()
    stories = [story(number, first) for number in range(40)]

    def make(number: int, now: datetime) -> list[Item]:
        made = [CHANGES[name](item, number, now) for item in stories]
        return [item for item in made if item is not None]

    counts = await look(sqlite, clock, make)

    assert counts[0] == {Outcome.NEW: 40}
    assert [one.get(Outcome.NEW, 0) for one in counts[1:]] == [0] * (LOOKS - 1)
    assert len(await stored(sqlite)) == 40
    record_promise("6 not news twice", f"{name}: 40 items, {LOOKS} looks, 0 false news")


async def test_one_true_story_among_repeats_is_news(sqlite: Database, clock: ManualClock) -> None:
    first = clock.now()
    counts = await look(sqlite, clock, lambda number, now: [story(n, first) for n in range(40 + number)])

    assert [one.get(Outcome.NEW, 0) for one in counts] == [40, 1, 1, 1, 1]


async def test_an_archive_of_thousands_is_bounded_and_old(sqlite: Database, clock: ManualClock) -> None:
    first = clock.now()
    archive = [replace(story(n, first), date=first - timedelta(days=20 + n)) for n in range(1_500)]

    counts = await look(sqlite, clock, lambda number, now: archive, looks=2)

    articles = await stored(sqlite)
    assert counts[0] == {Outcome.NEW: 1000}
    assert counts[1].get(Outcome.NEW, 0) == 0
    assert max(article.event_at for article in articles) <= first - timedelta(days=20)


async def test_a_feed_without_dates_is_taken_for_old_the_first_time_and_for_news_afterwards(
    sqlite: Database, clock: ManualClock
) -> None:
    first = clock.now()
    undated = [replace(story(n, first), date=None) for n in range(500)]

    await look(sqlite, clock, lambda number, now: undated[: 499 + number], looks=2)

    articles = await stored(sqlite)
    fresh = [article for article in articles if article.event_at >= first]
    assert len(articles) == 500
    assert [article.guid for article in fresh] == ["id-499"]


@pytest.mark.parametrize("year", [1, 1970, 1989, 2099, 9999])
async def test_an_impossible_date_pins_nothing_to_the_top(sqlite: Database, clock: ManualClock, year: int) -> None:
    now = clock.now()
    items = [replace(story(1, now), date=now.replace(year=year)), story(2, now)]

    await look(sqlite, clock, lambda number, _: items, looks=2)

    articles = await stored(sqlite)
    assert len(articles) == 2
    assert all(now - timedelta(days=1) <= article.event_at <= now for article in articles)
