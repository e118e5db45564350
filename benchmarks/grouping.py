"""``python -m benchmarks.grouping``: what grouping costs an article, and whether the size of the archive matters."""

import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from time import process_time
from typing import Final

from bot.events.cluster import Clusterer
from bot.events.idf import LaggedIdf, StaticIdf
from bot.events.report import Report
from bot.events.settings import FEEDS
from bot.model.articles import ArticleId
from bot.model.events import ReportKey

_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
_A_DAY: Final = 2_000
_WINDOW: Final = timedelta(hours=FEEDS.window_hours)
_SIZES: Final = (10_000, 100_000, 1_000_000)
_AT_END: Final = 5_000
_BLOCK: Final = 500
_FILLING: Final = 100
_KINDS: Final = 40


def main() -> None:
    """Print a line for each size of archive named on the command line, or for 10,000, 100,000 and a million."""
    sizes = [int(size) for size in sys.argv[1:]] or list(_SIZES)
    print(f"{'archive':>10} {'articles/s over all':>20} {'articles/s at its end':>22} {'events open':>12} {'MiB':>6}")
    first = None
    for size in sizes:
        whole, end, events = measure(size)
        first = first or end
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>10,} {whole:>20,.0f} {end:>22,.0f} {events:>12,} {memory:>6,.0f}  x{first / end:.2f}", flush=True
        )


def measure(size: int) -> tuple[float, float, int]:
    """Return articles a CPU second over all and over the last 5,000, and how many events are open at the end."""
    clusterer = Clusterer(LaggedIdf(StaticIdf.load()), FEEDS)
    reports, spent, last = stream(size), 0.0, 0.0
    for done in range(0, size, _BLOCK):
        block = list(islice(reports, _BLOCK))
        started = process_time()
        for report in block:
            clusterer.add(report)
            if clusterer.is_due:
                clusterer.consolidate()
                clusterer.evict(report.at - _WINDOW)
        took = process_time() - started
        spent += took
        last += took if done >= size - _AT_END else 0.0
    return size / spent, min(size, _AT_END) / last, clusterer.size[0]


def stream(size: int) -> Iterator[Report]:
    """Yield so many made-up reports, 2,000 a day: stories of Zipfian size that live for a day or two, and single items.

    Words are drawn from the shipped table of word weights, so that they are as common as in news.
    """
    dice = Random(1)  # noqa: S311 - the same reports in every run
    rare, common = _vocabulary()
    stories: list[list[str]] = []
    for number in range(size):
        at = _START + timedelta(days=number / _A_DAY)
        if not stories or dice.random() < 0.35:
            stories.append(dice.sample(rare, 12))
        story = stories[-1 - min(int(dice.paretovariate(0.6)) - 1, len(stories) - 1, 500)]
        yield _report(number, at, story, dice, common)
        if len(stories) > _A_DAY:
            del stories[: _A_DAY // 2]


def _report(number: int, at: datetime, story: list[str], dice: Random, common: list[str]) -> Report:
    own = [word.capitalize() if word in story[:4] else word for word in dice.sample(story, 8)]
    words = own + dice.choices(common, k=_FILLING // 4)
    dice.shuffle(words)
    outlet = f"Outlet {dice.randrange(60)}"
    title, text = " ".join(own[:5]), " ".join(words)
    people, towns = frozenset(story[:1]), frozenset(story[1:2])
    numbers = frozenset({str(dice.randrange(2, _KINDS))}) if dice.random() < 0.5 else frozenset[str]()
    return Report(
        ReportKey(ArticleId(number)), title, text, at, outlet, outlet, persons=people, places=towns, numbers=numbers
    )


def _vocabulary() -> tuple[list[str], list[str]]:
    """Return rare words, of which stories are made, and common ones to fill with."""
    weights = StaticIdf.load()
    plain = [stem for stem in sorted(weights.stems()) if stem.isalpha() and len(stem) > 3]
    rare = [stem for stem in plain if weights.weight(stem) >= 6]
    return rare, [stem for stem in plain if weights.weight(stem) < 5]


if __name__ == "__main__":
    main()
