"""One run of ingest, and the steps of the running bot: everything that reading news takes, in one place."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from bot.clock import Clock
from bot.errors import UserError
from bot.feeds.opml import read_opml
from bot.ingest.full_text import FullText
from bot.ingest.grouping import Grouping
from bot.ingest.intake import FeedIntake, FileIntake, Tally
from bot.ingest.understanding import Understanding
from bot.model.articles import ArticleId, FeedReport, IngestReport
from bot.storage.intake import Outcome

Step = Callable[[int, int], None]
_PINNED_SINCE = timedelta(days=4)
# While more articles wait to be read, no feed is fetched: what cannot be read in time need not be stored yet.
_MOST_WAITING: Final = 2_000


class IngestLine:
    """Brings articles in, reads them and groups them."""

    def __init__(
        self,
        files: FileIntake,
        feeds: FeedIntake,
        understanding: Understanding,
        grouping: Grouping,
        clock: Clock,
        *,
        pages: FullText | None = None,
    ) -> None:
        self._files = files
        self._feeds = feeds
        self._understanding = understanding
        self._grouping = grouping
        self._clock = clock
        self._pages = pages
        self._withdrawn: list[ArticleId] = []
        self._is_first = True
        self._at_work = 0
        self.has_more = False
        """Whether :meth:`read` left articles for its next call."""

    @property
    def is_reading(self) -> bool:
        """Tell whether news is coming in or being read: between its writes a batch is stored in part."""
        return self._at_work > 0 or self.has_more

    async def run(
        self,
        *,
        paths: Sequence[Path] = (),
        feeds: Sequence[str] = (),
        opml: Sequence[Path] = (),
        said: tuple[datetime | None, str | None, str | None] = (None, None, None),
        step: Step,
    ) -> IngestReport:
        """Bring in what is named, read and group it, and report on it.

        *said* is when, by whom and where plain files were published. *step* is told the progress.
        """
        started, tally = monotonic(), Tally()
        urls, names = list(feeds), dict[str, str]()
        for path in opml:
            _read_opml(path, urls, names, tally)
        published, outlet, url = said
        await self._files.read(paths, tally, published=published, outlet=outlet, url=url)
        reports = await self._feeds.fetch_now(urls, tally, step, names=names)
        await self._understand(tally, step)
        return _report(reports, tally, monotonic() - started)

    async def fetch(self, *, most_waiting: int = _MOST_WAITING) -> IngestReport:
        """Fetch the feeds whose turn it is and store what they brought, for :meth:`read` to read.

        Nothing is fetched while more than *most_waiting* articles wait to be read.
        """
        started, tally = monotonic(), Tally()
        reports: tuple[FeedReport, ...] = ()
        if not await self._understanding.is_behind(most_waiting):
            try:
                with self._working():
                    reports = await self._feeds.poll_due(tally)
                    if self._pages is not None:  # reading is woken after this: as a rule it meets the whole text first
                        await self._pages.run()
            finally:  # those are stored, however the rest of the round went: no feed will tell of them again
                self._withdrawn += tally.withdrawn
        return _report(reports, tally, monotonic() - started)

    async def read(self) -> int:
        """Read and group some of the articles that wait, and return how many; ``has_more`` tells whether others do."""
        self.has_more = False
        since = self._clock.now() - _PINNED_SINCE
        with self._working():
            await self._grouping.keep(since)
            if self._is_first:
                # An earlier process may have ended between storing that they were withdrawn and acting on it.
                self._withdrawn += await self._understanding.withdrawn_since(since)
                self._is_first = False
            withdrawn = tuple(self._withdrawn)
            await self._understanding.withdraw(withdrawn)
            del self._withdrawn[: len(withdrawn)]
            done = await self._understanding.run_some()
        self.has_more = done > 0
        return done

    @contextmanager
    def _working(self) -> Iterator[None]:
        self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1

    async def catch_up(self) -> int:
        """Read what an earlier process left unread; return how many articles."""
        return await self._understanding.run(_silent)

    async def _understand(self, tally: Tally, step: Step) -> None:
        if self._pages is not None:  # before anything is read: so no edition tells the short text and then the long one
            await self._pages.run()
        await self._grouping.keep(self._clock.now() - _PINNED_SINCE)
        await self._understanding.withdraw(tally.withdrawn)
        await self._understanding.run(step)


def _read_opml(path: Path, urls: list[str], names: dict[str, str], tally: Tally) -> None:
    try:
        outlines = read_opml(path.read_bytes())
    except (UserError, OSError) as error:
        tally.reject(f"{path}: {error}")
        return
    for outline in outlines:
        urls.append(outline.url)
        names[outline.url] = outline.title


def _report(feeds: Sequence[FeedReport], tally: Tally, seconds: float) -> IngestReport:
    report = IngestReport(feeds=tuple(feeds), rejected=tally.rejected, problems=tuple(tally.problems), seconds=seconds)
    return replace(
        report,
        new=tally.counts[Outcome.NEW],
        revised=tally.counts[Outcome.REVISED],
        duplicate=tally.counts[Outcome.DUPLICATE],
    )


def _silent(done: int, total: int) -> None:
    """Draw nothing: nobody looks."""
