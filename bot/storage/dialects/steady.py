"""A connection whose statements run to their end, though the task that awaits them is cancelled.

SQLite's driver works in a thread of its own: a statement cannot be called back from there, and a connection that is
given up in the middle of one may keep the write lock. So a cancellation waits for the running statement (milliseconds,
at worst the busy timeout); then the transaction is rolled back in order.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


async def finished(work: Coroutine[Any, Any, T]) -> T:
    """Await *work* to its end, even if this task is cancelled meanwhile; the cancellation is raised afterwards."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        task.exception()  # looked at, so that it is not reported as lost
        raise cancelled
    return task.result()


class SteadyConnection(AsyncConnection):
    """An :class:`AsyncConnection` that finishes what it began."""

    async def start(self, is_ctxmanager: bool = False) -> Self:
        """Take a connection from the pool; if cancelled, it is given back."""
        try:
            _ = await finished(super().start(is_ctxmanager))
        except asyncio.CancelledError:
            if self.sync_connection is not None:
                await self.close()
            raise
        return self

    async def execute(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as many forms as the original
        """Execute a statement."""
        return await finished(super().execute(*args, **options))

    async def run_sync(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as many forms as the original
        """Run a function on the connection below."""
        return await finished(super().run_sync(*args, **options))

    async def commit(self) -> None:
        """Keep what was written."""
        await finished(super().commit())

    async def rollback(self) -> None:
        """Undo what was written."""
        await finished(super().rollback())

    async def close(self) -> None:
        """Give the connection back."""
        await finished(super().close())
