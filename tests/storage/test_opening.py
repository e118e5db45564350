"""Database: opens what is ours, makes it where it may, and touches nothing else."""

import os
import sqlite3
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import (
    ConfigError,
    DatabaseDamagedError,
    DatabaseForeignError,
    DatabaseMissingError,
    StorageError,
)
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.schema import OUTLET
from tests.postgres import fresh_postgres
from tests.storage.samples import numbered


async def open_and_close(path: Path | str, **options: bool) -> None:
    async with Database(path, **options):
        pass


async def count_outlets(db: Database) -> int:
    async with db.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(OUTLET))).scalar_one())


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that belongs to somebody without rights, who we are until the test ends."""
    before = os.geteuid()
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o777)
        if before == 0:
            os.chown(folder, 65534, -1)
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if before == 0:
                os.seteuid(before)
            Path(folder).chmod(0o777)


@pytest.mark.parametrize("address", ["{}/news.sqlite", "sqlite:///{}/news.sqlite", "sqlite+aiosqlite:///{}/a b?.db"])
async def test_every_form_of_address_opens(tmp_path: Path, address: str) -> None:
    async with Database(address.format(tmp_path)) as db:
        assert db.dialect == "sqlite"
        assert await count_outlets(db) == 0


@pytest.mark.parametrize("address", ["mysql://host/name", "sqlite://", "sqlite:///:memory:"])
def test_unknown_kind_of_database_is_a_configuration_error(address: str) -> None:
    with pytest.raises(ConfigError, match="Use a path"):
        Database(address)


async def test_second_opening_finds_what_the_first_stored(tmp_path: Path) -> None:
    for _ in range(2):
        async with Database(tmp_path / "news.sqlite") as db:
            await ArticleStore(db).put_many(numbered(3))

    async with Database(tmp_path / "news.sqlite") as db:
        assert len(await ArticleStore(db).list_between()) == 3


async def test_closing_leaves_one_file_and_no_thread(tmp_path: Path) -> None:
    before = set(threading.enumerate())

    async with Database(tmp_path / "news.sqlite") as db:
        await ArticleStore(db).put_many(numbered(3))
        await count_outlets(db)

    assert list(files_of(tmp_path)) == ["news.sqlite"]
    for thread in set(threading.enumerate()) - before:
        if not thread.name.startswith("asyncio"):
            thread.join(timeout=5)
            assert not thread.is_alive()


async def test_reading_leaves_the_file_as_it_was_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    async with Database(path) as db:
        await ArticleStore(db).put_many(numbered(3))
    before = files_of(tmp_path)

    async with Database(path, create=False) as db:
        assert len(await ArticleStore(db).list_between()) == 3

    assert files_of(tmp_path) == before


async def test_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissingError, match="nowhere"):
        await open_and_close(tmp_path / "nowhere" / "news.sqlite")

    assert not files_of(tmp_path)


@pytest.mark.parametrize("empty_file", [False, True])
async def test_reader_makes_no_database(tmp_path: Path, empty_file: bool) -> None:
    path = tmp_path / "news.sqlite"
    if empty_file:
        path.touch()
    before = files_of(tmp_path)

    with pytest.raises(DatabaseMissingError, match=r"news\.sqlite"):
        await open_and_close(path, create=False)

    assert files_of(tmp_path) == before


async def test_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no file"):
        await open_and_close(tmp_path)


@pytest.mark.parametrize("create", [True, False])
async def test_other_files_are_refused_and_stay_as_they_are(tmp_path: Path, create: bool) -> None:
    (tmp_path / "text").write_text("Dear diary, the ferry was late again. " * 9)
    (tmp_path / "short").write_bytes(b"SQLite format 3\x00")
    with closing(sqlite3.connect(tmp_path / "other")) as other:
        other.executescript("CREATE TABLE article (id INTEGER PRIMARY KEY); INSERT INTO article VALUES (1);")
    before = files_of(tmp_path)

    for name in before:
        with pytest.raises(DatabaseForeignError, match="not touched"):
            await open_and_close(tmp_path / name, create=create)

    assert files_of(tmp_path) == before


async def test_newer_schema_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    await open_and_close(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()

    with pytest.raises(DatabaseForeignError, match="newer needtoknow"):
        await open_and_close(path)

    assert path.read_bytes() == before


async def damage(path: Path) -> None:
    async with Database(path) as db:
        await ArticleStore(db).put_many(numbered(200))
    overwrite(path)


def overwrite(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb+") as file:
        file.seek(size // 2)
        file.write(os.urandom(size // 4))


async def test_damage_is_found_and_the_newest_backup_named(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    await damage(path)
    for age, name in enumerate(("news.sqlite.new.backup", "news.sqlite.old.backup", "other.sqlite.new.backup")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    before = path.read_bytes()

    with pytest.raises(DatabaseDamagedError, match=r"news\.sqlite\.new\.backup"):
        await open_and_close(path)

    assert path.read_bytes() == before


async def test_damage_without_a_backup_says_so(tmp_path: Path) -> None:
    await damage(tmp_path / "news.sqlite")

    with pytest.raises(DatabaseDamagedError, match="No backup lies beside it"):
        await open_and_close(tmp_path / "news.sqlite")


def overwrite_beginning(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(b"\0" * 200)


async def test_overwritten_beginning_is_damage_where_a_backup_shows_that_it_was_ours(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    async with Database(path) as db:
        await db.backup(tmp_path / "news.sqlite.1.backup")
    overwrite_beginning(path)

    with pytest.raises(DatabaseDamagedError, match=r"news\.sqlite\.1\.backup"):
        await open_and_close(path)


async def test_damage_that_is_met_later_is_reported_too(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    await damage(path)

    async def read_all() -> None:
        async with Database(path, check=False) as db, db.read() as connection:
            await connection.execute(text("SELECT sum(length(title) + length(text)) FROM article"))
            await connection.execute(text("SELECT count(*) FROM article INDEXED BY ix_article_title_key"))

    with pytest.raises(DatabaseDamagedError):
        await read_all()


def close_to_writing(place: Path) -> None:
    place.chmod(0o555)


async def test_read_only_folder_says_so(unprivileged: Path) -> None:
    close_to_writing(unprivileged)

    with pytest.raises(StorageError, match="read-only"):
        await open_and_close(unprivileged / "news.sqlite")


async def test_read_only_file_says_so(unprivileged: Path) -> None:
    await open_and_close(unprivileged / "news.sqlite")
    close_to_writing(unprivileged / "news.sqlite")

    with pytest.raises(StorageError, match=r"news\.sqlite is read-only"):
        await open_and_close(unprivileged / "news.sqlite")


@pytest.fixture
async def server_database() -> AsyncIterator[str]:
    """The address of a new PostgreSQL database with nothing in it."""
    server = os.environ.get("NEEDTOKNOW_TEST_POSTGRES")
    if not server:
        pytest.skip("no PostgreSQL: set NEEDTOKNOW_TEST_POSTGRES to a server's address")
    async with fresh_postgres(server) as url:
        yield url


async def run_sql(address: str, *statements: str) -> list[Any]:
    engine = create_async_engine(address)
    async with engine.begin() as connection:
        results = [await connection.execute(text(statement)) for statement in statements]
        rows = [row for result in results if result.returns_rows for row in result]
    await engine.dispose()
    return rows


async def test_reader_makes_no_tables_on_a_server(server_database: str) -> None:
    with pytest.raises(DatabaseMissingError, match="still empty"):
        await open_and_close(server_database, create=False)

    assert await run_sql(server_database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []
    await open_and_close(server_database.replace("postgresql+asyncpg", "postgres"))
    await open_and_close(server_database, create=False)


async def test_other_tables_on_a_server_are_refused_and_stay_as_they_are(server_database: str) -> None:
    await run_sql(server_database, "CREATE TABLE diary (day DATE)")

    with pytest.raises(DatabaseForeignError, match="another program"):
        await open_and_close(server_database)

    tables = await run_sql(server_database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert [row[0] for row in tables] == ["diary"]


async def test_newer_schema_on_a_server_is_refused(server_database: str) -> None:
    await open_and_close(server_database)
    await run_sql(server_database, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseForeignError, match="newer needtoknow"):
        await open_and_close(server_database)


async def test_database_that_the_server_does_not_have_is_missing(server_database: str) -> None:
    with pytest.raises(DatabaseMissingError, match="createdb"):
        await open_and_close(f"{server_database}_nowhere")


async def test_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(StorageError, match=r"127\.0\.0\.1:9") as caught:
        await open_and_close("postgresql://reader:secret@127.0.0.1:9/news")

    assert "secret" not in str(caught.value)
