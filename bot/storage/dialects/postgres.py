"""PostgreSQL: many writers on many machines; rows are claimed, never raced for."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import ConfigError, DatabaseBusyError, DatabaseForeignError, DatabaseMissingError, StorageError

_CONNECT_SECONDS: Final = 10.0
_CONNECTIONS: Final = 5
_LOCK_PAUSE_SECONDS: Final = 0.25
_TABLES = text("""
    SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()
""")
_SNAPSHOT = text("SELECT pg_current_snapshot()::text")
_VERSION = text("SELECT version_num FROM alembic_version")
_TRY_LOCK = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
# Classes of SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_MISSING_DATABASE: Final = "3D000"
_LOCKED: Final = ("55P03", "40P01")
_REASONS: Final = {"53100": "its disk is full; nothing was lost", "25006": "it is read-only"}


class PostgresServer:
    """A database on a PostgreSQL server."""

    name = "postgresql"
    one_writer = False
    migration_lock: str | None = "SELECT pg_advisory_xact_lock(hashtextextended('needtoknow migration', 0))"

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+asyncpg")
        self.shown = url.set(drivername="postgresql").render_as_string(hide_password=True)

    async def prepare(self, *, create: bool, check: bool, known: Sequence[str]) -> None:  # noqa: ARG002 - the server checks itself
        """Make sure that the server answers and the database is empty or ours; see :class:`Backend`."""
        engine = self._engine(poolclass=NullPool)
        try:
            async with engine.connect() as connection:
                tables = set((await connection.execute(_TABLES)).scalars())
                version = await _version(connection, tables)
        except (DBAPIError, OSError) as error:
            raise self.explain(error) from error
        finally:
            await engine.dispose()
        if tables and version is None:
            raise DatabaseForeignError(f"{self.shown} holds tables of another program. It was not touched.")
        if version is None and not create:
            raise DatabaseMissingError(f"{self.shown} is still empty. Read some news into it first, or name another.")
        if version is not None and version not in known:
            raise DatabaseForeignError(
                f"{self.shown} was written by a newer needtoknow (schema {version}; this one knows {known[-1]}), "
                "or is another program's. It was not touched."
            )

    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """Return one pool of connections for both; a reader sees one state for as long as it reads."""
        engine = self._engine()
        return engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _engine(self, *, poolclass: type[NullPool] | None = None) -> AsyncEngine:
        options = {"poolclass": poolclass} if poolclass else {"pool_size": _CONNECTIONS, "max_overflow": _CONNECTIONS}
        try:
            return create_async_engine(
                self._url,
                connect_args={"timeout": _CONNECT_SECONDS},
                pool_pre_ping=poolclass is None,
                hide_parameters=True,
                **options,
            )
        except ModuleNotFoundError as error:
            raise ConfigError("PostgreSQL needs one more package: pip install 'needtoknow[postgres]'.") from error

    async def connect(self, engine: AsyncEngine) -> AsyncConnection:
        """Take a connection; the driver itself calls a cancelled statement back."""
        return await engine.connect()

    async def mark(self, reader: AsyncEngine) -> object:
        """Return which transactions the server has finished; see :class:`Backend`."""
        async with reader.connect() as connection:
            return await connection.scalar(_SNAPSHOT)

    def close(self) -> None:
        """Do nothing: the engines hold all connections."""

    def explain(self, error: DBAPIError | OSError) -> StorageError:
        """Turn an error of the server or of the way to it into one that says what to do."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlstate", None)
        if code == _MISSING_DATABASE:
            return DatabaseMissingError(f"There is no database {self.shown}. Make it with createdb, or name another.")
        if code in _LOCKED:
            return DatabaseBusyError(f"Somebody else holds what is needed in {self.shown}. Try again.")
        if isinstance(error, OSError):
            return StorageError(f"Cannot reach {self.shown}: {error}. Is the server up, and the address right?")
        reason = _REASONS.get(str(code), str(cause).partition("\n")[0])
        return StorageError(f"{self.shown} refused: {reason}.")

    @asynccontextmanager
    async def hold(self, name: str, wait_seconds: float) -> AsyncIterator[None]:
        """Hold an advisory lock on a connection of its own; the server frees it when that connection dies."""
        engine = self._engine(poolclass=NullPool).execution_options(isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                await self._take(connection, name, wait_seconds)
                yield
        finally:
            await engine.dispose()

    async def _take(self, connection: AsyncConnection, name: str, wait_seconds: float) -> None:
        tries_left = int(wait_seconds / _LOCK_PAUSE_SECONDS)
        while not await connection.scalar(_TRY_LOCK, {"name": f"needtoknow {name}"}):
            if tries_left <= 0:
                raise DatabaseBusyError(f"Another “needtoknow {name}” already works with {self.shown}.")
            tries_left -= 1
            await asyncio.sleep(_LOCK_PAUSE_SECONDS)

    async def backup(self, target: Path) -> None:
        """Refuse: the server's own tools do this better."""
        raise StorageError(f"A backup of PostgreSQL is made with: pg_dump --format=custom --file={target} <database>.")

    async def tidy(self) -> None:
        """Do nothing: the server's vacuum does."""

    async def save(self, version: str) -> Path | None:  # noqa: ARG002 - see below
        """Save nothing: each step is one transaction, and the server's own backups stand behind it."""
        return None


async def _version(connection: AsyncConnection, tables: set[str]) -> str | None:
    if "alembic_version" not in tables:
        return None
    version = await connection.scalar(_VERSION)
    return None if version is None else str(version)
