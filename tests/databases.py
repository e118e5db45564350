"""A database for each test: SQLite's a copy of one, PostgreSQL's one that is emptied between tests."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from tests.postgres import fresh_postgres

_EMPTY = text("""
    DO $$
    DECLARE name text;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables
                     WHERE schemaname = current_schema() AND tablename <> 'alembic_version'
        LOOP
            EXECUTE 'DELETE FROM ' || quote_ident(name);
        END LOOP;
    END $$
""")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str | None]:
    """The address of an empty database on the test server, None where there is no server."""
    server = os.environ.get("NEEDTOKNOW_TEST_POSTGRES")
    if not server:
        yield None
        return
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        made = fresh_postgres(server)
        yield runner.run(made.__aenter__())
        runner.run(made.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database, to be copied: ten times as fast as making one."""
    path = tmp_path_factory.mktemp("template") / "news.sqlite"

    async def make() -> None:
        async with Database(path):
            pass

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(make())
    return path


@pytest.fixture
async def sqlite(tmp_path: Path, empty_file: Path) -> AsyncIterator[Database]:
    """A migrated, empty SQLite database."""
    shutil.copy(empty_file, tmp_path / "news.sqlite")
    async with Database(tmp_path / "news.sqlite") as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgres"])
async def database(
    request: pytest.FixtureRequest, tmp_path: Path, empty_file: Path, postgres_url: str | None
) -> AsyncIterator[Database]:
    """A migrated, empty database on each of the two dialects."""
    if request.param == "sqlite":
        shutil.copy(empty_file, tmp_path / "news.sqlite")
        async with Database(tmp_path / "news.sqlite") as opened:
            yield opened
        return
    if postgres_url is None:
        pytest.skip("no PostgreSQL: set NEEDTOKNOW_TEST_POSTGRES to a server's address")
    async with Database(postgres_url) as opened:
        async with opened.transaction() as connection:
            await connection.execute(_EMPTY)
        yield opened
