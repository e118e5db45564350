"""Measure how long people wait for an answer: our commands beside a bare discord.py bot's "pong", in one run.

Usage: python -m benchmarks.latency [--rounds N] [--articles N]

Both bots are processes of their own and talk to doubles of Discord over real sockets. A figure is the time from the
member's command to the answer that they see. Each round asks everything once, in turn; the second table is measured
while our bot reads as many new articles. Rounds end early when the reading does.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import discord
import yarl
from aiohttp import web
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from rich.console import Console
from rich.table import Table

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.double.clockwork import SandboxClock
from bot.sandbox.double.interactions import Interaction
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.sandbox.newsroom import write_rss
from bot.sandbox.world import World, WorldItem, load_world

ASKED: Final[dict[str, dict[str, Any]]] = {
    "help": {},
    "actor": {"name": "Kestria"},
    "search": {"query": "ferry"},
    "digest latest": {},
}
_PONG: Final = "pong of a bare bot"
_PATIENCE: Final = 60.0
_TOKEN_VARIABLE: Final = "BARE_BOT_TOKEN"  # noqa: S105 - the variable's name
_ITEMS_A_FEED: Final = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Our bot with the made-up world's news, and one posted edition."""

    double: Double
    bot: BotProcess
    admin: Member


class Flood:
    """Serves feeds of many new articles on loopback: the made-up world's, each with other names in it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._dice = random.Random(1)  # noqa: S311 - the same articles in every run
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def __aenter__(self) -> "Flood":
        app = web.Application()
        app.router.add_get("/{number}", self._feed)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _feed(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        items = tuple(self._item(number, place) for place in range(_ITEMS_A_FEED))
        body = write_rss(self._world.outlets[number % len(self._world.outlets)], items)
        return web.Response(body=body, content_type="application/rss+xml", charset="utf-8")

    def _item(self, number: int, place: int) -> WorldItem:
        pattern = self._world.items[(number * _ITEMS_A_FEED + place) % len(self._world.items)]
        names = " ".join(f"Name{self._dice.randrange(10**6)}" for _ in range(8))
        key = f"{number}-{place}"
        return WorldItem(
            key, key, f"https://flood.example/{key}", pattern.outlet, "rss", f"{names[:30]} {pattern.title}", None,
            pattern.summary_html, f"{names}. {pattern.text}", pattern.published, None, pattern.first_seen,
        )  # fmt: skip


@asynccontextmanager
async def opened_place(folder: Path, flood: Flood) -> AsyncIterator[Place]:
    """Yield our bot, connected and with a posted edition; its files lie in *folder*."""
    world = load_world()
    at = world.edition_times()[-1]
    clock = SandboxClock(at - timedelta(hours=2))
    await _ingest(folder)
    async with Double(clock) as double:
        double.limits.off()
        double.gateway.identify_seconds = 0.0
        owner = double.state.add_user("ada")
        channel = double.state.add_channel(double.state.add_guild("Readers", owner), "daily-news")
        admin = double.member(owner, channel, patience=_PATIENCE)
        async with BotProcess(_settings(double, flood, folder), clock, folder) as bot:
            await bot.ready()
            await asyncio.wait_for(double.gateway.identified.wait(), _PATIENCE)
            await admin.slash("schedule add", channel=channel, time=f"{at:%H:%M}", timezone="UTC")
            clock.set(at)
            await bot.follow()
            yield Place(double, bot, admin)


def _settings(double: Double, flood: Flood, folder: Path) -> dict[str, str]:
    return {
        "NEEDTOKNOW_TOKEN": double.state.token,
        "NEEDTOKNOW_DISCORD_API": double.api,
        "NEEDTOKNOW_DISCORD_GATEWAY": double.gateway_url,
        "NEEDTOKNOW_DATABASE__URL": str(folder / "news.sqlite"),
        "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
        "NEEDTOKNOW_FEEDS__ALLOW_PORTS": f"[{flood.port}]",
    }


async def _ingest(folder: Path) -> None:
    news = folder / "news.jsonl"
    news.write_bytes(files("config").joinpath("demo", "articles.jsonl").read_bytes())
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ingest", str(news), "--db", str(folder / "news.sqlite"),
        stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    if await process.wait():
        raise SystemExit("The news could not be read.")


@asynccontextmanager
async def bare_bot() -> AsyncIterator[Member]:
    """Yield a member of a server with a bare discord.py bot in a process of its own, whose one command is ``ping``."""
    async with Double() as double:
        double.limits.off()
        owner = double.state.add_user("ada")
        channel = double.state.add_channel(double.state.add_guild("Readers", owner), "hall")
        environment = {**os.environ, _TOKEN_VARIABLE: double.state.token}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.latency", "--bare", double.api, double.gateway_url, env=environment
        )
        try:
            await asyncio.wait_for(double.gateway.identified.wait(), _PATIENCE)
            yield double.member(owner, channel)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def run_bare(api: str, gateway: str) -> None:
    """Be the bare bot, until killed."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, yarl.URL(gateway)
    client = discord.Client(intents=discord.Intents(guilds=True))
    tree = app_commands.CommandTree(client)

    @tree.command(description="Answer.")
    async def ping(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("pong", ephemeral=True)

    async with client:
        await client.login(os.environ[_TOKEN_VARIABLE])
        await tree.sync()
        await client.connect()


async def _timed(ask: Callable[[], Awaitable[Interaction]]) -> float:
    began = perf_counter()
    seen = await ask()
    if seen.failure or not seen.text:
        raise SystemExit(f"/{seen.name} failed: {seen.failure}")
    return (perf_counter() - began) * 1000


async def _measured(
    admin: Member, pinger: Member, rounds: int, goes_on: Callable[[], bool] = lambda: True
) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {_PONG: [], **{f"/{name}": [] for name in ASKED}}
    for _ in range(rounds):
        found[_PONG].append(await _timed(lambda: pinger.slash("ping")))
        for name, options in ASKED.items():
            found[f"/{name}"].append(await _timed(lambda n=name, o=options: admin.slash(n, **o)))  # type: ignore[misc]
        if not goes_on():
            break
    return found


def _table(title: str, found: dict[str, list[float]]) -> Table:
    table = Table("command", "asked", "median ms", "p99 ms", "median, in pongs", title=title)
    pong = median(found[_PONG])
    for name, times in found.items():
        worst = sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]
        table.add_row(name, str(len(times)), f"{median(times):.1f}", f"{worst:.1f}", f"{median(times) / pong:.1f}")
    return table


async def measure(rounds: int, articles: int) -> None:
    """Print both tables."""
    console = Console()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        flood = await stack.enter_async_context(Flood(load_world()))
        pinger = await stack.enter_async_context(bare_bot())
        place = await stack.enter_async_context(opened_place(folder, flood))
        await _measured(place.admin, pinger, 10)
        console.print(_table("Idle", await _measured(place.admin, pinger, rounds)))
        for number in range(max(1, articles // _ITEMS_A_FEED)):
            await place.admin.slash("feed add", url=f"http://127.0.0.1:{flood.port}/{number}")
        began = perf_counter()
        reading = asyncio.ensure_future(place.bot.follow())
        found = await _measured(place.admin, pinger, 10 * rounds, lambda: not reading.done())
        seconds = perf_counter() - began
        await reading
        console.print(_table(f"While reading {articles:,} articles ({seconds:.0f} s)", found))


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--bare", nargs=2, metavar=("API", "GATEWAY"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    asyncio.run(run_bare(*given.bare) if given.bare else measure(given.rounds, given.articles))


if __name__ == "__main__":
    main()
