"""A machinery over a database without news: all parts are real, no process of theirs was started."""

from bot.analysis.directory import Directory
from bot.analysis.worker import AnalysisWorker
from bot.app.machinery import Machinery
from bot.clock import Clock
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import FetchRules
from bot.feeds.parse import FeedParser
from bot.ingest.grouping import Grouping
from bot.ingest.intake import FeedIntake, FileIntake
from bot.ingest.line import IngestLine
from bot.ingest.understanding import Understanding
from bot.news.allowance import Quotas
from bot.news.desk import Desk
from bot.news.reading import News
from bot.storage.database import Database


def idle_machinery(database: Database, clock: Clock) -> Machinery:
    """Return what a bot needs to connect, over an open *database*."""
    feeds = FeedIntake(database, Fetcher(FetchRules(), clock), FeedParser(), clock)
    grouping = Grouping(database)
    understanding = Understanding(database, AnalysisWorker(), Directory({}), grouping, clock)
    return Machinery(
        database=database,
        clock=clock,
        line=IngestLine(FileIntake(database, clock), feeds, understanding, grouping, clock),
        feeds=feeds,
        news=News(database, clock, analysis_version="", model="none"),
        desk=Desk(database, clock, feeds, Quotas(9, 9, 9, 0)),
        grouping=grouping,
        model="none",
    )
