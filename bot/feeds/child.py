"""The parsing process: feeds come in as bytes, values go out as JSON. Started by :mod:`bot.feeds.parse` alone."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

from bot.errors import FeedError
from bot.feeds.documents import read_document
from bot.feeds.draft import LONGEST_TEXT
from bot.feeds.jail import give_time, lock_in
from bot.feeds.parsed import ParsedFeed, entry_to_json
from bot.feeds.process import LENGTH, MOST_ANSWER_BYTES
from bot.model.articles import Entry
from bot.processes import MemoryGauge
from bot.text.html import to_text

Reader = Callable[[bytes, str | None, str], ParsedFeed]
"""Reads a body that an address served under a content type."""

_SAMPLE: Final = b"<rss><channel><item><title>a</item></channel></rss>"
_TIRED_BYTES: Final = 400 << 20
_LARGE_CHARACTERS: Final = 50_000
# No report is as long, and the language model reads some thousand characters a second.
_MOST_CHARACTERS: Final = 200_000
# What feedparser and the standard library do when a document is beyond them. Anything else kills this process, which
# the bot tells from its silence.
_BEYOND: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError)


def main(cpu_seconds: float) -> None:
    """Answer jobs that are feeds until the bot closes the pipe."""
    serve(cpu_seconds, read_document, _SAMPLE)


def serve(cpu_seconds: float, read: Reader, sample: bytes) -> None:
    """Answer jobs, by *read*, until the bot closes the pipe; *sample* is a body that it reads well."""
    jobs = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not reach the bot
    read(sample, None, "https://a.example/")  # imports what is only imported in use, while that may be done
    memory = MemoryGauge()
    lock_in()
    while header := jobs.read(LENGTH.size):
        job = json.loads(jobs.read(*LENGTH.unpack(header)))
        body = jobs.read(job["size"])
        give_time(cpu_seconds)
        told, entries = answer(body, job["content_type"], job["url"], read)
        last = memory.used_bytes() > _TIRED_BYTES
        for frame in (_json(told | {"last": last}), *entries):
            _write(answers, frame)
        answers.flush()
        give_time(0)
        if last:
            return


def answer(body: bytes, content_type: str | None, url: str, read: Reader) -> tuple[dict[str, Any], list[bytes]]:
    """Return the answer to one job: a header that counts the entries, or names the error; and each entry as JSON."""
    try:
        feed = read(body, content_type, url)
    except FeedError as error:
        return {"code": error.code, "message": str(error)}, []
    except MemoryError:
        return {"code": "parse_error", "message": "This feed takes too much memory to read."}, []
    except _BEYOND:
        return {"code": "parse_error", "message": "This feed is damaged in a way that cannot be mended."}, []
    try:
        entries = list(_entries(feed))
    except (MemoryError, *_BEYOND):
        return {"code": "parse_error", "message": "This feed holds a text that cannot be read."}, []
    dropped = len(feed.entries) - len(entries)
    warnings = [*feed.warnings, *([f"{dropped} entries left out: too much text"] if dropped else [])]
    told = {"title": feed.title, "link": feed.link, "language": feed.language, "warnings": warnings}
    return {**told, "entries": len(entries)}, entries


def lightened(entry: Entry) -> Entry:
    """Return *entry* with the text of its markup instead of the markup where that is large.

    So the work is done here, in a process that may be killed, and not where commands wait for their answers. Of a very
    long text the beginning comes, where news stands; one beyond what is stored comes just long enough to be refused.
    """
    markups = (entry.content_html, entry.summary_html)
    if sum(map(len, (*markups, entry.text))) < _LARGE_CHARACTERS:
        return entry
    text = entry.text if entry.text.strip() else max((to_text(markup) for markup in markups), key=len)
    most = LONGEST_TEXT + 1 if len(text) > LONGEST_TEXT else _MOST_CHARACTERS
    return replace(entry, text=text[:most], content_html="", summary_html="")


def _entries(feed: ParsedFeed) -> Iterator[bytes]:
    size = 0
    for entry in map(lightened, feed.entries):
        frame = _json(entry_to_json(entry))
        size += len(frame)
        if size > MOST_ANSWER_BYTES:
            return
        yield frame


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _write(answers: BinaryIO, frame: bytes) -> None:
    answers.write(LENGTH.pack(len(frame)))
    answers.write(frame)


if __name__ == "__main__":
    main(float(sys.argv[1]))
