"""Copy a SQLite database whole: online backups, and putting one back."""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import DatabaseMissingError, StorageError
from bot.storage.dialects import sqlite_file


def copy(source: Path, target: Path, *, replace: bool = False) -> None:
    """Copy the database *source*, which may be in use, to the single file *target*: whole, or not at all.

    Raises:
        StorageError: *target* exists (unless *replace*), or cannot be written.
    """
    if not target.parent.is_dir():
        raise DatabaseMissingError(
            f"There is no folder {target.parent} for the backup. Make it, or name another place."
        )
    if target.exists() and not replace:
        raise StorageError(f"{target} already exists; a backup never overwrites. Name another file.")
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(6)}.unfinished")
    try:
        _copy(source, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise StorageError(f"Cannot write the backup {target}: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise sqlite_file.explain(source, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(sqlite_file.address(source, "ro"), uri=True, timeout=sqlite_file.BUSY_SECONDS)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        old.backup(new)  # all pages in one step: a step-wise copy starts again whenever somebody writes
        new.execute("PRAGMA journal_mode = DELETE")  # one file, no log beside it
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def set_aside(path: Path) -> Path | None:
    """Move a database and its logs out of the way, deleting nothing; return where it went, None if there was none."""
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.name}.replaced-{number}")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):
        file = path.with_name(path.name + ending)
        if file.exists():
            file.rename(aside.with_name(aside.name + ending))
    return aside
