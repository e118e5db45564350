"""A lock that the system takes back when its holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import DatabaseBusyError, StorageError


@contextmanager
def locked(path: Path, refusal: str) -> Iterator[None]:
    """Hold the lock file *path* for the block; the file stays afterwards, for removing it would race.

    Raises:
        DatabaseBusyError: another process holds it; the message is *refusal* and that process's number.
        StorageError: the file cannot be made.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StorageError(f"Cannot make the lock file {path}: {error.strerror}.") from error
    try:
        _take(handle, refusal)
        yield
    finally:
        os.close(handle)


def _take(handle: int, refusal: str) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        raise DatabaseBusyError(f"{refusal} (process {holder or 'unknown'}).") from error
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
