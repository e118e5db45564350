"""FeedParser: a feed may kill its process, never the bot."""

import asyncio
import logging
import os
import sys
import time
from pathlib import Path

import pytest

from bot.errors import FeedError
from bot.feeds.parse import FeedParser
from tests.feeds.servers import FEED

URL = "https://feeds.example/feed"
ENDLESS = b"<rss><channel><item><title>a</title><author>" + b"a" * 2_000_000 + b"</author></item></channel></rss>"


async def code_of(parser: FeedParser, body: bytes) -> str | None:
    try:
        await parser.parse(body, None, URL)
    except FeedError as error:
        return error.code
    return None


async def test_feed_comes_back_as_values() -> None:
    async with FeedParser() as parser:
        feed = await parser.parse(FEED, "text/xml", URL)

    assert feed.title == "T"
    assert [(entry.title, entry.url) for entry in feed.entries] == [("One", "https://a.example/1")]


async def test_child_is_kept_warm_and_errors_do_not_cost_it() -> None:
    async with FeedParser(children=1) as parser:
        codes = [await code_of(parser, body) for body in (FEED, b"<html></html>", b"", FEED)]

        assert codes == [None, "not_a_feed", "not_a_feed", None]
        assert parser.started == 1


async def test_many_feeds_are_read_by_a_few_children() -> None:
    async with FeedParser(children=2) as parser:
        feeds = await asyncio.gather(*(parser.parse(FEED, None, URL) for _ in range(40)))

    assert len(feeds) == 40
    assert parser.started == 2


async def test_feed_that_burns_the_processor_is_killed_and_the_loop_breathes() -> None:
    lag = 0.0

    async def watch() -> None:
        nonlocal lag
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            lag = max(lag, time.perf_counter() - before - 0.01)

    async with FeedParser(children=1, cpu_seconds=0.3, wall_seconds=6) as parser, asyncio.TaskGroup() as group:
        watcher = group.create_task(watch())
        codes = [await code_of(parser, body) for body in (FEED, ENDLESS, FEED)]
        watcher.cancel()

    assert codes == [None, "parse_timeout", None]
    assert parser.started == 2
    assert lag < 0.2


async def test_child_that_says_goodbye_is_replaced_and_costs_no_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "import bot.feeds.child as child\nchild._TIRED_BYTES = 0\nchild.main(5.0)\n"
    async with FeedParser(children=1, child=_module(tmp_path, monkeypatch, source)) as parser:
        codes = [await code_of(parser, body) for body in (FEED, b"<html></html>", FEED)]

        assert codes == [None, "not_a_feed", None]
        assert parser.started == 3


async def test_children_of_a_large_process_are_not_taken_for_large() -> None:
    held = b"x" * (500 << 20)

    async with FeedParser(children=1) as parser:
        codes = [await code_of(parser, FEED) for _ in range(3)]

    assert codes == [None] * 3
    assert parser.started == 1
    assert held


async def test_child_that_waits_without_working_is_killed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with FeedParser(children=1, wall_seconds=0.3, child=_module(tmp_path, monkeypatch, HANGS)) as parser:
        assert await code_of(parser, FEED) == "parse_timeout"


HANGS = "import time\ntime.sleep(60)\n"
DIES = "import os, sys\nsys.stdin.buffer.read(10)\nos._exit(3)\n"
CRASHES = "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n"
OUT_OF_MEMORY = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
ENDS = ""


@pytest.mark.parametrize(
    "source",
    [
        DIES, CRASHES, OUT_OF_MEMORY, ENDS,
        "print('Traceback: garbage', flush=True)\nimport time; time.sleep(9)\n",
        "import sys; sys.stdout.buffer.write(b'\\xff' * 100); sys.stdout.flush(); sys.stdin.read()\n",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x02{}'); sys.stdout.flush(); sys.stdin.read()\n",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x02[]'); sys.stdout.flush(); sys.stdin.read()\n",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x03abc'); sys.stdout.flush(); sys.stdin.read()\n",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x13{\"entries\":99999999}'); sys.stdout.flush()\n",
        "import sys; sys.stdout.buffer.write(b'\\0\\0\\0\\x18{\"code\":\"x\",\"message\":\"y\"}')\n",
    ],
    ids=[
        "exits", "segmentation fault", "killed", "ends at once", "prints", "huge frame", "empty answer", "a list",
        "no JSON", "absurd count", "unknown code",
    ],
)  # fmt: skip
async def test_whatever_a_child_does_is_a_parse_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    async with FeedParser(children=1, wall_seconds=5, child=_module(tmp_path, monkeypatch, source)) as parser:
        assert await code_of(parser, FEED) == "parse_error"


async def test_caller_that_gives_up_takes_the_child_along() -> None:
    async with FeedParser(children=1) as parser:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await parser.parse(ENDLESS, None, URL)

        assert await code_of(parser, FEED) is None
        assert parser.started == 2


async def test_child_inherits_no_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEEDTOKNOW_TOKEN", "made-up-secret")
    note = tmp_path / "environment.txt"
    source = f"import os\nopen({str(note)!r}, 'w').write(repr(sorted(os.environ)))\n"

    async with FeedParser(children=1, child=_module(tmp_path, monkeypatch, source)) as parser:
        await code_of(parser, FEED)

    assert "NEEDTOKNOW_TOKEN" not in note.read_text("utf-8")


def _module(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> str:
    """Write a stand-in for the child that the interpreter finds by its name."""
    (folder / "stand_in_child.py").write_text(source, "utf-8")
    here = os.environ.get("PYTHONPATH", "")
    monkeypatch.setattr("bot.feeds.parse.ENVIRONMENT", {"PYTHONPATH": os.pathsep.join([str(folder), here, *sys.path])})
    return "stand_in_child"
