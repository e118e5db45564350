"""What a parent must know to wait for a process of ours, and a process to tell how much memory it holds."""

import os
import resource
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from typing import Final

_PIECE_BYTES: Final = 1 << 16
_PAGE_BYTES: Final = resource.getpagesize()
_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


async def end_of(process: Process) -> int:
    """Wait until *process* has ended and return its exit code, reading away what it still says.

    asyncio counts a process as ended only once its pipes are empty: whoever waits for one that died in the middle of
    a long answer, without reading, waits for ever.
    """
    if process.stdout is not None:
        with suppress(OSError, RuntimeError):  # RuntimeError: somebody else reads it away
            while await process.stdout.read(_PIECE_BYTES):
                pass
    return await process.wait()


class MemoryGauge:
    """Tells how much memory this process holds. Make it before the process gives up opening files."""

    def __init__(self) -> None:
        # The peak that getrusage tells will not do on Linux: a child starts with the peak of the process that it was
        # forked from, so that the children of a large bot would all look large.
        try:
            self._statm: int | None = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._statm = None

    def used_bytes(self) -> int:
        """Return the memory that the process holds now; on systems that do not tell, the most it ever held."""
        if self._statm is None:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT
        return int(os.pread(self._statm, 100, 0).split()[1]) * _PAGE_BYTES
