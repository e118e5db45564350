"""Database: keeps or undoes whole transactions, whatever happens; one instance of a name at a time."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from bot.errors import DatabaseBusyError, StorageError
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.dialects import sqlite_file
from bot.storage.schema import OUTLET
from tests.storage.samples import numbered


async def count_outlets(db: Database) -> int:
    async with db.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(OUTLET))).scalar_one())


async def test_database_held_by_another_process_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.2)
    async with Database(tmp_path / "news.sqlite") as db:
        with closing(sqlite3.connect(tmp_path / "news.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

            with pytest.raises(DatabaseBusyError, match="Another process"):
                await ArticleStore(db).put_many(numbered(1))
            assert await ArticleStore(db).list_between() == ()

            other.execute("ROLLBACK")
        assert len(await ArticleStore(db).put_many(numbered(1))) == 1


async def test_full_disk_says_so_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    async with Database(tmp_path / "news.sqlite") as db:
        async with db.transaction() as connection:
            pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
            await connection.execute(text(f"PRAGMA max_page_count = {pages}"))

        with pytest.raises(StorageError, match="full"):
            await ArticleStore(db).put_many(numbered(300))
        assert await ArticleStore(db).list_between() == ()

        async with db.transaction() as connection:
            await connection.execute(text("PRAGMA max_page_count = 1000000"))
        assert len(await ArticleStore(db).put_many(numbered(300))) == 300


async def test_failed_transaction_leaves_nothing(database: Database) -> None:
    async def half() -> None:
        async with database.transaction() as connection:
            await connection.execute(insert(OUTLET).values(name="The Skerry Post"))
            raise KeyError("half way")

    with pytest.raises(KeyError):
        await half()

    assert await count_outlets(database) == 0


async def test_refused_statement_undoes_the_whole_transaction(database: Database) -> None:
    async def twice() -> None:
        async with database.transaction() as connection:
            await connection.execute(insert(OUTLET).values(name="The Skerry Post"))
            await connection.execute(insert(OUTLET).values(name="The Skerry Post"))

    with pytest.raises(StorageError, match=r"(?i)unique"):
        await twice()

    assert await count_outlets(database) == 0


async def test_reader_sees_one_state_while_others_write(database: Database) -> None:
    async with database.read() as connection:
        query = select(func.count()).select_from(OUTLET)
        before = (await connection.execute(query)).scalar_one()
        await ArticleStore(database).put_many(numbered(1))
        after = (await connection.execute(query)).scalar_one()

    assert (before, after) == (0, 0)
    assert await count_outlets(database) == 1


async def test_reader_cannot_write(database: Database) -> None:
    async def write() -> None:
        async with database.read() as connection:
            await connection.execute(insert(OUTLET).values(name="The Skerry Post"))

    with pytest.raises(StorageError):
        await write()

    assert await count_outlets(database) == 0


async def test_writers_queue(database: Database) -> None:
    drafts = numbered(20)

    stored = await asyncio.gather(*(ArticleStore(database).put(draft) for draft in drafts))

    assert len({one.id for one in stored}) == 20


async def test_many_readers_take_turns(database: Database) -> None:
    await ArticleStore(database).put_many(numbered(5))

    read = await asyncio.gather(*(ArticleStore(database).list_between() for _ in range(40)))

    assert [len(articles) for articles in read] == [5] * 40


async def test_transaction_inside_a_transaction_is_refused_at_once(sqlite: Database) -> None:
    with pytest.raises(RuntimeError, match="wait for itself"):
        async with sqlite.transaction(), sqlite.transaction():
            pass


async def test_cancelled_writer_lets_the_next_one_in(database: Database) -> None:
    started = asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as connection:
            await connection.execute(insert(OUTLET).values(name="The Skerry Post"))
            started.set()
            await asyncio.sleep(60)

    task = asyncio.ensure_future(slow())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with asyncio.timeout(5):
        await ArticleStore(database).put_many(numbered(1))
    assert await count_outlets(database) == 1


async def test_many_cancelled_statements_leave_a_working_database(database: Database) -> None:
    store = ArticleStore(database)

    for delay in range(12):
        task = asyncio.ensure_future(store.put_many(numbered(50)))
        await asyncio.sleep(delay / 1000)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async with asyncio.timeout(10):
        assert len(await store.put_many(numbered(50))) == 50
    assert len(await store.list_between()) == 50


async def test_second_instance_is_refused_and_told_why(database: Database) -> None:
    async with database.hold("run", wait_seconds=0):
        started = time.monotonic()
        with pytest.raises(DatabaseBusyError, match="already works"):
            async with database.hold("run", wait_seconds=0.3):
                pass
        assert time.monotonic() - started < 5

    async with database.hold("run", wait_seconds=0):
        pass


async def test_other_names_do_not_wait(database: Database) -> None:
    async with database.hold("run", wait_seconds=0), database.hold("ingest", wait_seconds=0):
        with pytest.raises(DatabaseBusyError):
            async with database.hold("ingest", wait_seconds=0):
                pass


async def test_error_inside_a_hold_is_not_taken_for_a_refusal(database: Database) -> None:
    with pytest.raises(DatabaseBusyError, match="my own"):
        async with database.hold("run", wait_seconds=1):
            raise DatabaseBusyError("my own")


_HOLDER = """
import asyncio, sys
from bot.storage.database import Database
async def main():
    async with Database(sys.argv[1]) as db, db.hold("run"):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


async def test_killed_instance_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    async with Database(path):
        pass
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HOLDER, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    async with Database(path) as db:
        with pytest.raises(DatabaseBusyError, match=f"process {holder.pid}"):
            async with db.hold("run", wait_seconds=0):
                pass

        holder.kill()
        await holder.wait()

        async with db.hold("run", wait_seconds=2):
            pass


_WRITER = """
import asyncio, sys
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from tests.storage.samples import numbered
async def main():
    async with Database(sys.argv[1]) as db:
        for size in range(10, 5_000, 10):
            await ArticleStore(db).put_many(numbered(size)[-10:])
            print(size, flush=True)
asyncio.run(main())
"""


async def test_killed_writer_leaves_whole_transactions(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WRITER, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout is not None
    committed = 0
    while committed < 60:
        committed = int(await writer.stdout.readline())

    writer.kill()
    await writer.wait()

    async with Database(path) as db:
        stored = len(await ArticleStore(db).list_between())
        assert stored >= committed
        assert stored % 10 == 0


_CARELESS = """
import asyncio, sys
from bot.storage.database import Database
async def main():
    db = await Database(sys.argv[1]).__aenter__()
    async with db.read():
        pass
    raise SystemExit(3)
asyncio.run(main())
"""


def test_exit_without_closing_does_not_hang(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-W", "ignore", "-c", _CARELESS, str(tmp_path / "news.sqlite")],
        timeout=20, check=False, capture_output=True,
    )  # fmt: skip

    assert done.returncode == 3
