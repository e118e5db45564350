"""Forks processes that plan, compose and send over real sockets, to be killed at any instant: as the bot, in a moment.

Usage: python -m tests.delivery.zygote, then a line of JSON for each process to be forked. It answers with the
process's number, and with its wait status when it has ended. Everything heavy is imported before the first fork.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import discord.http
from discord.http import HTTPClient, Route

from bot.clock import ManualClock
from bot.delivery.ledger import Ledger
from bot.delivery.poster import DiscordPoster
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.delivery.tripwires import watch_for
from bot.model.delivery import Schedule
from bot.model.editions import Edition
from bot.storage.database import Database
from tests.ui.samples import STANDARD, item

RULES = Rules(
    lease=timedelta(seconds=30), spread=timedelta(0), retry=timedelta(milliseconds=40),
    longest_retry=timedelta(milliseconds=200), probe=timedelta(milliseconds=50), per_second=2000, at_once=12,
)  # fmt: skip
_LONG = tuple(item(f"Story {number} " + "word " * 180) for number in range(1, 10))


class Maker:
    """Makes an edition of four messages."""

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        await asyncio.sleep(0)
        return replace(STANDARD, id=None, bullets=_LONG, day=at.date(), zone=schedule.zone)


class Blind(DiscordPoster):
    """A poster that never looks whether a message arrived: what the ledger would be without the look."""

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:
        return None


class Running(ManualClock):
    """A clock that begins where it is told, and runs on."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self._begun = asyncio.get_running_loop().time()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=asyncio.get_running_loop().time() - self._begun)


class Hurried:
    """The module asyncio, whose whole-second sleeps are short: those are discord.py's pauses after a failure."""

    def __init__(self, real: ModuleType) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0.01 if isinstance(seconds, int) else seconds)


async def run(order: dict[str, Any]) -> None:
    """Deliver until nothing is left to be sent."""
    Route.BASE = order["api"]
    discord.http.asyncio = Hurried(asyncio)  # type: ignore[assignment, attr-defined]
    clock = Running(datetime.fromisoformat(order["now"]))
    watch = watch_for({"NEEDTOKNOW_FAILPOINT": order["failpoint"]} if order.get("failpoint") else {})
    client = HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=60)
    await client.static_login(order["token"])
    poster = (DiscordPoster if order.get("look", True) else Blind)(client, order["me"])
    async with Database(order["database"], check=False) as database:
        ledger = Ledger(database, Maker(), clock, RULES, watch=watch)
        await ledger.reclaim()
        async with Sender(database, poster, clock, RULES, watch=watch) as sender:
            planned = asyncio.ensure_future(ledger.step())
            at: datetime | None = clock.now()
            while not planned.done() or at is not None or sender.under_way:
                at = await sender.step()
                await asyncio.sleep(0.005)
            planned.result()
    await client.close()


def main() -> None:
    """Fork as told."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            with suppress(KeyboardInterrupt):
                asyncio.run(run(json.loads(line)))
                code = 0
            os._exit(code)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitpid(child, 0)[1]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
