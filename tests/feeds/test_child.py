"""The parsing process is locked in: no network, no files, no programs, bounded memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from bot.feeds import child
from bot.feeds.documents import read_document
from bot.feeds.once import parse_once
from bot.feeds.parsed import ParsedFeed
from bot.model.articles import Entry
from tests.feeds.servers import FEED

ROOT = Path(bot.__file__).resolve().parent.parent


def inside(source: str) -> str:
    """Run *source* in a process that was locked in; return what it printed."""
    program = f"from bot.feeds.jail import give_time, lock_in\nlock_in()\n{source}"
    done = subprocess.run(  # noqa: S603 - the program is ours
        [sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}, check=False
    )
    return f"{done.stdout}{done.stderr.strip().rpartition(chr(10))[2]} {done.returncode}"


@pytest.mark.parametrize(
    "source",
    [
        "open('/etc/hostname')",
        "open('/etc/hostname', 'rb')",
        "import os; os.open('/etc/hostname', os.O_RDONLY)",
        "import sys; open(sys.prefix + '/new', 'w')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.remove('/tmp/x')",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_parsing_process_cannot_reach_out(source: str) -> None:
    assert "PermissionError" in inside(source)


def test_parsing_process_can_still_import_what_it_needs() -> None:
    assert inside("print('港'.encode('big5hkscs').decode('big5'))") == "港\n 0"


def test_memory_is_bounded() -> None:
    assert "MemoryError" in inside("x = bytearray(800 << 20)")


def test_time_is_bounded_by_the_kernel() -> None:
    assert inside("give_time(0.1)\nwhile True: pass").endswith("-27")


def frames(body: bytes, read: child.Reader = read_document) -> list[dict[str, object]]:
    header, entries = child.answer(body, None, "https://a.example/", read)
    return [header, *map(json.loads, entries)]


def test_answer_counts_its_entries() -> None:
    header, entry = frames(FEED)

    assert header == {"title": "T", "link": None, "language": None, "warnings": [], "entries": 1}
    assert entry == {"title": "One", "url": "https://a.example/1"}


def test_error_is_an_answer_too() -> None:
    (header,) = frames(b"<html></html>")

    assert header == {"code": "not_a_feed", "message": "This is a web page, not a feed."}


@pytest.mark.parametrize("error", [MemoryError, RecursionError, ValueError, KeyError, AttributeError])
def test_document_that_is_beyond_the_parser_is_a_parse_error(error: type[Exception]) -> None:
    def fail(*_: object) -> ParsedFeed:
        raise error

    assert [frame["code"] for frame in frames(FEED, fail)] == ["parse_error"]


def test_answer_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MOST_ANSWER_BYTES", 200)
    item = b"<item><title>" + b"x" * 90 + b"</title></item>"

    header, *entries = frames(b"<rss><channel>" + item * 5 + b"</channel></rss>")

    assert header["entries"] == len(entries) == 1
    assert header["warnings"] == ["4 entries left out: too much text"]


def test_saved_feed_is_parsed_without_an_event_loop() -> None:
    assert [entry.title for entry in parse_once(FEED, None, "").entries] == ["One"]


def test_large_markup_comes_as_text_and_a_text_beyond_the_limit_just_long_enough_to_be_refused() -> None:
    small = Entry("One", content_html="<p>short</p>")
    large = Entry("Two", content_html="<p>word " * 20_000, summary_html="<p>less")
    long = Entry("Three", text="word " * 150_000)
    endless = Entry("Four", text="x" * 3_000_000)

    assert child.lightened(small) == small
    assert child.lightened(large).content_html == child.lightened(large).summary_html == ""
    assert child.lightened(large).text.split() == ["word"] * 20_000
    assert child.lightened(long).text == "word " * 40_000
    assert len(child.lightened(endless).text) == 1_000_001
