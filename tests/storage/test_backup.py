"""Backups: whole, one file, never over another; restoring deletes nothing."""

import asyncio
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import (
    DatabaseBusyError,
    DatabaseDamagedError,
    DatabaseForeignError,
    DatabaseMissingError,
    StorageError,
)
from bot.storage.articles import ArticleStore
from bot.storage.backup import backup_path, newest_backup, restore
from bot.storage.database import Database
from bot.storage.search import SearchIndex
from tests.storage.samples import NOON, numbered


async def count(path: Path) -> int:
    async with Database(path, create=False) as db:
        found = len(await ArticleStore(db).list_between())
        assert (await SearchIndex(db).search("herring")).total == found
        return found


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_backup_holds_what_was_committed_and_is_one_file(sqlite: Database, tmp_path: Path) -> None:
    await ArticleStore(sqlite).put_many(numbered(30))
    target = tmp_path / "copies" / "one.backup"
    await asyncio.to_thread(target.parent.mkdir)

    await sqlite.backup(target)
    await ArticleStore(sqlite).put_many(numbered(60))

    assert names(target.parent) == ["one.backup"]
    assert await count(target) == 30


async def test_backup_during_writes_is_whole_and_holds_up_nobody(sqlite: Database, tmp_path: Path) -> None:
    async def write() -> None:
        for size in range(10, 210, 10):
            await ArticleStore(sqlite).put_many(numbered(size))

    async def copy() -> None:
        for number in range(5):
            await sqlite.backup(tmp_path / f"{number}.copy")

    await asyncio.gather(write(), copy())

    assert len(await ArticleStore(sqlite).list_between()) == 200
    for number in range(5):
        assert await count(tmp_path / f"{number}.copy") % 10 == 0


async def test_backup_never_overwrites(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "diary").write_text("Dear diary")

    with pytest.raises(StorageError, match="already exists"):
        await sqlite.backup(tmp_path / "diary")
    with pytest.raises(DatabaseMissingError, match="nowhere"):
        await sqlite.backup(tmp_path / "nowhere" / "x")

    assert (tmp_path / "diary").read_text() == "Dear diary"


async def test_restored_backup_takes_the_place_and_the_old_file_is_kept(tmp_path: Path) -> None:
    path, backup = tmp_path / "news.sqlite", tmp_path / "news.sqlite.1.backup"
    async with Database(path) as db:
        await ArticleStore(db).put_many(numbered(3))
        await db.backup(backup)
        await ArticleStore(db).put_many(numbered(9))

    aside = await restore(backup, path)

    assert aside == tmp_path / "news.sqlite.replaced-1"
    assert [await count(path), await count(aside)] == [3, 9]
    assert await restore(backup, path) == tmp_path / "news.sqlite.replaced-2"
    assert await restore(backup, tmp_path / "new.sqlite") is None


async def test_damaged_database_is_restored_from_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    async with Database(path) as db:
        await ArticleStore(db).put_many(numbered(3))
        await db.backup(backup_path(path, NOON))
    path.write_bytes(os.urandom(9_000))
    newest = newest_backup(path)
    assert newest == tmp_path / "news.sqlite.20260302T120000Z.backup"

    await restore(newest, path)

    assert await count(path) == 3


async def test_backup_that_is_none_is_refused_and_nothing_moves(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    async with Database(path) as db:
        await ArticleStore(db).put_many(numbered(90))
        await db.backup(tmp_path / "damaged")
    (tmp_path / "text").write_text("Dear diary " * 20)
    with closing(sqlite3.connect(tmp_path / "other")) as raw:
        raw.execute("CREATE TABLE x (y)")
    with (tmp_path / "damaged").open("rb+") as file:
        file.seek(20_000)
        file.write(os.urandom(50_000))
    before = names(tmp_path)

    for name, error in {
        "text": DatabaseForeignError, "other": DatabaseForeignError, "damaged": DatabaseDamagedError,
        "nowhere": DatabaseMissingError,
    }.items():  # fmt: skip
        with pytest.raises(error, match=name):
            await restore(tmp_path / name, path)

    assert names(tmp_path) == [*before[:2], "news.sqlite.run.lock", *before[2:]] or names(tmp_path) == before
    assert await count(path) == 90


async def test_nothing_is_restored_under_a_running_bot(sqlite: Database, tmp_path: Path) -> None:
    await sqlite.backup(tmp_path / "copy")

    async with sqlite.hold("run"):
        with pytest.raises(DatabaseBusyError, match="already works"):
            await restore(tmp_path / "copy", tmp_path / "news.sqlite")


async def test_newest_backup_is_the_one_written_last(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    for age, at in enumerate((NOON, NOON - timedelta(days=1))):
        backup_path(path, at).touch()
        os.utime(backup_path(path, at), (1_000_000 + age, 1_000_000 + age))

    assert newest_backup(path) == backup_path(path, NOON - timedelta(days=1))
    assert newest_backup(tmp_path / "other.sqlite") is None


async def test_postgres_names_the_tool_that_does_it(database: Database, tmp_path: Path) -> None:
    if database.dialect == "sqlite":
        return
    with pytest.raises(StorageError, match="pg_dump"):
        await database.backup(tmp_path / "copy")
