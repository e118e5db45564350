"""Lock the parsing process in: bounded memory and time, no network, no files but Python's own, no other programs."""

import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_ADDRESS_SPACE_BYTES: Final = 700 << 20
_OPEN_FILES: Final = 32
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Audit events (Python library reference, "Audit events table") of everything that a parser has no business with.
_REFUSED: Final = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile",
    "pty.", "ctypes.", "urllib.", "http.client.", "ftplib.", "smtplib.", "shutil.", "webbrowser.", "mmap.",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate",
)  # fmt: skip


def lock_in() -> None:
    """Give up, for good, everything that parsing does not need. Call it once, after all imports."""
    _limit(resource.RLIMIT_AS, _ADDRESS_SPACE_BYTES)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    places = [Path(place) for place in (sys.prefix, sys.base_prefix, *sys.path) if place]
    own = tuple({f"{place}{os.sep}" for place in (*places, *(place.resolve() for place in places))})

    def refuse(event: str, details: tuple[object, ...]) -> None:
        if event == "open":
            _refuse_open(details, own)
        elif event.startswith(_REFUSED):
            raise PermissionError(f"a feed made the parser try: {event}")

    sys.addaudithook(refuse)


def give_time(cpu_seconds: float) -> None:
    """Let the process live for *cpu_seconds* more of CPU time, then be killed where it stands; 0 takes the limit off.

    The kernel does it: no loop inside an extension module, however tight, holds it up.
    """
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)


def _refuse_open(details: tuple[object, ...], own: tuple[str, ...]) -> None:
    path, _, flags = details
    writes = isinstance(flags, int) and flags & _WRITING
    if isinstance(path, str) and path.startswith(own) and not writes:
        return  # a module that is only imported when it is needed: a codec, say
    raise PermissionError("a feed made the parser try to open a file")


def _limit(what: int, most: int) -> None:
    with suppress(ValueError, OSError):  # some systems know a limit by name only
        resource.setrlimit(what, (most, most))
