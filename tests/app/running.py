"""The bot as its own process on a watched double, with news of the made-up world in its database."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import Any, Final

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.double.clockwork import SandboxClock
from bot.sandbox.double.errors import Problem
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.sandbox.newsroom import Newsroom
from bot.sandbox.world import load_world
from tests.sandbox.double.watching import watch

JsonObject = dict[str, Any]

ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime(2026, 3, 2, 15, tzinfo=UTC)
_ARTICLES: Final = 30
# Two ids that two shards would divide between them.
_IDS: Final = (str(1_000_000 << 22), str(1_000_001 << 22))


class Running:
    """A bot that runs, its owner ``ada`` in two servers, and the double that they meet on."""

    def __init__(self, double: Double, clock: SandboxClock, newsroom: Newsroom, folder: Path) -> None:
        self.double = double
        self.clock = clock
        self.newsroom = newsroom
        self.folder = folder
        self.more: dict[str, str] = {}
        """Further variables for the next start."""
        self.ada = double.state.add_user("ada")
        self.guilds = [double.state.add_guild(f"Readers {id_}", self.ada, guild_id=id_) for id_ in _IDS]
        self.admins = [
            double.member(self.ada, double.state.add_channel(guild, "daily-news"), patience=20.0)
            for guild in self.guilds
        ]
        self._bot: BotProcess | None = None
        self.wrong: list[tuple[str, Problem]] = []
        """What the double answered as Discord would not."""
        double.listeners.append(watch(self.wrong))

    @property
    def admin(self) -> Member:
        """The owner in the first server."""
        return self.admins[0]

    @property
    def bot(self) -> BotProcess:
        """The process that runs now."""
        assert self._bot is not None
        return self._bot

    @property
    def syncs(self) -> int:
        """How often Discord was told the commands."""
        return sum(line.method == "PUT" and line.path.endswith("/commands") for line in self.double.log)

    @property
    def resumes(self) -> int:
        """How often the bot resumed a session."""
        return sum(op == 6 for op, _ in self.double.gateway.log)

    async def resumed(self, times: int) -> None:
        """Wait until the bot has resumed a session that often in all."""
        async with asyncio.timeout(20):
            while True:
                if self.resumes >= times:
                    return
                await asyncio.sleep(0.02)

    @property
    def identified(self) -> list[list[int]]:
        """The shards that have identified so far, each with the count that it named."""
        return [data["shard"] for op, data in self.double.gateway.log if op == 2 and isinstance(data, dict)]

    async def start(self) -> None:
        """Start the bot and wait until all its shards are connected."""
        self.double.gateway.complete.clear()
        self._bot = await BotProcess(self._settings(), self.clock, self.folder).__aenter__()
        await self.bot.ready()
        await asyncio.wait_for(self.double.gateway.complete.wait(), 30)

    async def stop(self) -> tuple[int | None, float]:
        """Send SIGTERM, and return the exit code and how many seconds the end took."""
        process = self.bot._process
        assert process is not None
        began = monotonic()
        await self.bot.__aexit__(None, None, None)
        return process.returncode, monotonic() - began

    def _settings(self) -> dict[str, str]:
        return {
            "NEEDTOKNOW_TOKEN": self.double.state.token,
            "NEEDTOKNOW_DISCORD_API": self.double.api,
            "NEEDTOKNOW_DISCORD_GATEWAY": self.double.gateway_url,
            "NEEDTOKNOW_DATABASE__URL": str(self.folder / "news.sqlite"),
            "NEEDTOKNOW_FEEDS__ALLOW_PRIVATE_NETWORKS": '["127.0.0.1/32"]',
            "NEEDTOKNOW_LIMITS__FEED_ADDS_PER_MINUTE": "99",
            "NEEDTOKNOW_LIMITS__MINUTES_BETWEEN_DIGESTS": "0",
            "NEEDTOKNOW_FEEDS__ALLOW_PORTS": f"[{self.newsroom.port}]",
            **self.more,
        }


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Running]:
    """Yield a bot that knows the first news of the made-up world; it is Monday afternoon there."""
    clock = SandboxClock(NOW)
    await _ingest(folder)
    async with AsyncExitStack() as stack:
        newsroom = await stack.enter_async_context(Newsroom(load_world(), clock))
        double = await stack.enter_async_context(Double(clock, shards=2))
        double.gateway.identify_seconds = 0.0
        stage = Running(double, clock, newsroom, folder)
        await stage.start()
        yield stage
        await stage.stop()


async def _ingest(folder: Path) -> None:
    lines = files("config").joinpath("demo", "articles.jsonl").read_text("utf-8").splitlines()[:_ARTICLES]
    news = folder / "news.jsonl"
    await asyncio.to_thread(news.write_text, "\n".join(lines), "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEEDTOKNOW_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ingest", str(news), "--db", str(folder / "news.sqlite"),
        cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0, said
