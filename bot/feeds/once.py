"""Parse one feed in a process of its own, outside any event loop: for saved feeds on the command line."""

import json
import subprocess
from io import BytesIO
from typing import Any

from bot.errors import FeedError
from bot.feeds.parsed import ParsedFeed
from bot.feeds.process import (
    CHILD,
    CPU_SECONDS,
    ENVIRONMENT,
    LENGTH,
    WALL_SECONDS,
    command,
    count_of,
    death,
    feed_of,
    job,
    size_of,
)


def parse_once(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """Return the feed in *body*; starting the process alone takes about a tenth of a second.

    Raises:
        FeedError: ``not_a_feed``, ``parse_error``, or ``parse_timeout`` where it took too long.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the command is our own
            command(CHILD, CPU_SECONDS),
            input=job(body, content_type, url) + body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise death(None) from error
    try:
        answer = BytesIO(done.stdout)
        header = _frame(answer)
        return feed_of(header, [_frame(answer) for _ in range(count_of(header))])
    except FeedError:
        raise
    except (ValueError, LookupError, TypeError, EOFError) as error:
        raise death(done.returncode) from error


def _frame(answer: BytesIO) -> dict[str, Any]:
    prefix = answer.read(LENGTH.size)
    if len(prefix) < LENGTH.size:
        raise EOFError("the parsing process said nothing")
    frame: dict[str, Any] = json.loads(answer.read(size_of(prefix)))
    return frame
