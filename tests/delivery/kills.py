"""A double full of channels, processes that deliver into them and are killed, and the count of what arrived."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Self

from bot.model.delivery import Schedule, ScheduleId
from bot.sandbox.double.events import Exchange, Notice
from bot.sandbox.double.faults import PASSING, Fault
from bot.sandbox.double.server import Double
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.schedules import ScheduleStore
from bot.ui.custom_ids import EDITION
from bot.ui.payload import walk

ROOT = Path(__file__).parents[2]
FIRST = datetime(2020, 3, 2, 7, tzinfo=UTC)
PARTS = 4
KINDS = (*PASSING, Fault.RATE_LIMITED_GLOBALLY)


@dataclass(frozen=True)
class Count:
    """What arrived in all channels."""

    expected: int
    lost: int
    doubled: int
    disordered: int

    def __str__(self) -> str:
        return f"{self.expected} messages: {self.lost} lost, {self.doubled} doubled, {self.disordered} out of order"

    @property
    def is_perfect(self) -> bool:
        return (self.lost, self.doubled, self.disordered) == (0, 0, 0)


class Zygote:
    """The process that forks the others."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._in, self._out = process, process.stdin, process.stdout

    @classmethod
    async def start(cls) -> Self:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NEEDTOKNOW_")}
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.delivery.zygote", cwd=ROOT, env=environment | {"PYTHONPATH": str(ROOT)},
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )
        )  # fmt: skip

    async def run(self, order: dict[str, Any], kill_when: Awaitable[None] | None = None) -> int:
        """Fork a process, kill it (-9) when told where that is asked for, and return how it ended (-9, 0)."""
        self._in.write(json.dumps(order).encode() + b"\n")
        pid = int(await self._out.readline())
        ended = asyncio.ensure_future(self._out.readline())
        if kill_when is not None:
            told = asyncio.ensure_future(kill_when)
            await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()
            if not ended.done():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(int(await asyncio.wait_for(ended, 60)))

    async def close(self) -> None:
        self._in.close()
        await self._process.wait()


class Scene:
    """So many channels with a daily schedule each, and faults in the way. One day after the other is delivered."""

    def __init__(self, double: Double, zygote: Zygote, database: Path, channels: list[str], *, look: bool) -> None:
        self.double = double
        self._zygote = zygote
        self._database = database
        self._channels = channels
        self._look = look
        self._days = -1
        self._sent = asyncio.Event()
        self.sends = 0
        self.kills = 0
        double.listeners.append(self._hear)

    def next_day(self) -> None:
        self._days += 1

    async def run(self, *, kill_when: Awaitable[None] | None = None, failpoint: str = "") -> int:
        """Let a process deliver what is due today; return how it ended."""
        order = {
            "api": self.double.api, "token": self.double.state.token, "me": int(self.double.state.bot["id"]),
            "now": (FIRST + timedelta(days=self._days)).isoformat(), "database": str(self._database),
            "look": self._look, "failpoint": failpoint,
        }  # fmt: skip
        code = await self._zygote.run(order, kill_when)
        self.kills += code == -signal.SIGKILL
        return code

    async def finish(self) -> None:
        """Let processes deliver, undisturbed, until one ends well."""
        for _ in range(20):
            if await self.run() == 0:
                return
        raise AssertionError("no process ended well")

    async def random_kills(self, kills: int, dice: Random) -> None:
        """Deliver day after day and kill at random instants, so many times in all; the last day is delivered whole."""
        done = True
        while self.kills < kills or not done:
            if done:
                self.next_day()
            when = self._instant(dice) if self.kills < kills else None
            done = await self.run(kill_when=when) == 0

    async def _instant(self, dice: Random) -> None:
        """Wait for a random instant: after so many more sends and some milliseconds, or early while it starts."""
        sends = dice.randrange(0, 30)
        if sends == 0:
            await asyncio.sleep(dice.uniform(0.0, 0.5))
            return
        wanted = self.sends + sends
        while self.sends < wanted:
            self._sent.clear()
            await self._sent.wait()
        await asyncio.sleep(dice.uniform(0.0, 0.02))

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, Exchange) and notice.method == "POST":
            self.sends += 1
            self._sent.set()

    def count(self) -> Count:
        """Compare what stands in the channels with what should: each day's parts once, in order."""
        lost = doubled = disordered = 0
        for channel in self._channels:
            seen = [_place(message) for message in self.double.state.messages.get(channel, {}).values()]
            times = Counter(seen)

            lost += PARTS * (self._days + 1) - len(times)
            doubled += sum(number - 1 for number in times.values())
            firsts = list(dict.fromkeys(seen))
            disordered += sum(a > b for a, b in pairwise(firsts))
        return Count(len(self._channels) * PARTS * (self._days + 1), lost, doubled, disordered)


def _place(message: dict[str, Any]) -> tuple[int, int]:
    """Return edition and part that a message's buttons name."""
    ids = [part.get("custom_id", "") for part in walk(message["components"])]
    match = next(found for found in map(EDITION.fullmatch, ids) if found)
    return int(match["edition"]), int(match["part"] or 1)


@asynccontextmanager
async def scene(
    folder: Path, *, channels: int, share: float, seed: int, look: bool = True, nonces: float = 0.05
) -> AsyncIterator[Scene]:
    """Yield a scene in which *share* of the sends fail and nonces are forgotten after *nonces* seconds."""
    path = folder / "news.sqlite"
    async with Double(nonce_window=timedelta(seconds=nonces)) as double:
        double.limits.off()
        owner = double.state.add_user("ada")
        async with Database(path) as database:
            places = []
            for number in range(channels):
                guild = double.state.add_guild(f"Readers {number // 2}", owner)
                channel = double.state.add_channel(guild, "daily-news")
                places.append(channel["id"])
                wanted = Schedule(ScheduleId(0), int(guild["id"]), int(channel["id"]), at=time(7), zone="UTC")
                await ScheduleStore(database).add(wanted, by=By(None, FIRST - timedelta(days=1)))
        double.faults.at_random(share, seed, KINDS)
        zygote = await Zygote.start()
        try:
            yield Scene(double, zygote, path, places, look=look)
        finally:
            await zygote.close()
