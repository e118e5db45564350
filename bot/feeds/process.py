"""How a parsing process is started, what it is sent, and what its answers mean; shared by all who start one."""

import json
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import bot
from bot.errors import FeedError
from bot.feeds.parsed import MOST_ENTRIES, ParsedFeed, entry_from_json

CHILD: Final = "bot.feeds.child"
PAGE_CHILD: Final = "bot.feeds.page_child"
LENGTH: Final = struct.Struct(">I")
MOST_ANSWER_BYTES: Final = 8 << 20
CPU_SECONDS: Final = 5.0
WALL_SECONDS: Final = 8.0
# It inherits nothing: no variables, and no folder but the one that this package is imported from.
ENVIRONMENT: Final = {
    "PYTHONPATH": str(Path(bot.__file__).resolve().parent.parent),
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
}
_OUT_OF_TIME: Final = frozenset({-signal.SIGPROF, -signal.SIGXCPU, -signal.SIGVTALRM})


def command(module: str, cpu_seconds: float) -> tuple[str, ...]:
    """Return the command that starts a parsing process, whose jobs get *cpu_seconds* each."""
    return (sys.executable, "-P", "-m", module, str(cpu_seconds))


def job(body: bytes, content_type: str | None, url: str) -> bytes:
    """Return what a process is sent ahead of *body*."""
    told = json.dumps({"content_type": content_type, "url": url, "size": len(body)}).encode("utf-8")
    return LENGTH.pack(len(told)) + told


def size_of(prefix: bytes) -> int:
    """Return the length of the frame that follows *prefix*.

    Raises:
        ValueError: nothing sound is that long.
    """
    (size,) = LENGTH.unpack(prefix)
    if size > MOST_ANSWER_BYTES:
        raise ValueError("the parsing process says too much")
    return int(size)


def count_of(header: dict[str, Any]) -> int:
    """Return how many frames follow an answer's *header*.

    Raises:
        FeedError: the answer is that the document cannot be read.
        ValueError, LookupError, TypeError: it is no header.
    """
    if "code" in header:
        raise FeedError(header["code"], header["message"])
    count = int(header["entries"])
    if not 0 <= count <= 2 * MOST_ENTRIES:
        raise ValueError("the parsing process counts wrongly")
    return count


def feed_of(header: dict[str, Any], rows: Sequence[dict[str, Any]]) -> ParsedFeed:
    """Return the feed that an answer describes.

    Raises:
        ValueError, LookupError, TypeError: it describes none.
    """
    entries = tuple(entry_from_json(row) for row in rows)
    return ParsedFeed(header["title"], header["link"], header["language"], entries, tuple(header["warnings"]))


def death(code: int | None) -> FeedError:
    """Return what it means for a feed that its process ended with *code*; None: it had to be killed."""
    if code is None or code in _OUT_OF_TIME:
        return FeedError("parse_timeout", "This feed takes too long to read.")
    return FeedError("parse_error", "This feed cannot be read: it broke the parser.")
