"""Parse feeds in child processes that may die: bytes go out, values come back, and the bot lives on."""

import asyncio
import json
import logging
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from bot.errors import FeedError
from bot.feeds.parsed import ParsedFeed as ParsedFeed  # noqa: PLC0414 - callers take it from here
from bot.feeds.process import (
    CHILD,
    CPU_SECONDS,
    ENVIRONMENT,
    LENGTH,
    WALL_SECONDS,
    command,
    count_of,
    death,
    feed_of,
    job,
    size_of,
)
from bot.processes import end_of

_LOG = logging.getLogger(__name__)
_MOST_JOBS: Final = 1000
_LAST_WORDS_SECONDS: Final = 0.1
_PIPE_BYTES: Final = 1 << 16


class FeedParser:
    """Turns bodies into feeds, several at once. Use it as ``async with FeedParser() as parser:``.

    Children are started when they are first needed and kept warm; one that dies, hangs, has worked long or has grown is
    replaced.
    """

    def __init__(
        self,
        *,
        children: int = 2,
        cpu_seconds: float = CPU_SECONDS,
        wall_seconds: float = WALL_SECONDS,
        child: str = CHILD,
    ) -> None:
        """Prepare a parser; a feed gets *cpu_seconds* of a processor and *wall_seconds* in all."""
        self._command = command(child, cpu_seconds)
        self._wall_seconds = wall_seconds
        self._slots = asyncio.Semaphore(children)
        self._idle: list[_Child] = []
        self.started = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._idle:
            await self._idle.pop().end()

    async def parse(self, body: bytes, content_type: str | None, url: str) -> ParsedFeed:
        """Return the feed in *body*, as *url* served it under *content_type*; at most 1,000 entries, the newest.

        Raises:
            FeedError: ``not_a_feed``, ``parse_error``, or ``parse_timeout`` where it took too long.
        """
        async with self._slots:
            child = await self._child()
            child.jobs += 1
            healthy = False
            try:
                async with asyncio.timeout(self._wall_seconds):
                    header, rows = await child.ask(body, content_type, url)
                healthy = not child.has_said_goodbye
                return feed_of(header, rows)
            except FeedError:
                healthy = not child.has_said_goodbye
                raise
            except TimeoutError as error:
                raise death(None) from error
            except (asyncio.IncompleteReadError, OSError, ValueError, TypeError, LookupError) as error:
                raise await self._lost(child) from error
            finally:
                await self._put_back(child, healthy=healthy)

    async def _child(self) -> "_Child":
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
            await child.end()
        self.started += 1
        return await _Child.start(self._command)

    async def _put_back(self, child: "_Child", *, healthy: bool) -> None:
        if healthy and child.jobs < _MOST_JOBS:
            self._idle.append(child)
        else:
            await child.end()

    async def _lost(self, child: "_Child") -> FeedError:
        code = await child.end()
        _LOG.warning("parsing process lost: code=%d jobs=%d", code, child.jobs)
        return death(code)


class _Child:
    """One parsing process and the pipes to it."""

    def __init__(self, process: Process, jobs: asyncio.StreamWriter, answers: asyncio.StreamReader) -> None:
        self._process = process
        self._input = jobs
        self._output = answers
        self.jobs = 0
        self.has_said_goodbye = False

    @classmethod
    async def start(cls, arguments: tuple[str, ...]) -> Self:
        """Start a process that has no terminal, no folder and no variables of ours."""
        process = await asyncio.create_subprocess_exec(
            *arguments, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=ENVIRONMENT, cwd="/", start_new_session=True
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process that was started with pipes has none")
        return cls(process, process.stdin, process.stdout)

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.returncode is None

    async def ask(self, body: bytes, content_type: str | None, url: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Send one job and return its answer: a header and the entries.

        Raises:
            FeedError: the answer is that the document cannot be read.
            IncompleteReadError, OSError: the process died.
            ValueError, TypeError, LookupError: it answered with garbage.
        """
        self._input.write(job(body, content_type, url))
        for start in range(0, len(body), _PIPE_BYTES):  # written at once, the pipe's buffer would be a second copy
            self._input.write(body[start : start + _PIPE_BYTES])
            await self._input.drain()
        header = await self._frame()
        self.has_said_goodbye = bool(header.get("last"))
        return header, [await self._frame() for _ in range(count_of(header))]

    async def _frame(self) -> dict[str, Any]:
        """Read one frame; each is decoded on its own, so that the event loop breathes in between."""
        size = size_of(await self._output.readexactly(LENGTH.size))
        frame = json.loads(await self._output.readexactly(size))
        if not isinstance(frame, dict):
            raise TypeError("the parsing process answers in a form that it was not taught")
        await asyncio.sleep(0)
        return frame

    async def end(self) -> int:
        """End the process and return how it ended; one that is dying anyway is given the moment to say why."""
        self._input.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS_SECONDS):
                return await end_of(self._process)
        with suppress(ProcessLookupError):
            self._process.kill()
        return await end_of(self._process)
