"""Let people ask and the gateway drop for a long time: is every question answered, and does memory stay level?

Usage: python -m benchmarks.soak [--commands N] [--drops N]

The bot is a process of its own on a double of Discord, over real sockets. At every other drop the line breaks in
mid-stream, else Discord asks to reconnect; the next command is given at once, so the resumed session must bring it.
The slope is a straight line through the resident memory, the first fifth left out, where caches and the allocators'
pools fill: that takes some 2,000 commands, so a shorter run shows a slope that a longer one does not. The slope of the
second half tells whether memory levels off.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.latency import ASKED, Flood, Place, opened_place
from bot.sandbox.double.faults import Fault
from bot.sandbox.world import load_world

_RESUME: Final = 6
_SAMPLES: Final = 60
_WARM_UP: Final = 0.2
_SECOND_HALF: Final = 0.5
_MIB: Final = 1 << 20
_MORE: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("status", {}),
    ("events", {"period": "week"}),
    ("quotes", {"contains": "we"}),
    ("digest now", {"length": "short"}),
    ("schedule list", {}),
)


@dataclass
class Soak:
    """What was seen: memory by commands so far, of the bot and of its children, and what went wrong."""

    samples: list[tuple[int, float, float]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    drops: int = 0

    def slope(self, column: int, since: float = _WARM_UP) -> float:
        """Return the growth in MiB per 1,000 commands; *column* 1 is the bot, 2 its children.

        The samples before the share *since* of them are left out.
        """
        points = np.array(self.samples)[int(len(self.samples) * since) :]
        return float(np.polyfit(points[:, 0], points[:, column], 1)[0] * 1000)


async def soak(commands: int, drops: int) -> None:
    """Ask, drop, and print what came of it.

    Raises:
        SystemExit: a command was not answered, or a request broke a rule.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        flood = await stack.enter_async_context(Flood(load_world()))
        place = await stack.enter_async_context(opened_place(folder, flood))
        seen, began = Soak(), perf_counter()
        process = _bot_of_ours()
        questions, wanted = cycle([*ASKED.items(), *_MORE]), set(_spread(commands, drops))
        each = max(1, commands // _SAMPLES)
        for number in range(commands):
            if number in wanted:
                place.double.strike(Fault.RECONNECT if seen.drops % 2 else Fault.GATEWAY_DROP)
                seen.drops += 1
            await _ask(place, seen, *next(questions))
            if number % each == 0:
                seen.samples.append((number, *_memory(process)))
        _print(place, seen, commands, perf_counter() - began)
    if seen.failures or place.double.violations:
        raise SystemExit(1)


async def _ask(place: Place, seen: Soak, name: str, options: dict[str, Any]) -> None:
    try:
        answer = await place.admin.slash(name, **options)
    except TimeoutError:
        seen.failures.append(f"/{name}: acknowledged, never answered")
        return
    if answer.failure or not answer.text:
        seen.failures.append(f"/{name}: {answer.failure or 'empty'}")
    for message in answer.shown:
        place.admin.dismiss(message)


def _spread(commands: int, drops: int) -> Iterator[int]:
    """Yield before which commands the gateway drops, evenly, at most once before each."""
    yield from (round(number * commands / drops) for number in range(min(drops, commands)))


def _bot_of_ours() -> psutil.Process:
    """Return the bot's process: the child of this one that runs ``bot run``."""
    children = psutil.Process(os.getpid()).children()
    return next(child for child in children if child.cmdline()[-3:] == ["-m", "bot", "run"])


def _memory(process: psutil.Process) -> tuple[float, float]:
    """Return the resident memory of *process* and of all its children, in MiB."""
    children = sum(child.memory_info().rss for child in process.children(recursive=True))
    return process.memory_info().rss / _MIB, children / _MIB


def _print(place: Place, seen: Soak, commands: int, seconds: float) -> None:
    resumed = sum(op == _RESUME for op, _ in place.double.gateway.log)
    table = Table("what", "figure", title=f"{commands:,} commands in {seconds:.0f} s")
    table.add_row("commands without an answer", str(len(seen.failures)))
    table.add_row("gateway drops, resumed sessions", f"{seen.drops}, {resumed}")
    table.add_row("requests that broke a rule", str(len(place.double.violations)))
    for column, name in ((1, "the bot"), (2, "its children")):
        first, last = seen.samples[0][column], seen.samples[-1][column]
        table.add_row(f"memory of {name}, first and last", f"{first:.1f} and {last:.1f} MiB")
        table.add_row(f"slope of {name}", f"{seen.slope(column):+.2f} MiB per 1,000 commands")
        half = seen.slope(column, _SECOND_HALF)
        table.add_row(f"slope of {name}, second half", f"{half:+.2f} MiB per 1,000 commands")
    console = Console()
    console.print(table)
    for failure in seen.failures[:20]:
        console.print(failure)


def main() -> None:
    """Read the arguments and soak."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--commands", type=int, default=10_000)
    parser.add_argument("--drops", type=int, default=500)
    given = parser.parse_args()
    asyncio.run(soak(max(10, given.commands), max(1, given.drops)))


if __name__ == "__main__":
    main()
