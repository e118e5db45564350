"""Migrations: they lead to the declared tables, one whole step at a time, with a copy kept before."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from bot.errors import StorageError
from bot.storage import migrate
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.dialects.sqlite import SqliteFile
from bot.storage.dialects.sqlite_file import make
from bot.storage.schema import METADATA
from tests.storage.samples import numbered


def _difference(connection: Connection) -> list[Any]:
    def ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and name is not None and name.startswith(("article_fts", "article_search")))

    context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
    return list(compare_metadata(context, METADATA))


async def test_migrations_lead_to_the_declared_tables(database: Database) -> None:
    async with database.read() as connection:
        assert await connection.run_sync(_difference) == []


async def test_every_table_is_strict(sqlite: Database) -> None:
    async with sqlite.read() as connection:
        rows = (await connection.execute(text("PRAGMA table_list"))).all()

    loose = {row.name for row in rows if row.type == "table" and not row.strict}
    assert loose <= {"sqlite_schema", "sqlite_sequence", "sqlite_temp_schema", "alembic_version"}


async def test_checks_stand_in_the_database_too(sqlite: Database) -> None:
    async with sqlite.read() as connection:
        sql = (await connection.execute(text("SELECT group_concat(sql) FROM sqlite_master"))).scalar_one()

    for state in ("'pending', 'sending', 'sent', 'failed'", "'due', 'composed'", "'published', 'withdrawn'"):
        assert state in sql


async def test_alembic_itself_gets_to_the_same_schema(tmp_path: Path) -> None:
    async with Database(tmp_path / "ours.sqlite"):
        pass
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{tmp_path / 'theirs.sqlite'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()

    assert schema_of(tmp_path / "ours.sqlite") == schema_of(tmp_path / "theirs.sqlite")
    assert version_of(tmp_path / "ours.sqlite") == version_of(tmp_path / "theirs.sqlite")


def schema_of(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as raw:
        return {
            name: " ".join(sql.split())
            for name, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            if name != "alembic_version"
        }


def test_versions_count_up_without_a_gap() -> None:
    versions = migrate.known_versions()

    assert [int(version) for version in versions] == list(range(1, len(versions) + 1))


async def at_version(path: Path, version: str) -> None:
    """Make a database as an older program left it, with rows in its tables."""
    make(path)
    writer, reader = SqliteFile(path).engines()
    async with writer.connect() as connection:
        for step in migrate.known_versions():
            if step <= version:
                await connection.run_sync(migrate._upgrade, step)
                await connection.commit()
        await connection.execute(text("INSERT INTO outlet (name, language) VALUES ('The Skerry Post', 'en')"))
        await connection.commit()
    await reader.dispose()
    await writer.dispose()


def version_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def outlets_in(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT name FROM outlet").fetchall()


async def test_older_database_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    await at_version(path, "0003")

    async with Database(path) as db:
        assert db.version == migrate.known_versions()[-1]
        await ArticleStore(db).put_many(numbered(2))

    assert version_of(path) == migrate.known_versions()[-1]
    backup = tmp_path / "news.sqlite.schema-0003.backup"
    assert version_of(backup) == "0003"
    assert outlets_in(backup) == outlets_in(path) == [("The Skerry Post",)]


async def test_up_to_date_database_is_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        async with Database(tmp_path / "news.sqlite"):
            pass

    assert [file.name for file in await asyncio.to_thread(lambda: list(tmp_path.iterdir()))] == ["news.sqlite"]


async def test_failing_step_leaves_the_schema_before_it(tmp_path: Path) -> None:
    path = tmp_path / "news.sqlite"
    await at_version(path, "0003")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE edition_item (oops INTEGER)")

    async def opened() -> None:
        async with Database(path):
            pass

    with pytest.raises(StorageError, match="edition_item"):
        await opened()

    assert version_of(path) == "0004"
    with closing(sqlite3.connect(path)) as raw:
        made = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "schedule" in made
    assert "edition" not in made
    assert outlets_in(path) == [("The Skerry Post",)]


async def test_two_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Database]:
        async with Database(tmp_path / "news.sqlite") as db:
            yield db

    async def store(number: int) -> None:
        async with opened() as db:
            await ArticleStore(db).put(numbered(5)[number])

    await asyncio.gather(*(store(number) for number in range(5)))

    assert version_of(tmp_path / "news.sqlite") == migrate.known_versions()[-1]
    async with opened() as db:
        assert len(await ArticleStore(db).list_between()) == 5
