"""What the database needs to know of the dialect it stands on."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StorageError


class Backend(Protocol):
    """One database of one dialect, before and while it is open."""

    name: str
    """``sqlite`` or ``postgresql``."""
    shown: str
    """Where it is, fit to be shown: no password."""
    one_writer: bool
    """Whether writers must queue inside this process."""

    @property
    def migration_lock(self) -> str | None:
        """Return what a migration step says first, so that two processes never run it; None: BEGIN does it already."""
        ...

    async def prepare(self, *, create: bool, check: bool, known: Sequence[str]) -> None:
        """Make sure that a database of ours can be opened; a database of somebody else is not touched.

        *known* are the schema versions this program knows; *check* looks for damage, which reads the whole file.

        Raises:
            StorageError: it cannot; the subclass says why.
        """
        ...

    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """Return a new engine for writing and one for reading; both may be the same."""
        ...

    async def connect(self, engine: AsyncEngine) -> AsyncConnection:
        """Take a connection from *engine*, one that stays in order when its task is cancelled."""
        ...

    async def mark(self, reader: AsyncEngine) -> object:
        """Return something that differs from before once anybody has written, in this process or another."""
        ...

    def close(self) -> None:
        """Let go of what it holds besides the engines, before those are disposed of."""
        ...

    def explain(self, error: DBAPIError | OSError) -> StorageError:
        """Turn what the driver raised into an error that says what to do."""
        ...

    def hold(self, name: str, wait_seconds: float) -> AbstractAsyncContextManager[None]:
        """Hold the right to be the only *name* on this database.

        Raises:
            DatabaseBusyError: another process held it for all of *wait_seconds*.
        """
        ...

    async def backup(self, target: Path) -> None:
        """Copy the database while it is in use.

        Raises:
            StorageError: it cannot be copied here; the message says how else.
        """
        ...

    async def tidy(self) -> None:
        """Let go of what deleted rows left behind in logs."""
        ...

    async def save(self, version: str) -> Path | None:
        """Copy the database before its schema *version* is left; None where the server's own backups must do."""
        ...
