"""Puts the invented news of the digest's tests into a real database."""

from dataclasses import replace

from bot.model.articles import ArticleId, Draft
from bot.model.events import ReportKey
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from tests.digest.newsroom import Newsroom


async def store(newsroom: Newsroom, database: Database, **topics: tuple[str, ...]) -> dict[ArticleId, ArticleId]:
    """Store articles, analyses and events; *topics* are those of events, by ``e1``, ``e2``, …; return the new ids."""
    drafts = [
        Draft(
            article.outlet.name, article.title, article.text, article.url, article.guid, article.published,
            article.event_at, article.first_seen, article.kind,
        )
        for article in newsroom.articles.values()
    ]  # fmt: skip
    stored = await ArticleStore(database).put_many(drafts)
    ids = dict(zip(newsroom.articles, (one.id for one in stored), strict=True))
    analyses = {ids[old]: analysis for old, analysis in newsroom.analyses.items()}
    await AnalysisStore(database).put_many(analyses)
    events = EventStore(database)
    for event in newsroom.events():
        keys = {ReportKey(ids[key.article], key.part): (event.id, None) for key in event.reports}
        await events.assign_many(keys, at=event.end)
        await events.put(replace(event, topics=topics.get(f"e{event.id}", ())))
    return ids
