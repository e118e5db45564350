"""Runs the bot, ``needtoknow run`` as it is, in a child process that talks to the double and lives by its clock."""

import asyncio
import json
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, Final, Self

from bot.clock import Clock
from bot.errors import NeedToKnowError
from bot.tasks import spawn

_PREFIX: Final = "NEEDTOKNOW_"
# What a person may say about the bot's own settings in the demo; nothing else of theirs reaches it.
_KEPT: Final = frozenset({"NEEDTOKNOW_LOG__LEVEL", "NEEDTOKNOW_LANGUAGE__MODEL"})
_CLOCK_VARIABLE: Final = "NEEDTOKNOW_CLOCK_FD"
_ENDS_WITHIN_SECONDS: Final = 12.0
_LAST_LINES: Final = 8


class BotGoneError(NeedToKnowError):
    """The bot's process ended; the message holds the last lines of its log."""


class BotProcess:
    """The bot as a child process.

    Use it as ``async with BotProcess(settings, clock, folder) as bot:`` and wait for :meth:`ready`. *settings* are
    variables by their full names. Its log goes to ``bot.log`` in *folder*. It ends when this process does, however
    that comes about: the clock's line breaks.
    """

    def __init__(self, settings: Mapping[str, str], clock: Clock, folder: Path) -> None:
        self._settings = settings
        self._clock = clock
        self.log = folder / "bot.log"
        self.next_due: datetime | None = None
        """When deliveries must be looked at again, as the bot said last."""
        self.gone = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        ours, theirs = socket.socketpair()
        with theirs, self.log.open("ab") as log:
            ours.sendall(self._order())
            self._process = await self._start(theirs, log)
        self._reader, self._writer = await asyncio.open_connection(sock=ours)
        self._watch = spawn(self._until_gone(self._process), name="bot process")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), _ENDS_WITHIN_SECONDS)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._watch is not None:
            await self._watch
        if self._writer is not None:
            self._writer.close()

    async def ready(self) -> None:
        """Wait until the bot follows the clock; it has told its commands to Discord by then.

        Raises:
            BotGoneError: it ended instead.
        """
        async with self._turn:
            await self._answered()

    async def follow(self) -> None:
        """Set the bot's clock to the sandbox's, and wait until it has read the feeds and posted what is due.

        Raises:
            BotGoneError: it ended instead.
        """
        async with self._turn:
            if self._writer is None:
                raise BotGoneError("The bot was not started.")
            with suppress(ConnectionError):
                self._writer.write(self._order())
                await self._writer.drain()
            await self._answered()

    def last_lines(self) -> str:
        """Return the end of the bot's log."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-_LAST_LINES:])

    async def _start(self, line: socket.socket, log: IO[bytes]) -> asyncio.subprocess.Process:
        number = line.fileno()
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            env=self._environment() | {_CLOCK_VARIABLE: str(number)}, pass_fds=(number,),
            stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        """Return this process's environment with the bot's settings instead of the person's own: no token of theirs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_PREFIX) or name in _KEPT}
        root = str(Path(__file__).parents[2])
        path = os.pathsep.join(part for part in (root, kept.get("PYTHONPATH", "")) if part)
        return kept | {"PYTHONPATH": path} | dict(self._settings)

    def _order(self) -> bytes:
        order = {"now": self._clock.now().isoformat(), "reading": monotonic()}
        return json.dumps(order).encode() + b"\n"

    async def _answered(self) -> None:
        answer = b""
        if self._reader is not None:
            with suppress(ConnectionError):
                answer = await self._reader.readline()
        if not answer:
            raise BotGoneError(f"The bot has stopped. The last lines of its log:\n{self.last_lines()}")
        coming = json.loads(answer)["next"]
        self.next_due = None if coming is None else datetime.fromisoformat(coming)

    async def _until_gone(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self.gone.set()
