"""One run of ingest, and the steps of the running bot: everything that reading news takes, in one place."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from bot.clock import Clock
from bot.errors import UserError
from bot.feeds.opml import read_opml
from bot.ingest.grouping import Grouping
from bot.ingest.intake import FeedIntake, FileIntake, Tally
from bot.ingest.understanding import Understanding
from bot.model.articles import FeedReport, IngestReport
from bot.storage.intake import Outcome

Step = Callable[[int, int], None]
_PINNED_SINCE = timedelta(days=4)


class IngestLine:
    """Brings articles in, reads them and groups them."""

    def __init__(
        self,
        files: FileIntake,
        feeds: FeedIntake,
        understanding: Understanding,
        grouping: Grouping,
        clock: Clock,
    ) -> None:
        self._files = files
        self._feeds = feeds
        self._understanding = understanding
        self._grouping = grouping
        self._clock = clock
        self.is_reading = False
        """Whether :meth:`poll` is at work: between its writes a batch is stored in part."""

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

    async def poll(self) -> IngestReport:
        """Fetch the feeds whose turn it is, and read and group what they brought."""
        started, tally = monotonic(), Tally()
        self.is_reading = True
        try:
            reports = await self._feeds.poll_due(tally)
            await self._understand(tally, _silent)
        finally:
            self.is_reading = False
        return _report(reports, tally, monotonic() - started)

    async def catch_up(self) -> int:
        """Read what an earlier process left unread; return how many articles."""
        return await self._understanding.run(_silent)

    async def _understand(self, tally: Tally, step: Step) -> None:
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
