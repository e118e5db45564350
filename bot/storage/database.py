"""The database: opened, checked, brought up to date; read and written through it alone."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import ConfigError, DatabaseBusyError
from bot.storage.dialects.backend import Backend
from bot.storage.dialects.postgres import PostgresServer
from bot.storage.dialects.sqlite import SqliteFile
from bot.storage.dialects.steady import finished
from bot.storage.migrate import known_versions, migrate

_HOLD_SECONDS: Final = 3.0


class Database:
    """Owns the connections. Stores borrow them; nobody else opens the database.

    Every write goes through :meth:`transaction`. SQLite has one writer: inside this process writers queue for it,
    against other processes each waits for up to five seconds.
    """

    def __init__(self, url_or_path: str | Path, *, create: bool = True, check: bool = True) -> None:
        """Name the database: a path or ``sqlite:///path``, or ``postgresql://user@host/name``.

        *create* allows to make it where it is missing. *check* looks for damage while opening, which reads the whole
        file; without it damage is still reported, when it is met.

        Raises:
            ConfigError: the address is of no known kind.
        """
        self._backend = _backend(str(url_or_path))
        self._create = create
        self._check = check
        self._queue = asyncio.Lock()
        self._writing: asyncio.Task[Any] | None = None
        self._engines: tuple[AsyncEngine, AsyncEngine] | None = None

    async def __aenter__(self) -> Self:
        """Open the database.

        Raises:
            DatabaseMissingError: it, or its folder, is not there.
            DatabaseForeignError: it is another program's or a newer version's; it was not touched.
            DatabaseDamagedError: it is damaged; it was not touched.
            DatabaseBusyError: another process held it for five seconds.
            StorageError: it cannot be written, or the server does not answer.
        """
        await self._backend.prepare(create=self._create, check=self._check, known=known_versions())
        self._engines = self._backend.engines()
        try:
            await migrate(self.read, self.transaction, self._backend.save, self._backend.migration_lock)
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    @property
    def dialect(self) -> str:
        """Return ``sqlite`` or ``postgresql``."""
        return self._backend.name

    @property
    def file(self) -> Path | None:
        """Return the file that it is, None where a server holds it."""
        return self._backend.path if isinstance(self._backend, SqliteFile) else None

    @property
    def shown(self) -> str:
        """Return where the database is, without a password."""
        return self._backend.shown

    @property
    def version(self) -> str:
        """Return the schema version that an open database has."""
        return known_versions()[-1]

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection that sees one state of the database for the whole block and writes nothing.

        Raises:
            StorageError: the database refused.
        """
        _, reader = self._opened()
        with self._explained():
            connection = await self._connected(reader)
            try:
                yield connection
            finally:
                await connection.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection whose writes are kept together, or undone together on any error.

        Raises:
            StorageError: the database refused.
        """
        writer, _ = self._opened()
        if self._writing is not None and self._writing is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        async with self._turn():
            with self._explained():
                connection = await self._connected(writer)
                try:
                    yield connection
                    await connection.commit()
                finally:
                    await connection.close()  # undoes what was not committed

    async def mark(self) -> object:
        """Return something that differs from before once anybody has written, in this process or another.

        Raises:
            StorageError: the database refused.
        """
        _, reader = self._opened()
        with self._explained():
            try:
                return await self._backend.mark(reader)
            except OSError as error:
                raise self._backend.explain(error) from error

    async def _connected(self, engine: AsyncEngine) -> AsyncConnection:
        try:
            return await self._backend.connect(engine)
        except OSError as error:  # asyncpg's, when the server is gone; never one of the block's own
            raise self._backend.explain(error) from error
        except PoolTimeoutError as error:
            raise DatabaseBusyError(f"Too much is asked of {self.shown} at once. Try again in a minute.") from error

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if not self._backend.one_writer:
            yield
            return
        async with self._queue:
            self._writing = asyncio.current_task()
            try:
                yield
            finally:
                self._writing = None

    def hold(self, name: str, *, wait_seconds: float = _HOLD_SECONDS) -> AbstractAsyncContextManager[None]:
        """Return a context in which this process is the only *name* (``run``) on this database.

        The hold ends with the process, however it ends.

        Raises:
            DatabaseBusyError: another process held it for all of *wait_seconds*.
        """
        return self._backend.hold(name, wait_seconds)

    async def backup(self, target: Path) -> None:
        """Copy the database to the file *target* while it is in use.

        Raises:
            StorageError: the file exists or cannot be written, or the server has its own tools for it.
        """
        await self._backend.backup(target)

    async def tidy(self) -> None:
        """Let go of what deleted rows left behind in logs; call it after a guild was forgotten."""
        async with self._turn():
            await self._backend.tidy()

    def _opened(self) -> tuple[AsyncEngine, AsyncEngine]:
        if self._engines is None:
            raise RuntimeError("Database used outside 'async with'")
        return self._engines

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._backend.explain(error) from error

    async def _close(self) -> None:
        engines, self._engines = self._engines, None
        self._backend.close()
        for engine in reversed(engines or ()):  # the writer last: closing it moves the log into the file
            await finished(engine.dispose())


def _backend(address: str) -> Backend:
    if "://" not in address:
        return SqliteFile(Path(address))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise ConfigError(f"Not the address of a database: {address.partition('://')[0]}://…") from error
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return SqliteFile(Path(url.database))
    if kind in {"postgresql", "postgres"}:
        return PostgresServer(url)
    raise ConfigError(f"Unknown kind of database “{kind}”. Use a path, sqlite:///path or postgresql://….")
