"""Bring an open database to the newest schema, each step and its version row in one transaction."""

import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from importlib import import_module, resources
from typing import Final

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

_LOG = logging.getLogger(__name__)
_STEPS: Final = "bot.storage.migrations.versions"
_STEP: Final = re.compile(r"(?P<module>v(?P<version>\d{4})_\w+)\.py")
# Alembic's own table, so that its tools can work with the database too.
_VERSION: Final = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def known_versions() -> tuple[str, ...]:
    """Return the schema versions this program knows, oldest first; the last is the newest."""
    return tuple(sorted(_modules()))


async def current_version(connection: AsyncConnection) -> str | None:
    """Return the schema version of the database, None where it holds nothing yet."""
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return None
    version = await connection.scalar(select(_VERSION.c.version_num))
    return None if version is None else str(version)


Connecting = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


async def migrate(
    read: Connecting,
    transaction: Connecting,
    save: Callable[[str], Awaitable[object]],
    lock: str | None,
) -> int:
    """Apply the steps that are missing and return their number.

    A database that holds data is copied by *save* first; an empty one is made in a single transaction, so that nobody
    ever meets half of it. Two processes may do this at once: each transaction looks again, under its lock, which
    steps are still missing.
    """
    async with read() as connection:
        version = await current_version(connection)
    missing = _missing(version)
    if missing and version is not None:
        _LOG.info("database migration: from=%s to=%s backup=%s", version, missing[-1], await save(version))
    for steps in [missing] if version is None else [[step] for step in missing]:
        async with transaction() as connection:
            if lock is not None:
                await connection.execute(text(lock))
            still_missing = _missing(await current_version(connection))
            for step in (step for step in steps if step in still_missing):
                await connection.run_sync(_upgrade, step)
    return len(missing)


def _missing(version: str | None) -> list[str]:
    return [step for step in known_versions() if version is None or step > version]


def _upgrade(connection: Connection, step: str) -> None:
    # Imported here: an up-to-date database, which is every start but one, does not pay for it.
    from alembic.migration import MigrationContext  # noqa: PLC0415 - see above
    from alembic.operations import Operations  # noqa: PLC0415 - see above

    with Operations.context(MigrationContext.configure(connection)):
        import_module(f"{_STEPS}.{_modules()[step]}").upgrade()
    _VERSION.create(connection, checkfirst=True)
    connection.execute(delete(_VERSION))
    connection.execute(insert(_VERSION).values(version_num=step))


def _modules() -> dict[str, str]:
    """Return the modules of the steps by their versions."""
    names = (file.name for file in resources.files(_STEPS).iterdir())
    return {match["version"]: match["module"] for name in names if (match := _STEP.fullmatch(name))}
