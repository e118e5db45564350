"""Gives the running bot's clock to the process that started it: how the demo lets a night pass in a moment.

It does nothing unless the starter left an open socket and named its number in ``NEEDTOKNOW_CLOCK_FD``. Over it go
lines of JSON: ``{"now": ISO time, "reading": monotonic seconds}`` sets the clock. The bot then reads the feeds whose
turn it is, posts what is due, and answers ``{"now": …, "next": ISO time or null}``, the latter being when deliveries
must be looked at again. When the line ends, the bot ends, whatever it is doing: its starter is gone.
"""

import asyncio
import json
import os
import select
import signal
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Final, Protocol, Self

from bot.clock import SteeredClock
from bot.errors import ConfigError
from bot.tasks import end_task, spawn

CLOCK_VARIABLE: Final = "NEEDTOKNOW_CLOCK_FD"
_LONGEST_LINE: Final = 4096
_LOOK_SECONDS: Final = 0.5
_ENDS_WITHIN_SECONDS: Final = 13.0


class Round(Protocol):
    """Work that can be done at once, such as :class:`bot.tasks.Worker`."""

    async def run_now(self) -> None:
        """Do it, and return when it is done."""
        ...


@dataclass(frozen=True, slots=True)
class Helm:
    """The clock, and the line over which it is set."""

    clock: SteeredClock
    line: socket.socket


def take_helm(environment: Mapping[str, str] = os.environ) -> Helm | None:
    """Return the helm that the starter left, its clock set by the first order; None where there is none.

    Raises:
        ConfigError: the variable names no socket, or nothing useful comes out of it.
    """
    number = environment.get(CLOCK_VARIABLE)
    if number is None:
        return None
    try:
        line = socket.socket(fileno=int(number))
        line.set_inheritable(False)
        at, reading = read_order(_first_line(line))
    except (ValueError, KeyError, OSError) as error:
        raise ConfigError(f"{CLOCK_VARIABLE}={number} is no clock: {error}. Only the demo sets it.") from error
    return Helm(SteeredClock(at, reading), line)


def read_order(line: bytes) -> tuple[datetime, float]:
    """Return the instant, and the reading of the monotonic clock at which it was that instant.

    Raises:
        ValueError: *line* is no order; also KeyError.
    """
    order = json.loads(line)
    at = datetime.fromisoformat(order["now"])
    if at.tzinfo is None:
        raise ValueError(f"{order['now']} has no time zone")
    return at, float(order["reading"])


class Steering:
    """Follows the orders of a helm while the block lasts; *work* is done after each."""

    def __init__(self, helm: Helm, work: Round) -> None:
        self._helm = helm
        self._work = work
        self._next: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        reader, writer = await asyncio.open_connection(sock=self._helm.line)
        self._task = spawn(self._follow(reader, writer), name="steering")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            await end_task(self._task)

    def set(self, at: datetime | None) -> None:
        """Note when deliveries must be looked at again, to be told with the next answer."""
        self._next = at

    async def _follow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(writer)
            while line := await reader.readline():
                self._helm.clock.set(*read_order(line))
                await self._work.run_now()
                await self._answer(writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        coming = None if self._next is None else self._next.isoformat()
        writer.write(json.dumps({"now": self._helm.clock.now().isoformat(), "next": coming}).encode() + b"\n")
        await writer.drain()


@contextmanager
def follow_to_the_end(line: socket.socket, *, ends_within: float = _ENDS_WITHIN_SECONDS) -> Iterator[None]:
    """End this process once the other end of *line* is closed: by SIGTERM, and by SIGKILL *ends_within* seconds later.

    A thread looks, so that it is seen while a model is loaded, Discord cannot be reached or the event loop hangs.
    """
    over = threading.Event()
    own = line.dup()
    watch = threading.Thread(target=_end_with, args=(own, over, ends_within), name="end of the line", daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()
        own.close()


def _end_with(line: socket.socket, over: threading.Event, ends_within: float) -> None:
    poll = select.poll()
    poll.register(line, 0)  # a hang-up is told unasked
    while not poll.poll(0):
        if over.wait(_LOOK_SECONDS):
            return
    os.kill(os.getpid(), signal.SIGTERM)
    if not over.wait(ends_within):
        os.kill(os.getpid(), signal.SIGKILL)


def _first_line(line: socket.socket) -> bytes:
    """Return the first line, read byte by byte, so that nothing of the next one is lost."""
    read = bytearray()
    while not read.endswith(b"\n") and len(read) < _LONGEST_LINE:
        if not (byte := line.recv(1)):
            raise ValueError("the line ended")
        read += byte
    return bytes(read)
