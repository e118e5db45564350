"""A process that is killed while it reads loses no article, reads none twice, and leaves the same events."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.events.samples import world

ROOT = Path(__file__).parents[2]
COUNT = 130
Grouping = frozenset[frozenset[str]]


def write_news(path: Path) -> Path:
    rows = [
        {"id": f"w{n}", "outlet": told.outlet, "title": told.title, "text": told.text, "published": told.at.isoformat()}
        for n, told in enumerate(world(12, COUNT, 11))
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


async def start(news: Path, database: Path) -> asyncio.subprocess.Process:
    """Start ``needtoknow ingest`` in a process group of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ingest", str(news), "--db", str(database), "--json",
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def asked(database: Path, query: str) -> list[tuple[object, ...]]:
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:  # the tables are not made yet
            return []


def analysed(database: Path) -> frozenset[object]:
    return frozenset(row[0] for row in asked(database, "SELECT article_id FROM analysis"))


def groups(database: Path) -> Grouping:
    rows = asked(database, "SELECT event_id, guid FROM event_article JOIN article ON article.id = article_id")
    events: dict[object, set[str]] = {}
    for event, guid in rows:
        events.setdefault(event, set()).add(str(guid))
    return frozenset(frozenset(members) for members in events.values())


async def killed_after(articles: int, news: Path, database: Path) -> None:
    process = await start(news, database)
    while len(analysed(database)) < articles and process.returncode is None:  # noqa: ASYNC110 - it has no event for us
        await asyncio.sleep(0.05)
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_killed_twice_and_run_again_is_as_run_once(tmp_path: Path) -> None:
    news = write_news(tmp_path / "news.jsonl")
    whole, killed = tmp_path / "whole.sqlite", tmp_path / "killed.sqlite"

    assert await (await start(news, whole)).wait() == 0
    await killed_after(1, news, killed)
    first = analysed(killed)
    await killed_after(len(first) + 1, news, killed)
    assert await (await start(news, killed)).wait() == 0

    assert 0 < len(first) < COUNT
    assert first <= analysed(killed)
    assert len(analysed(killed)) == COUNT
    assert asked(killed, "SELECT count(*) FROM event_article") == [(COUNT,)]
    assert groups(killed) == groups(whole)
