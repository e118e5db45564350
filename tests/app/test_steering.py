"""Steering: another process sets the clock, and hears when the work of that hour is done."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.steering import CLOCK_VARIABLE, Helm, Steering, follow_to_the_end, read_order, take_helm
from bot.errors import ConfigError

MORNING = datetime(2026, 3, 3, 7, tzinfo=UTC)


def order(at: datetime) -> bytes:
    return json.dumps({"now": at.isoformat(), "reading": time.monotonic()}).encode() + b"\n"


class Round:
    """Notes what time it was when it was done."""

    def __init__(self, helm: Helm) -> None:
        self._helm = helm
        self.done: list[datetime] = []

    async def run_now(self) -> None:
        self.done.append(self._helm.clock.now())


@dataclass
class Starter:
    """The other end of the line."""

    line: socket.socket
    helm: Helm

    def order(self, at: datetime) -> None:
        self.line.sendall(order(at))

    async def answer(self) -> dict[str, str | None]:
        read, loop = b"", asyncio.get_running_loop()
        async with asyncio.timeout(5):
            while not read.endswith(b"\n"):
                read += await loop.sock_recv(self.line, 1)
        found: dict[str, str | None] = json.loads(read)
        return found


@pytest.fixture
async def starter() -> AsyncIterator[Starter]:
    """Somebody who started us with a clock that stood at the morning."""
    ours, theirs = socket.socketpair()
    with ours:
        ours.sendall(order(MORNING))
        helm = take_helm({CLOCK_VARIABLE: str(theirs.detach())})
        assert helm is not None
        ours.setblocking(False)
        yield Starter(ours, helm)


def test_without_the_variable_the_clock_is_ours() -> None:
    assert take_helm({}) is None


@pytest.mark.parametrize("value", ["", "no number", "987654"])
def test_a_variable_that_names_no_line_is_an_error_that_names_it(value: str) -> None:
    with pytest.raises(ConfigError, match=CLOCK_VARIABLE):
        take_helm({CLOCK_VARIABLE: value})


@pytest.mark.parametrize("text", [b"{}", b"7", b'{"now": "2026-03-03T07:00:00", "reading": 1}', b"\xff"])
def test_an_order_that_says_no_instant_is_refused(text: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_order(text)


async def test_the_first_order_sets_the_clock_and_the_next_ones_let_the_work_be_done(starter: Starter) -> None:
    work = Round(starter.helm)
    first = starter.helm.clock.now()
    async with Steering(starter.helm, work) as steering:
        ready = await starter.answer()
        steering.set(MORNING + timedelta(hours=3))
        starter.order(MORNING + timedelta(hours=2))
        done = await starter.answer()

    assert abs(first - MORNING) < timedelta(seconds=5)
    assert ready["next"] is None
    assert done["next"] == (MORNING + timedelta(hours=3)).isoformat()
    assert len(work.done) == 1
    assert abs(work.done[0] - MORNING - timedelta(hours=2)) < timedelta(seconds=5)


async def test_the_bot_ends_when_its_starter_is_gone(starter: Starter) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    try:
        with starter.helm.line, follow_to_the_end(starter.helm.line):
            starter.line.close()
            async with asyncio.timeout(5):
                await ended.wait()
    finally:
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)


def test_a_process_that_does_not_end_by_itself_is_killed() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", _DEAF, str(theirs.fileno())],
            pass_fds=(theirs.fileno(),), stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(_ROOT)},
        )  # fmt: skip
    with process, ours:
        assert process.stdout is not None
        process.stdout.readline()
        ours.close()
        code = process.wait(30)

    assert code == -signal.SIGKILL


_ROOT = Path(__file__).parents[2]
_DEAF = """
import signal, socket, sys, time
from bot.app.steering import follow_to_the_end

signal.signal(signal.SIGTERM, signal.SIG_IGN)
with follow_to_the_end(socket.socket(fileno=int(sys.argv[1])), ends_within=0.5):
    print("ready", flush=True)
    time.sleep(60)
"""
