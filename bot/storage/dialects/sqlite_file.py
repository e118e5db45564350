"""Look at a SQLite file from outside: whose it is, whether it is whole, which backups lie beside it."""

import os
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bot.errors import DatabaseBusyError, DatabaseDamagedError, DatabaseForeignError, DatabaseMissingError, StorageError

APPLICATION_ID: Final = 0x4E544B31
"""Marks a file as ours ("NTK1"; https://www.sqlite.org/pragma.html#pragma_application_id)."""

BUSY_SECONDS: Final = 5.0


def address(path: Path, mode: str) -> str:
    """Return the ``file:`` address that opens *path* in *mode* (``ro``, ``rw``), whatever characters it holds."""
    return f"file:{quote(str(path))}?mode={mode}"


def is_new(path: Path) -> bool:
    """Tell whether there is no database at *path* yet: no file, or an empty one."""
    return not path.exists() or (path.is_file() and path.stat().st_size == 0)


def check_place(path: Path) -> None:
    """Make sure that a database can live at *path*.

    Raises:
        DatabaseMissingError: the folder is missing.
        StorageError: it is no ordinary file, or file or folder are read-only.
    """
    folder = path.parent
    if not folder.is_dir():
        raise DatabaseMissingError(f"There is no folder {folder} for the database. Make it, or name another place.")
    if path.exists() and not path.is_file():
        raise StorageError(f"{path} is no file, so it cannot be the database. Name a file.")
    for place in (folder, path):
        if place.exists() and not os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise read_only(place)


def read_only(place: Path) -> StorageError:
    """Return the error for a place that cannot be written."""
    return StorageError(f"{place} is read-only, so the database cannot be used there. Make it writable for this user.")


def check_ours(path: Path) -> None:
    """Make sure, by its first page alone, that the file is a database of ours; nothing is locked or written.

    Raises:
        DatabaseDamagedError: it is no database, but backups of ours lie beside it.
        DatabaseForeignError: it is something else.
    """
    # SQLite looks itself: a file that Python closes would lose the locks that this process holds on it.
    try:
        with closing(sqlite3.connect(f"{address(path, 'ro')}&immutable=1", uri=True)) as connection:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.OperationalError as error:  # it cannot even be read
        raise explain(path, error) from error
    except sqlite3.DatabaseError as error:
        if newest_backup(path) is not None:
            raise damaged(path, "its first bytes are overwritten") from error
        raise DatabaseForeignError(f"{path} is no database. It was not touched. Name another file.") from error
    if mark != APPLICATION_ID:
        raise DatabaseForeignError(f"{path} is a database of another program. It was not touched. Name another file.")


def version_of(path: Path, *, check: bool) -> str | None:
    """Return the schema version of our database at *path*, read without changing it; None where it has no tables.

    With *check* every page is read: about a second for 500 MB.

    Raises:
        DatabaseDamagedError: a page is damaged.
        DatabaseBusyError: it stayed locked for five seconds.
    """
    try:
        with closing(sqlite3.connect(address(path, "ro"), uri=True, timeout=BUSY_SECONDS)) as connection:
            if check and (problem := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise damaged(path, problem)
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return None if row is None else str(row[0])
    except sqlite3.Error as error:
        raise explain(path, error) from error


def check_version(path: Path, version: str | None, known: Sequence[str]) -> None:
    """Make sure that this program knows the schema *version*.

    Raises:
        DatabaseForeignError: it does not.
    """
    if version is not None and version not in known:
        raise DatabaseForeignError(
            f"{path} was written by a newer needtoknow (schema {version}; this one knows {known[-1]}). "
            "It was not touched. Install the newer version."
        )


def make(path: Path) -> None:
    """Make an empty database of ours; one that another process makes at the same moment is left alone."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(6)}.new")
    try:
        _mark(unfinished)
        try:
            os.link(unfinished, path)
        except FileExistsError:
            if is_new(path):
                _mark(path)
        except OSError:  # a file system without links
            _mark(path)
    except sqlite3.Error as error:
        raise explain(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _mark(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        # Before WAL mode: the mark must stand in the file itself, not in a log beside it.
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")


def empty_log(path: Path) -> None:
    """Move the write-ahead log of the database at *path* into it and cut the log to nothing.

    Raises:
        DatabaseBusyError: it stayed locked for five seconds.
    """
    try:
        with closing(sqlite3.connect(address(path, "rw"), uri=True, timeout=BUSY_SECONDS)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise explain(path, error) from error


def newest_backup(path: Path) -> Path | None:
    """Return the newest ``<name>.….backup`` beside *path*, or None."""
    backups = sorted(path.parent.glob(f"{_glob_safe(path.name)}.*.backup"), key=lambda file: file.stat().st_mtime)
    return backups[-1] if backups else None


def damaged(path: Path, problem: str) -> DatabaseDamagedError:
    """Return the error for a damaged file, naming the newest backup."""
    backup = newest_backup(path)
    way_out = f"Restore the newest backup: {backup}" if backup else "No backup lies beside it: restore one of yours"
    return DatabaseDamagedError(f"The database {path} is damaged ({problem}). It was not touched. {way_out}.")


def explain(path: Path, error: BaseException) -> StorageError:  # noqa: PLR0911 - one return for each kind
    """Turn an error of SQLite into one that says what to do (https://www.sqlite.org/rescode.html)."""
    code = str(getattr(error, "sqlite_errorname", "")).removeprefix("SQLITE_").split("_")[0]
    match code:
        case "BUSY" | "LOCKED":
            return DatabaseBusyError(f"Another process holds the database {path}. Try again when it is done.")
        case "CORRUPT" | "NOTADB":
            return damaged(path, str(error))
        case "READONLY" | "PERM" | "CANTOPEN":
            return read_only(path)
        case "FULL":
            return StorageError(f"The disk under {path} is full. Free some space; nothing was lost.")
        case "IOERR":
            return StorageError(
                f"The disk under {path} cannot be read or written ({error}). See whether it is full or failing;"
                " nothing was lost."
            )
        case _:
            return StorageError(f"The database {path} refused: {error}.")


def _glob_safe(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)
