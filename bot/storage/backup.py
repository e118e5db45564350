"""Put a backup back in the place of a database, deleting nothing."""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import DatabaseMissingError
from bot.storage.dialects import sqlite_copy, sqlite_file
from bot.storage.dialects.sqlite import SqliteFile
from bot.storage.migrate import known_versions


def backup_path(database: Path, at: datetime) -> Path:
    """Return where a backup of the file *database* made at *at* is looked for: ``<name>.<UTC time>.backup``."""
    return database.with_name(f"{database.name}.{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup and the instant, in UTC, that stands in its name."""

    path: Path
    made_at: datetime


def scheduled_backups(folder: Path, name: str) -> tuple[Backup, ...]:
    """Return the backups of the database called *name* in *folder*, oldest first; other files are passed over."""
    pattern = re.compile(rf"{re.escape(name)}\.(\d{{8}}T\d{{6}})Z\.backup")
    found = [(match, file) for file in folder.iterdir() if (match := pattern.fullmatch(file.name))]
    made = [Backup(file, datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)) for match, file in found]
    return tuple(sorted(made, key=lambda one: one.made_at))


def check_backup(backup: Path) -> None:
    """Read every page of *backup*.

    Raises:
        DatabaseForeignError: it is not ours.
        DatabaseDamagedError: it is damaged.
    """
    sqlite_file.check_ours(backup)
    sqlite_file.version_of(backup, check=True)


def newest_backup(database: Path) -> Path | None:
    """Return the newest backup beside the file *database*, or None."""
    return sqlite_file.newest_backup(database)


async def restore(backup: Path, database: Path) -> Path | None:
    """Put a copy of *backup* in the place of the file *database*, which no bot may be using.

    The backup is checked first, page by page. What stood there before is moved to ``<name>.replaced-1`` (or the next
    free number) and its path returned; None where nothing stood there.

    Raises:
        DatabaseMissingError: there is no such backup, or the database's folder is missing.
        DatabaseForeignError: the backup is not ours or of a newer version.
        DatabaseDamagedError: the backup is damaged.
        DatabaseBusyError: a bot is running on the database.
    """
    await asyncio.to_thread(_check, backup, database)
    async with SqliteFile(database).hold("run", wait_seconds=0):
        aside = await asyncio.to_thread(sqlite_copy.set_aside, database)
        await asyncio.to_thread(sqlite_copy.copy, backup, database)
    return aside


def _check(backup: Path, database: Path) -> None:
    if not backup.is_file():
        raise DatabaseMissingError(f"There is no backup at {backup}.")
    sqlite_file.check_place(database)
    sqlite_file.check_ours(backup)
    sqlite_file.check_version(backup, sqlite_file.version_of(backup, check=True), known_versions())
