"""Fetch and parse every file of a folder, as the bot would, and say what came of it.

Usage: python -m benchmarks.feed_files FOLDER [--list]

The files are served on loopback and go through the guarded fetcher and the parsing processes. The table counts the
outcomes; below it stand the seconds, the memory of this process and the longest time that its event loop was held up.
With --list each file that is no feed is named.
"""

import argparse
import asyncio
import os
import resource
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from rich.console import Console
from rich.table import Table

from bot.clock import SystemClock
from bot.errors import FeedError
from bot.feeds.fetch import Fetcher
from bot.feeds.guard import FetchRules
from bot.feeds.parse import FeedParser
from bot.tasks import spawn

_AT_ONCE = 8


@dataclass
class Result:
    """What a run came to."""

    outcomes: Counter[str] = field(default_factory=Counter)
    entries: int = 0
    mended: int = 0
    slowest: tuple[float, str] = (0.0, "")
    refused: list[str] = field(default_factory=list)
    longest_lag: float = 0.0


@asynccontextmanager
async def served(files: list[Path]) -> AsyncGenerator[int]:
    """Serve each file under its number; yield the port."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=files[int(request.match_info["number"])].read_bytes(), content_type="application/xml")

    app = web.Application()
    app.router.add_get("/{number}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def run(files: list[Path]) -> Result:
    """Fetch and parse *files*, a few at once."""
    result = Result()
    watcher = spawn(watch(result), name="watch the loop")
    async with served(files) as port, FeedParser() as parser:
        rules = FetchRules(
            allow_private_networks=("127.0.0.1/32",), allow_ports=(port,), per_host=_AT_ONCE, at_once=_AT_ONCE
        )
        queue = iter(enumerate(files))
        async with Fetcher(rules, SystemClock()) as fetcher, asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(work(queue, f"http://127.0.0.1:{port}", fetcher, parser, result))
    watcher.cancel()
    return result


async def work(
    queue: Iterator[tuple[int, Path]], base: str, fetcher: Fetcher, parser: FeedParser, result: Result
) -> None:
    """Take files from *queue* until none is left."""
    for number, file in queue:
        started = time.perf_counter()
        try:
            fetched = await fetcher.fetch(f"{base}/{number}")
            feed = await parser.parse(fetched.body, fetched.content_type, fetched.final_url)
        except FeedError as error:
            result.outcomes[error.code] += 1
            result.refused.append(f"{error.code}: {file}: {error}")
        else:
            result.outcomes["ok" if feed.entries else "ok, no entries"] += 1
            result.entries += len(feed.entries)
            result.mended += bool(feed.warnings)
        result.slowest = max(result.slowest, (time.perf_counter() - started, str(file)))


async def watch(result: Result) -> None:
    """Note how long the event loop was held up at most."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.01)
        result.longest_lag = max(result.longest_lag, time.perf_counter() - before - 0.01)


def report(result: Result, files: int, seconds: float, console: Console) -> None:
    """Print the table and the figures below it."""
    table = Table("outcome", "files", title=f"{files} files")
    for outcome, count in result.outcomes.most_common():
        table.add_row(outcome, str(count))
    console.print(table)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"entries {result.entries}, feeds that were mended {result.mended}")
    console.print(f"seconds {seconds:.1f}, slowest {result.slowest[0]:.2f} ({result.slowest[1]})")
    console.print(
        f"memory of this process at most {memory:.0f} MiB, event loop held up {result.longest_lag * 1000:.0f} ms"
    )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description="Fetch and parse every file of a folder, as the bot would.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="name each file that is no feed")
    given = parser.parse_args()
    files = [Path(place) / name for place, _, names in os.walk(given.folder) for name in sorted(names)]
    if not files:
        parser.error(f"there is no file in {given.folder}")
    started = time.perf_counter()
    result = asyncio.run(run(files))
    console = Console()
    report(result, len(files), time.perf_counter() - started, console)
    if given.list:
        for line in result.refused:
            console.print(line, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
