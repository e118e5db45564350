"""Let thousands of digests be due at one instant: how fast do they go out, how evenly, and does memory stay level?

Usage: python -m benchmarks.fanout [--channels N] [--simulated N]

Ledger, sender and discord.py's HTTP client are the bot's own and work over real sockets; the double of Discord is a
process of its own that keeps Discord's limits. Each edition is two messages. The simulation is the same arithmetic of
spread and turns, without sockets.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from heapq import heappop, heappush
from pathlib import Path
from time import monotonic
from typing import Any, Final

import psutil
from aiohttp import web
from discord.http import HTTPClient, Route
from rich.console import Console
from rich.table import Table

from bot.app.session import counted_by
from bot.clock import SystemClock
from bot.delivery.breaker import Breaker
from bot.delivery.ledger import Ledger
from bot.delivery.plan import spread
from bot.delivery.poster import DiscordPoster
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.model.articles import ArticleId
from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import Audit, Edition, Item, Link, SourceSpan
from bot.sandbox.double.rest.requests import API
from bot.sandbox.double.server import Double
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.schedules import ScheduleStore
from bot.ui.payload import walk

_A_SERVER: Final = 4
_PARTS: Final = 2
_MIB: Final = 1 << 20
_DAY: Final = date(2026, 3, 2)


@dataclass
class Run:
    """What was seen: readings at which messages were sent, by part; memory by how many were sent."""

    channels: int
    sent: list[tuple[float, int, int]] = field(default_factory=list)
    memory: list[tuple[int, float]] = field(default_factory=list)
    seconds: float = 0.0
    global_429: int = 0
    doubled: int = 0
    lost: int = 0

    @property
    def per_second(self) -> float:
        """Return the rate from the first message to the last."""
        first, last = self.sent[0][0], self.sent[-1][0]
        return (len(self.sent) - 1) / (last - first)

    def of_part(self, part: int) -> list[float]:
        """Return after how many seconds the messages that are a *part* of their edition went out, the soonest first."""
        return sorted(at for at, number, _ in self.sent if number == part)

    @property
    def every_server(self) -> float:
        """Return after how many seconds every server had its first message: no server waits for another's second."""
        firsts: dict[int, float] = {}
        for at, _, server in self.sent:
            firsts.setdefault(server, at)
        return max(firsts.values())

    @property
    def growth(self) -> float:
        """Return by how many MiB memory grew over the second half."""
        middle = self.memory[len(self.memory) // 2][1]
        return self.memory[-1][1] - middle


class Maker:
    """Makes an edition of two messages; composing real ones is measured elsewhere."""

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        """Return the same edition for everybody."""
        bullets = tuple(
            _item(number, f"Harbour {number} took in its boats on Monday. " + "Calm sea. " * 40) for number in range(5)
        )
        also = tuple(_item(number, f"Harbour {number} was painted. " + "White walls. " * 40) for number in range(9, 12))
        return Edition(
            "What you need to know", at.date(), schedule.zone, (at - timedelta(days=1), at), bullets=bullets, also=also,
            articles=12, outlets=1, audit=Audit(ok=True),
        )  # fmt: skip


def _item(number: int, text: str) -> Item:
    words = text.strip()
    link = Link("Harbour Ledger", "https://ledger.example/a")
    return Item(None, words, (SourceSpan(ArticleId(number + 1), 0, len(words)),), links=(link,))


class Counting(DiscordPoster):
    """A poster that notes when what went out."""

    def __init__(self, http: HTTPClient, me: int, run: Run, servers: dict[int, int]) -> None:
        super().__init__(http, me)
        self._run = run
        self._servers = servers
        self._begun = monotonic()
        self._process = psutil.Process()

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        """Post and note it."""
        message = await super().post(channel, payload, nonce)
        part = 2 if '"d1:src:' in payload and ':2"' in payload else 1
        self._run.sent.append((monotonic() - self._begun, part, self._servers[channel]))
        if len(self._run.sent) % max(1, self._run.channels * _PARTS // 40) == 0:
            self._run.memory.append((len(self._run.sent), self._process.memory_info().rss / _MIB))
        return message


async def fan_out(channels: int, folder: Path, *, per_second: float = 40.0) -> Run:
    """Deliver to so many channels at once and return what was seen."""
    run = Run(channels)
    rules = Rules(per_second=per_second)
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(_double(channels))
        Route.BASE = place["api"]
        servers = {channel: number // _A_SERVER for number, channel in enumerate(place["channels"])}
        database = await stack.enter_async_context(Database(folder / "news.sqlite"))
        now = SystemClock().now()
        at = now.replace(second=0, microsecond=0)
        await _schedules(database, place["channels"], at)
        breaker = Breaker()
        client = HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=60, http_trace=counted_by(breaker))
        await client.static_login(place["token"])
        stack.push_async_callback(client.close)
        clock = SystemClock()
        ledger = Ledger(database, Maker(), clock, rules)
        poster = Counting(client, place["me"], run, servers)
        sender = await stack.enter_async_context(Sender(database, poster, clock, rules, breaker=breaker))
        sender.firsts_only = lambda: ledger.has_more
        began = monotonic()
        planning = asyncio.ensure_future(ledger.step())
        while not planning.done() or len(run.sent) < channels * _PARTS:
            await sender.step()
            await asyncio.sleep(0.02)
        run.seconds = monotonic() - began
        await _count(client, run)
    return run


async def _schedules(database: Database, channels: list[int], at: datetime) -> None:
    store = ScheduleStore(database)
    for number, channel in enumerate(channels):
        wanted = Schedule(ScheduleId(0), 1 + number // _A_SERVER, channel, time(at.hour, at.minute), "UTC")
        await store.add(wanted, by=By(None, at - timedelta(days=1)))


async def _count(client: HTTPClient, run: Run) -> None:
    told = await client.request(Route("GET", "/fanout"))
    run.global_429 = told["global_429"]
    run.lost = run.channels * _PARTS - told["messages"]
    run.doubled = told["messages"] - told["different"]


@asynccontextmanager
async def _double(channels: int) -> AsyncIterator[dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.fanout", "--double", str(channels), stdout=asyncio.subprocess.PIPE,
        stdin=asyncio.subprocess.PIPE, limit=1 << 24,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 - asked for above
    yield json.loads(await process.stdout.readline())
    process.terminate()
    await process.wait()


class Counted(Double):
    """A double with a route that tells what it counted."""

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Add that route in front of Discord's own."""
        router.add_get(f"{API}/fanout", self._counted)
        super().add_routes(router)

    async def _counted(self, _: web.Request) -> web.Response:
        seen = [
            (channel, tuple(part.get("custom_id", "") for part in walk(message["components"])))
            for channel, messages in self.state.messages.items()
            for message in messages.values()
        ]
        refused = [line.answer for line in self.log if line.status == 429]
        is_global = sum(isinstance(answer, dict) and answer.get("global", False) for answer in refused)
        told = {"messages": len(seen), "different": len(set(seen)), "global_429": is_global}
        return web.Response(
            body=json.dumps(told).encode(), headers={"Content-Type": "application/json", "Via": "1.1 double"}
        )


async def run_double(channels: int) -> None:
    """Be the double, until killed."""
    async with Counted() as double:
        owner = double.state.add_user("ada")
        guilds = [double.state.add_guild(f"Readers {number}", owner) for number in range(-(-channels // _A_SERVER))]
        ids = [
            int(double.state.add_channel(guilds[number // _A_SERVER], "daily-news")["id"]) for number in range(channels)
        ]
        place = {"api": double.api, "token": double.state.token, "me": int(double.state.bot["id"]), "channels": ids}
        sys.stdout.write(json.dumps(place) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


@dataclass(frozen=True)
class Simulated:
    """When messages of a simulated fan-out go out, in seconds after their time."""

    first_p99: float
    whole: float
    latest_first_of_a_server: float


def simulate(channels: int, rules: Rules) -> Simulated:
    """Send to so many channels by the arithmetic of spread, turns and pace alone."""
    gap = 1.0 / rules.per_second
    coming = []
    for number in range(channels):
        offset = spread(ScheduleId(number + 1), _DAY, channels, rules).total_seconds()
        chance = int.from_bytes(sha256(f"{number // _A_SERVER}/{number}".encode()).digest()[:2], "big")
        coming.append((offset, number % _A_SERVER, chance, number))
    coming.sort(reverse=True)
    at = 0.0
    ready: list[tuple[int, int, int]] = []
    firsts: list[float] = []
    servers: dict[int, float] = {}
    while coming or ready:
        while coming and (coming[-1][0] <= at or not ready):
            offset, *place = coming.pop()
            at = max(at, offset)
            heappush(ready, (place[0], place[1], place[2]))
        number = heappop(ready)[2]
        firsts.append(at)
        servers.setdefault(number // _A_SERVER, at)
        at += gap
    return Simulated(firsts[int(len(firsts) * 0.99)], at + channels * gap, max(servers.values()))


def _table(run: Run, rules: Rules) -> Table:
    firsts, seconds = run.of_part(1), run.of_part(2)
    table = Table("what", "figure", title=f"{run.channels:,} channels due at once, two messages each")
    table.add_row(
        "messages a second, of the allowed",
        f"{run.per_second:.1f} of {rules.per_second:.0f} ({run.per_second / rules.per_second:.0%})",
    )
    table.add_row(
        "first message: median, p99", f"{firsts[len(firsts) // 2]:.0f} s, {firsts[int(len(firsts) * 0.99)]:.0f} s"
    )
    table.add_row("a message in every server", f"{run.every_server:.0f} s")
    table.add_row("whole edition: p99, last", f"{seconds[int(len(seconds) * 0.99)]:.0f} s, {seconds[-1]:.0f} s")
    table.add_row("global 429, lost, doubled", f"{run.global_429}, {run.lost}, {run.doubled}")
    table.add_row(
        "memory: first, last, growth over the second half",
        f"{run.memory[0][1]:.0f}, {run.memory[-1][1]:.0f}, {run.growth:+.1f} MiB",
    )
    return table


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--channels", type=int, default=10_000)
    parser.add_argument("--simulated", type=int, default=100_000)
    parser.add_argument("--double", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.double:
        asyncio.run(run_double(given.double))
        return
    console, rules = Console(), Rules()
    far = simulate(given.simulated, rules)
    console.print(
        f"simulated, {given.simulated:,} channels: first message p99 {far.first_p99:.0f} s, first message of every "
        f"server by {far.latest_first_of_a_server:.0f} s, all by {far.whole:.0f} s"
    )
    with tempfile.TemporaryDirectory() as folder:
        console.print(_table(asyncio.run(fan_out(given.channels, Path(folder))), rules))


if __name__ == "__main__":
    main()
