"""``python -m benchmarks.recall DATABASE``: how many events that Wikipedia lists a digest of 15 items tells.

``NEEDTOKNOW_DATA`` names the folder with the current events and their scorer; the database holds the articles of those
days. Counted are events that an article of the day reaches; items count by the words they show. Beside it stand a
digest of the largest events by the title and first sentence of their middle report, and 15 items drawn at random.
"""

import argparse
import asyncio
import importlib
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.digest.edition import make_edition
from bot.digest.material import EditionRequest, Material
from bot.digest.story import stories_of
from bot.digest.window import is_fresh
from bot.model.articles import Article
from bot.model.editions import Length
from bot.news.gathering import Gathering
from bot.storage.articles import ArticleStore
from bot.storage.database import Database

ITEMS = 15
_DAY = timedelta(days=1)


def _scorer(folder: Path) -> ModuleType:
    sys.path.insert(0, str(folder))
    return importlib.import_module("score_digest")


def _first(article: Article) -> str:
    return f"{article.title}. {article.text.split('. ')[0]}"


def _edition_items(material: Material, window: tuple[datetime, datetime]) -> list[str]:
    edition = make_edition(material, EditionRequest(window[1], window=window, length=Length.LONG))
    return [item.text for item in (*edition.bullets, *edition.also)][:ITEMS]


def _largest(material: Material, window: tuple[datetime, datetime]) -> list[str]:
    stories = sorted(stories_of(material, window), key=lambda one: (-len(one.outlets), -len(one.fresh), one.id))
    return [_first(story.fresh[len(story.fresh) // 2].article) for story in stories[:ITEMS]]


def _near(day: str, slack: int) -> list[str]:
    return [(date.fromisoformat(day) + step * _DAY).isoformat() for step in range(-slack, slack + 1)]


async def figures(database: str, scorer: ModuleType, listed: Mapping[str, Any], slack: int) -> dict[str, Counter[str]]:
    """Return for each way to choose how many events were reached and told, over all days that have articles.

    Events count for a day that are listed up to *slack* days before or after it.
    """
    counts: dict[str, Counter[str]] = {"ours": Counter(), "largest events": Counter(), "random": Counter()}
    async with Database(database, create=False, check=False) as opened:
        gathering, articles = Gathering(opened), ArticleStore(opened)
        for day in sorted(listed):
            end = datetime.combine(date.fromisoformat(day) + _DAY, time(), tzinfo=UTC)
            window = (end - _DAY, end)
            found = await articles.list_between(window[0] - _DAY, end)
            pool = [_first(one) for one in found if is_fresh(one, window) and one.status == "published"]
            if len(pool) < ITEMS:
                continue
            material = await gathering.material(window)
            if len(stories_of(replace(material, told=()), window)) < ITEMS:
                continue
            ways: Mapping[str, Sequence[str]] = {
                "ours": _edition_items(material, window),
                "largest events": _largest(material, window),
                "random": random.Random(day).sample(pool, ITEMS),  # noqa: S311 - a draw, not a secret
            }
            for name, items in ways.items():
                score = scorer.score(_near(day, slack), list(items), pool, listed)
                counts[name].update(days=1, reached=score["pool_events"], told=score["hit"], items=len(items))
            print(day, {name: f"{c['told']}/{c['reached']}" for name, c in counts.items()}, file=sys.stderr, flush=True)
    return counts


def main() -> None:
    """Print the share of reachable events that each way to choose tells."""
    parser = argparse.ArgumentParser(description="Recall of the days' events by digests of 15 items.")
    parser.add_argument("database")
    parser.add_argument("--slack", type=int, default=0, help="days around an edition's whose events count too")
    options = parser.parse_args()
    folder = Path(os.environ["NEEDTOKNOW_DATA"])
    folder = folder / "data" if (folder / "data").is_dir() else folder
    scorer = _scorer(folder)
    listed = scorer.load_days(str(folder / "streams" / "current_events_dev.jsonl.gz"))
    for name, count in asyncio.run(figures(options.database, scorer, listed, options.slack)).items():
        share = count["told"] / count["reached"] if count["reached"] else 0.0
        print(f"{name:<16} {share:.3f}  ({count['told']} of {count['reached']} events, {count['days']} days)")


if __name__ == "__main__":
    main()
