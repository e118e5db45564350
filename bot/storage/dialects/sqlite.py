"""SQLite: one file, one writer at a time, readers that never wait."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import ConfigError, DatabaseBusyError, DatabaseMissingError, StorageError
from bot.storage.dialects import sqlite_copy, sqlite_file
from bot.storage.dialects.lock_file import locked
from bot.storage.dialects.steady import SteadyConnection

_OLDEST: Final = (3, 37)  # STRICT tables
_READERS: Final = 4
_EVERY_CONNECTION: Final = ("PRAGMA foreign_keys = ON", "PRAGMA temp_store = MEMORY")
_WRITER: Final = (
    *_EVERY_CONNECTION,
    "PRAGMA cache_size = -16000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a message marked as sent stays so, even when the power fails
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA secure_delete = ON",  # a guild that was forgotten leaves no bytes in free pages
)
# Each of the readers keeps its own pages; the operating system keeps the file once for all of them.
_READER: Final = (*_EVERY_CONNECTION, "PRAGMA cache_size = -4000", "PRAGMA query_only = ON")
_LOCK_PAUSE_SECONDS: Final = 0.25


class SqliteFile:
    """A database in a file."""

    name = "sqlite"
    one_writer = True
    migration_lock: str | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shown = str(path)
        self._watcher: sqlite3.Connection | None = None

    async def prepare(self, *, create: bool, check: bool, known: Sequence[str]) -> None:
        """Look at the file, and make it where it is missing and *create* allows it; see :class:`Backend`."""
        if sqlite3.sqlite_version_info < _OLDEST:
            raise ConfigError(f"SQLite {sqlite3.sqlite_version} is too old: 3.37 or newer is needed.")
        await asyncio.to_thread(self._prepare, create, check, known)

    def _prepare(self, create: bool, check: bool, known: Sequence[str]) -> None:
        if sqlite_file.is_new(self.path):
            if not create and self.path.parent.is_dir():
                raise DatabaseMissingError(
                    f"There is no database at {self.path}. Read some news into it first, or name another one."
                )
            sqlite_file.check_place(self.path)
            sqlite_file.make(self.path)
            return
        if self.path.is_file():
            sqlite_file.check_ours(self.path)
        sqlite_file.check_place(self.path)
        sqlite_file.check_version(self.path, sqlite_file.version_of(self.path, check=check), known)

    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """Return the writer, a single connection, and the readers."""
        return self._engine(1, _WRITER, "BEGIN IMMEDIATE"), self._engine(_READERS, _READER, "BEGIN")

    def _engine(self, connections: int, pragmas: Sequence[str], begin: str) -> AsyncEngine:
        engine = create_async_engine(
            URL.create(
                "sqlite+aiosqlite", database=sqlite_file.address(self.path, "rw").split("?")[0],
                query={"mode": "rw", "uri": "true"},
            ),
            # None: the driver must not begin transactions of its own, which are never IMMEDIATE.
            connect_args={"timeout": sqlite_file.BUSY_SECONDS, "isolation_level": None},
            pool_size=connections,
            max_overflow=0,
            hide_parameters=True,
        )  # fmt: skip

        @event.listens_for(engine.sync_engine, "connect")
        def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(pragma)
            cursor.close()

        @event.listens_for(engine.sync_engine, "begin")
        def start(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        return engine

    async def connect(self, engine: AsyncEngine) -> AsyncConnection:
        """Take a connection whose statements run to their end."""
        return await SteadyConnection(engine).start()

    async def mark(self, reader: AsyncEngine) -> object:  # noqa: ARG002 - see below
        """Return SQLite's count of others' commits, as a connection that never writes sees it; see :class:`Backend`.

        A look into shared memory, a few microseconds: asked here, not in a thread. The number means something on one
        connection alone, so it is none of the readers'.
        """
        try:
            if self._watcher is None:
                address = sqlite_file.address(self.path, "rw")
                self._watcher = sqlite3.connect(address, uri=True, isolation_level=None, timeout=0)
            return self._watcher.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error:
            return object()  # who cannot be asked may have changed

    def close(self) -> None:
        """Close the connection that watches."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None

    def explain(self, error: DBAPIError | OSError) -> StorageError:
        """Turn an error of SQLite into one that says what to do."""
        return sqlite_file.explain(self.path, (error.orig if isinstance(error, DBAPIError) else None) or error)

    @asynccontextmanager
    async def hold(self, name: str, wait_seconds: float) -> AsyncIterator[None]:
        """Hold ``<file>.<name>.lock``; see :class:`Backend`."""
        with ExitStack() as held:
            tries_left = int(wait_seconds / _LOCK_PAUSE_SECONDS)
            while not self._take(name, held, last=tries_left <= 0):
                tries_left -= 1
                await asyncio.sleep(_LOCK_PAUSE_SECONDS)
            yield

    def _take(self, name: str, held: ExitStack, *, last: bool) -> bool:
        refusal = f"Another “needtoknow {name}” already works with {self.path}"
        try:
            held.enter_context(locked(self.path.with_name(f"{self.path.name}.{name}.lock"), refusal))
        except DatabaseBusyError:
            if last:
                raise
            return False
        return True

    async def backup(self, target: Path) -> None:
        """Copy the file by SQLite's online backup; readers and the writer go on."""
        await asyncio.to_thread(sqlite_copy.copy, self.path, target)

    async def tidy(self) -> None:
        """Empty the log beside the file; readers that are still at it keep their part."""
        await asyncio.to_thread(sqlite_file.empty_log, self.path)

    async def save(self, version: str) -> Path | None:
        """Copy the file to ``<file>.<version>.backup``."""
        target = self.path.with_name(f"{self.path.name}.schema-{version}.backup")
        await asyncio.to_thread(sqlite_copy.copy, self.path, target, replace=True)
        return target
