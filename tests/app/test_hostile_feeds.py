"""While the bot reads every misbehaving server there is, it stays small and answers at once.

Bot, Discord and the servers are processes of their own, so that none is measured with another one's work.
"""

import asyncio
import json
import statistics
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import aiohttp
import psutil
import pytest

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.double.clockwork import SandboxClock
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.storage.database import Database
from bot.storage.feeds import FeedStore
from tests.app.running import NOW
from tests.feeds.hostile.cases import expected
from tests.promises import Record

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

_MIB = 1 << 20
_CALM_QUESTIONS = 60
_ALL_READ_WITHIN = 900.0
# Then the language model is at thousands of stories: this long it is watched at that, too.
_STORIES_SECONDS = 45.0
# A thousand sound stories each: last, since fetching pauses while thousands of articles wait to be read.
_MANY_STORIES = ("five_thousand_items", "fifty_thousand_items", "gzip_of_large_items", "json_thirty_thousand_items")


@dataclass
class Servers:
    """The process with the misbehaving servers: ``seconds`` is how long each request was held, known at the end."""

    port: int
    seconds: dict[str, float] = field(default_factory=dict)
    canary: int = 0

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"


@dataclass
class Questions:
    """Slash commands that a member asks one after the other, and the largest the bot was meanwhile."""

    member: Member
    process: psutil.Process
    waits: list[float] = field(default_factory=list)
    peak: int = 0

    async def ask(self) -> None:
        begun = monotonic()
        seen = await self.member.slash("help")
        self.waits.append(monotonic() - begun)
        assert seen.failure is None
        self.peak = max(self.peak, self.process.memory_info().rss)
        await asyncio.sleep(0.05)

    async def ask_while(self, goes_on: Callable[[], bool]) -> None:
        while goes_on():
            await self.ask()

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.waits, n=100)[98]


async def test_hostile_feeds_do_not_hurt_the_bot(tmp_path: Path, unused_tcp_port: int, record_promise: Record) -> None:
    table = expected()
    names = sorted(table, key=lambda name: (name in _MANY_STORIES, name))
    clock = SandboxClock(NOW)
    async with AsyncExitStack() as stack:
        servers = await stack.enter_async_context(misbehaving())
        double = await stack.enter_async_context(Double(clock))
        double.gateway.identify_seconds = 0.0
        guild = double.state.add_guild("Readers", ada := double.state.add_user("ada"))
        member = double.member(ada, double.state.add_channel(guild, "daily-news"), patience=20.0)
        given = settings(double, servers.port, tmp_path)
        given["NEEDTOKNOW_HEALTH__ADDRESS"] = f"127.0.0.1:{unused_tcp_port}"
        bot = await stack.enter_async_context(BotProcess(given, clock, tmp_path))
        await asyncio.wait_for(double.gateway.identified.wait(), 120)
        process = psutil.Process(bot._process.pid)  # type: ignore[union-attr] # it was started
        calm = Questions(member, process)
        for _ in range(_CALM_QUESTIONS):
            await calm.ask()

        asked = Questions(member, process)
        await subscribe(tmp_path, [servers.url(name) for name in names])
        reading = asyncio.ensure_future(verdicts(tmp_path, len(names)))
        await asked.ask_while(lambda: not reading.done())
        codes = await reading
        until = monotonic() + _STORIES_SECONDS
        await asked.ask_while(lambda: monotonic() < until)
        lag_p99, lag_longest = await lag(unused_tcp_port)

    missed = {name: codes[servers.url(name)] for name in names if codes[servers.url(name)] not in table[name].codes}
    held, grown = max(servers.seconds.values()), (asked.peak - calm.peak) / _MIB
    figures = (
        f"{len(names)} misbehaving servers: longest hold {held:.1f} s, parent {grown:+.0f} MiB; loop lag p99"
        f" {lag_p99 * 1000:.0f} ms, longest {lag_longest * 1000:.0f} ms; {len(asked.waits)} slash commands, p99"
        f" {asked.p99 * 1000:.0f} ms, longest {max(asked.waits) * 1000:.0f} ms (before: p99 {calm.p99 * 1000:.0f} ms)"
    )
    record_promise("3 hostile feeds", figures)
    assert missed == {}
    assert servers.canary == 0
    assert held <= 25.0, figures
    assert grown <= 96, figures
    assert lag_p99 <= 0.2, figures
    assert max(asked.waits) <= 1.0, figures


@asynccontextmanager
async def misbehaving() -> AsyncGenerator[Servers]:
    """Run the misbehaving servers, and learn at the end what they saw."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.feeds.hostile", cwd=Path(__file__).parents[2],
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        servers = Servers(**json.loads(await process.stdout.readline()))
        yield servers
        process.stdin.close()
        seen = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
        servers.seconds, servers.canary = seen["seconds"], seen["canary"]
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def subscribe(folder: Path, urls: list[str]) -> None:
    async with Database(folder / "news.sqlite", create=False) as database:
        for number, url in enumerate(urls):
            await FeedStore(database).add(url, f"Outlet {number}", kept=True)


async def verdicts(folder: Path, count: int) -> dict[str, str]:
    """Wait until *count* feeds were read or refused, and return what came of each, by address."""
    async with Database(folder / "news.sqlite", create=False) as database, asyncio.timeout(_ALL_READ_WITHIN):
        while True:
            feeds = await FeedStore(database).all()
            known = {feed.url: feed.code or "ok" for feed in feeds if feed.code or feed.last_ok_at}
            if len(known) == count:
                return known
            await asyncio.sleep(2)


async def lag(port: int) -> tuple[float, float]:
    """Return what the bot itself says of its event loop over the last ten minutes: p99 and the longest."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as answer:
        lines = dict(line.rsplit(" ", 1) for line in (await answer.text()).splitlines() if not line.startswith("#"))
    return float(lines["needtoknow_loop_lag_p99_seconds"]), float(lines["needtoknow_loop_lag_longest_seconds"])


def settings(double: Double, port: int, folder: Path) -> dict[str, str]:
    return {
        "NEEDTOKNOW_TOKEN": double.state.token,
        "NEEDTOKNOW_DISCORD_API": double.api,
        "NEEDTOKNOW_DISCORD_GATEWAY": double.gateway_url,
        "NEEDTOKNOW_DATABASE__URL": str(folder / "news.sqlite"),
        "NEEDTOKNOW_DATABASE__BACKUP_FOLDER": str(folder / "backups"),
        "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
        "NEEDTOKNOW_FEEDS__ALLOW_PORTS": f"[{port}]",
        "NEEDTOKNOW_FEEDS__PER_HOST": "16",
    }
