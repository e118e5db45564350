"""Kills in the middle of migrations, full disks, long logs: the database is whole afterwards and work goes on."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from bot import tasks
from bot.clock import ManualClock
from bot.errors import StorageError
from bot.storage import migrate
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.dialects.sqlite_file import BUSY_SECONDS
from bot.tasks import Worker
from tests.promises import Record
from tests.storage.samples import numbered
from tests.storage.test_migrate import at_version, outlets_in, version_of

ROOT = Path(__file__).parents[2]
RECOVERS_WITHIN_SECONDS = 90

# Opens the database and is killed at a step: before it, or after it and before its transaction ends.
_DIES = """
import asyncio, os, signal, sys
from bot.storage import migrate
from bot.storage.database import Database
path, at, when = sys.argv[1:]
real = migrate._upgrade
def upgrade(connection, step):
    if step == at and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(connection, step)
    if step == at:
        os.kill(os.getpid(), signal.SIGKILL)
migrate._upgrade = upgrade
async def main():
    async with Database(path):
        pass
asyncio.run(main())
"""
# Writes until the file may not grow any further, and says with which words that ended.
_FILLS = """
import asyncio, resource, sys
from pathlib import Path
from bot.errors import StorageError
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from tests.storage.samples import numbered
path = Path(sys.argv[1])
async def main():
    async with Database(path) as database:
        most = path.stat().st_size + 200_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            for size in range(50, 5000, 50):
                await ArticleStore(database).put_many(numbered(size))
        except StorageError as error:
            print(error)
asyncio.run(main())
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the program is ours
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as raw:
        return bool(raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


STEPS = migrate.known_versions()


@pytest.mark.slow
async def test_a_kill_at_any_step_leaves_the_schema_before_it_and_the_next_start_goes_on(
    tmp_path: Path, record_promise: Record
) -> None:
    template = tmp_path / "template"
    template.mkdir()
    await at_version(template / "news.sqlite", STEPS[0])
    kills = 0
    for before, step in pairwise(STEPS):
        for when in ("before", "after"):
            path = tmp_path / f"{step}-{when}" / "news.sqlite"
            shutil.copytree(template, path.parent)

            killed = await asyncio.to_thread(run, _DIES, str(path), step, when)
            kills += 1

            assert killed.returncode == -signal.SIGKILL, killed.stderr
            assert version_of(path) == before
            async with Database(path) as database:
                assert database.version == STEPS[-1]
            assert outlets_in(path) == [("The Skerry Post",)]
            assert version_of(path.with_name(f"news.sqlite.schema-{STEPS[0]}.backup")) == STEPS[0]
            assert whole(path)
    record_promise("12 faults", f"{kills} kills inside migrations: old schema or new, never between, all rows there")


@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=[] if step == "0004" else pytest.mark.slow) for step in STEPS]
)
async def test_a_new_database_whose_making_was_killed_is_made_at_the_next_start(tmp_path: Path, step: str) -> None:
    path = tmp_path / "news.sqlite"

    killed = await asyncio.to_thread(run, _DIES, str(path), step, "after")

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    async with Database(path) as database:
        await ArticleStore(database).put_many(numbered(2))
    assert version_of(path) == STEPS[-1]
    assert whole(path)


async def test_a_file_that_may_not_grow_says_so_and_loses_nothing(tmp_path: Path, empty_file: Path) -> None:
    path = tmp_path / "news.sqlite"
    shutil.copy(empty_file, path)

    filled = await asyncio.to_thread(run, _FILLS, str(path))

    assert "disk" in filled.stdout, filled.stderr
    assert "othing was lost" in filled.stdout
    assert "Traceback" not in filled.stderr
    assert whole(path)
    async with Database(path) as database:
        kept = len(await ArticleStore(database).list_between())
        assert kept % 50 == 0
        await ArticleStore(database).put_many(numbered(kept + 50))
        assert len(await ArticleStore(database).list_between()) == kept + 50


async def test_a_task_whose_disk_was_full_goes_on_by_itself_in_time(
    sqlite: Database, clock: ManualClock, record_promise: Record
) -> None:
    await limit_pages(sqlite, spare=20)
    stored = 0

    async def ingest() -> float | None:
        nonlocal stored
        stored = len(await ArticleStore(sqlite).put_many(numbered(2_000)))
        return None

    async with Worker("ingest", ingest, pause_seconds=0.01) as worker:
        await worker.run_now()
        failed = worker.failures
        await limit_pages(sqlite, spare=1_000_000)
        await worker.run_now()
        assert (failed, worker.failures, stored) == (1, 0, 2_000)

    longest = tasks._LONGEST_PAUSE_SECONDS + BUSY_SECONDS
    assert longest <= RECOVERS_WITHIN_SECONDS
    record_promise("12 faults", f"full disk: work goes on by itself, at the latest {longest:.0f} s after there is room")


async def limit_pages(database: Database, *, spare: int) -> None:
    """Let the file grow by *spare* pages and no further."""
    async with database.transaction() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + spare}")


async def test_a_lock_of_another_process_delays_writing_and_loses_nothing(
    sqlite: Database, tmp_path: Path, clock: ManualClock
) -> None:
    stored = 0

    async def ingest() -> float | None:
        nonlocal stored
        stored += len(await ArticleStore(sqlite).put_many(numbered(30)))
        return None

    with closing(sqlite3.connect(tmp_path / "news.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with Worker("ingest", ingest, pause_seconds=60) as worker:
            await asyncio.sleep(0.2)
            before = stored
            other.execute("ROLLBACK")
            await worker.run_now()

    assert before == 0
    assert stored >= 30
    assert len(await ArticleStore(sqlite).list_between()) == 30


async def test_the_log_beside_the_file_stays_small_and_is_emptied(sqlite: Database, tmp_path: Path) -> None:
    log = tmp_path / "news.sqlite-wal"
    sizes = []
    for size in range(100, 2_100, 100):
        await ArticleStore(sqlite).put_many(numbered(size))
        sizes.append(log.stat().st_size)
    await sqlite.tidy()

    assert max(sizes) <= 16 << 20
    assert log.stat().st_size == 0


async def test_a_log_held_by_a_long_reader_is_cut_once_the_reader_is_gone(sqlite: Database, tmp_path: Path) -> None:
    log = tmp_path / "news.sqlite-wal"
    async with sqlite.read() as reader:
        await reader.exec_driver_sql("SELECT count(*) FROM article")
        await ArticleStore(sqlite).put_many(numbered(3_000))
        held = log.stat().st_size
    for size in (3_100, 3_200):
        await ArticleStore(sqlite).put_many(numbered(size))
    await sqlite.tidy()

    assert held > 0
    assert log.stat().st_size == 0


async def test_a_backup_without_room_leaves_no_piece_of_itself(sqlite: Database, tmp_path: Path) -> None:
    await ArticleStore(sqlite).put_many(numbered(500))
    target = Path("/dev/full")
    with pytest.raises(StorageError):
        await sqlite.backup(target)
    with pytest.raises(StorageError):
        await sqlite.backup(tmp_path / "nowhere" / "copy")

    assert [name for name in await asyncio.to_thread(os.listdir, tmp_path) if "unfinished" in name] == []
