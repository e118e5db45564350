"""Reads the articles that wait for it, and groups what they report."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.analysis.article import Document
from bot.analysis.directory import Directory
from bot.analysis.settling import settle
from bot.analysis.worker import AnalysisWorker
from bot.clock import Clock
from bot.errors import AnalysisError
from bot.ingest.grouping import Grouping
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database

_LOG = logging.getLogger(__name__)
_AT_ONCE: Final = 100
# After a batch that was broken off: few enough that each may take all the time it is given.
_FEWEST: Final = 2

Step = Callable[[int, int], None]


class Understanding:
    """Takes waiting articles through analysis and grouping, a hundred at a time.

    A crash loses none and reads none twice: an article waits until its analysis is stored, and its analysis, events
    and their state are stored together with it or found missing at the next start.
    """

    def __init__(
        self, database: Database, worker: AnalysisWorker, directory: Directory, grouping: Grouping, clock: Clock
    ) -> None:
        self._articles = ArticleStore(database)
        self._analyses = AnalysisStore(database)
        self._worker = worker
        self._directory = directory
        self._grouping = grouping
        self._clock = clock
        self._at_once = _AT_ONCE

    async def run(self, step: Step) -> int:
        """Read everything that waits and return how many articles that were; *step* is told the progress."""
        done = await self._regroup()
        while waiting := await self._articles.waiting(self._worker.version, _AT_ONCE):
            await self._read(waiting)
            done += len(waiting)
            step(done, done + (len(waiting) if len(waiting) == _AT_ONCE else 0))
        return done

    async def run_some(self) -> int:
        """Read a batch of what waits and return how many articles that were, zero when nothing waits.

        A batch that was broken off, by a time limit of the caller's, is followed by smaller ones: texts that hold the
        language model up would else keep those behind them waiting for ever.
        """
        done = await self._regroup()
        some = self._at_once
        self._at_once = _FEWEST
        waiting = await self._articles.waiting(self._worker.version, some)
        if waiting:
            await self._read(waiting)
        self._at_once = min(_AT_ONCE, 2 * some)
        return done + len(waiting)

    async def is_behind(self, most: int) -> bool:
        """Tell whether more than *most* articles were never read."""
        return await self._articles.count_unread(most + 1) > most

    async def withdrawn_since(self, since: datetime) -> tuple[ArticleId, ...]:
        """Return the articles that their outlets took back at *since* or later."""
        return await self._articles.withdrawn_since(since)

    async def withdraw(self, articles: Sequence[ArticleId]) -> None:
        """Take withdrawn articles out of the events that they were grouped into."""
        for article in (await self._articles.find(articles)).values():
            self._grouping.withdraw(article)
        if articles:
            await self._grouping.save(self._clock.now())

    async def _regroup(self) -> int:
        """Group the articles that were read but, as a process died in between, are in no event; return how many."""
        done = 0
        while ungrouped := await self._articles.ungrouped(_AT_ONCE):
            analyses = await self._analyses.find([article.id for article in ungrouped])
            for article in ungrouped:
                self._grouping.add(article, analyses[article.id])
            await self._grouping.save(self._clock.now())
            done += len(ungrouped)
        return done

    async def _read(self, articles: Sequence[Article]) -> None:
        found = await self._worker.analyse([document_of(article) for article in articles])
        settled: dict[ArticleId, Analysis] = {}
        for article, analysis in zip(articles, found, strict=True):
            if isinstance(analysis, AnalysisError):
                _LOG.warning("article not read: id=%d why=%s", article.id, analysis)
                # An empty analysis of this version keeps it from being tried for ever; a newer version tries again.
                settled[article.id] = Analysis(version=self._worker.version)
            else:
                settled[article.id] = settle(analysis, self._directory)
            await asyncio.sleep(0)  # a hundred articles in one go would keep everybody who asks waiting
        stored = await self._analyses.put_many(
            settled, revisions={article.id: article.revision for article in articles}
        )
        for article in articles:
            if article.id in stored:
                self._grouping.add(article, settled[article.id])
                await asyncio.sleep(0)
        await self._grouping.save(self._clock.now())


def document_of(article: Article) -> Document:
    """Return what is read of *article*: relative dates count from the day by which it counts."""
    outlet = article.outlet
    return Document(article.title, article.text, article.event_at, outlet.country, article.parts, outlet.name)
