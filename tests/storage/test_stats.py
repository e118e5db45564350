"""stats counts what is stored."""

from dataclasses import replace
from datetime import timedelta

from bot.model.events import EventId, ReportKey
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.storage.feeds import FeedStore
from bot.storage.stats import Stats, stats
from tests.storage.samples import NOON, analysis, draft, numbered


async def test_empty_database_has_nothing(database: Database) -> None:
    assert await stats(database, "rules-1") == Stats(0, 0, 0, 0, 0, 0, 0, 0, None, None)


async def test_everything_is_counted(database: Database) -> None:
    store = ArticleStore(database)
    ferry = await store.put(draft())
    await store.put_many([*numbered(4)[1:], draft("Gone", "Gone.", guid="w", url=None, withdrawn=True)])
    await AnalysisStore(database).put(ferry.id, analysis())
    await EventStore(database).assign(ReportKey(ferry.id), EventId(1), at=NOON)
    feed = await FeedStore(database).add("https://post.example/feed", "The Skerry Post")
    await FeedStore(database).put(replace(feed, failing_since=NOON))

    counted = await stats(database, "rules-1")

    assert counted == Stats(
        articles=5, events=1, actors=4, quotes=2, outlets=1, feeds=1, feeds_failing=1, waiting_analysis=3,
        last_ingest=NOON + timedelta(minutes=3), last_article=NOON + timedelta(minutes=3),
    )  # fmt: skip
    assert (await stats(database, "rules-2")).waiting_analysis == 4
