"""Analyse articles in child processes, which are replaced when they die, hang or grow; the event loop never waits.

Analysis is pure: a child gets nothing but documents and keeps nothing of them, so that a batch may be sent again to
another child and gives the same answer. Ids are those of each article alone. The caller gives them the ids that are
known across articles, in the order of the articles (:func:`bot.analysis.settling.settle`): the directory lives in one
place, beside the storage that it is filled from, and no child ever has to be told what another one has met.
"""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bot.analysis.article import Document
from bot.analysis.wire import LENGTH_BYTES, LONGEST_FRAME, Batch, Hello, Reply, Setup, frame, unframe, writable
from bot.errors import AnalysisError, ConfigError
from bot.model.analysis import Analysis
from bot.processes import end_of

_LOG = logging.getLogger(__name__)
_STARTED: Final = 120.0  # seconds to load a model, on a slow machine
_CLOSED: Final = 2.0  # seconds that a child has to end once its pipe is closed
_SECRET: Final = "NEEDTOKNOW_"  # noqa: S105 - the prefix of our variables, tokens among them: a child needs none


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How children work.

    ``model`` and ``tables`` are what they load. A document may take ``seconds`` and a second more for each
    ``characters_a_second``, but no more than ``most_seconds`` of these; a child is replaced after ``documents_each``,
    or once it holds more than ``rss_bytes``.
    ``memory_bytes`` is what the system lets it reserve at most.
    """

    model: str | None = None
    tables: tuple[Path, ...] = ()
    processes: int = 1
    batch: int = 32
    seconds: float = 30.0
    characters_a_second: float = 2_000.0
    most_seconds: float = 120.0
    documents_each: int = 5_000
    rss_bytes: int = 1024 * 1024 * 1024
    memory_bytes: int | None = 6 * 1024 * 1024 * 1024


class AnalysisWorker:
    """Supervises the analysing processes. Use it as ``async with AnalysisWorker(settings) as worker:``."""

    def __init__(self, settings: WorkerSettings | None = None) -> None:
        self._settings = settings or WorkerSettings()
        self._idle: asyncio.Queue[_Child | None] = asyncio.Queue()
        self._children: set[_Child] = set()
        self.model = ""
        self.version = ""
        self.replaced = 0

    async def __aenter__(self) -> Self:
        """Start one process, so that a wrong setting shows at once; the others start when there is work for them.

        Raises:
            ConfigError: the language model or a table cannot be loaded.
        """
        child = await self._started()
        self._idle.put_nowait(child)
        for _ in range(self._settings.processes - 1):
            self._idle.put_nowait(None)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in tuple(self._children):
            await child.close()
        self._children.clear()

    async def analyse(self, documents: Iterable[Document]) -> list[Analysis | AnalysisError]:
        """Return what each of *documents* says, in their order; a value also where a process died or ran out of time.

        Batches are spread over the processes. What a batch that broke a process still held is tried again, document
        by document; one that breaks a process alone is not.
        """
        waiting = [writable(document) for document in documents]
        results: list[Analysis | AnalysisError] = []
        size = self._settings.batch
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._batch(waiting[at : at + size])) for at in range(0, len(waiting), size)]
        for task in tasks:
            results.extend(task.result())
        return results

    async def _batch(self, documents: Sequence[Document]) -> list[Analysis | AnalysisError]:
        results: list[Analysis | AnalysisError] = []
        size = len(documents)
        while len(results) < len(documents):
            some = documents[len(results) :][:size]
            async with self._child() as child:
                found = await child.analyse(some)
            results.extend(found)
            if len(found) < len(some):
                size = 1  # the lines of all were parsed together: only alone does it show which one was at fault
        return results

    @asynccontextmanager
    async def _child(self) -> AsyncIterator["_Child"]:
        """Lend a process that is free; one that broke, or was broken off, is ended and its place left open."""
        child = await self._idle.get()
        try:
            if child is None:
                child = await self._started()
            yield child
        except BaseException:
            if child is not None:
                await self._ended(child)
            child = None
            raise
        else:
            if child.is_used_up:
                await self._ended(child)
                child = None
        finally:
            self._idle.put_nowait(child)

    async def _started(self) -> "_Child":
        child = await _Child.start(self._settings)
        self._children.add(child)
        self.model, self.version = child.hello.model, child.hello.version
        return child

    async def _ended(self, child: "_Child") -> None:
        self.replaced += 1
        self._children.discard(child)
        await child.close()


class _Child:
    """One process with its pipe. ``is_used_up`` tells that it must be replaced: dead, hung, old or grown."""

    def __init__(self, process: asyncio.subprocess.Process, settings: WorkerSettings, hello: Hello) -> None:
        self._process = process
        self._settings = settings
        self._done = 0
        self.hello = hello
        self.is_used_up = False

    @classmethod
    async def start(cls, settings: WorkerSettings) -> Self:
        """Start a process and wait until it has loaded its model.

        Raises:
            ConfigError: it says that it cannot load what it is told to.
            AnalysisError: it dies or says nothing.
        """
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_SECRET)}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.analysis.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment,
        )
        child = cls(process, settings, Hello())
        try:
            child._send(Setup(settings.model, tuple(map(str, settings.tables)), settings.memory_bytes))
            child.hello = unframe(Hello, await asyncio.wait_for(child._receive(), _STARTED))
        except BaseException as error:
            await child.close()
            if isinstance(error, (TimeoutError, EOFError, OSError, ValueError)):
                raise AnalysisError("The analysing process did not start. Its own message stands above.") from error
            raise
        if child.hello.error is not None:
            await child.close()
            raise ConfigError(child.hello.error)
        return child

    async def analyse(self, documents: Sequence[Document]) -> list[Analysis | AnalysisError]:
        """Return what the first of *documents* say: all of them, unless the process breaks.

        Answers come one by one; for each there is as much time as all that are still to come may take. One document
        alone always has an answer: that it cost the process its life.
        """
        results: list[Analysis | AnalysisError] = []
        try:
            self._send(Batch(tuple(documents)))
            while len(results) < len(documents):
                waiting = self._seconds(documents[len(results) :])
                results.append(self._told(await asyncio.wait_for(self._receive(), waiting)))
                await asyncio.sleep(0)  # many answers may lie in the pipe; whoever else waits comes in between
        except (TimeoutError, EOFError, OSError, ValueError) as error:
            self.is_used_up = True
            what = "took too long" if isinstance(error, TimeoutError) else "ended the analysing process"
            title = documents[len(results)].title[:80]
            _LOG.warning("analysis broken off: title=%r error=%s", title, what)
            if len(documents) == 1:
                results.append(AnalysisError(f"“{title}” {what}; it was left out."))
        self._done += len(results)
        if self._done >= self._settings.documents_each:
            self.is_used_up = True
        return results

    def _told(self, body: bytes) -> Analysis | AnalysisError:
        reply = unframe(Reply, body)
        if reply.rss_bytes > self._settings.rss_bytes:
            self.is_used_up = True
        return reply.analysis if reply.analysis is not None else AnalysisError(reply.error or "no answer")

    def _seconds(self, documents: Sequence[Document]) -> float:
        rate, most = self._settings.characters_a_second, self._settings.most_seconds
        return self._settings.seconds + sum(min(most, len(document.text) / rate) for document in documents)

    def _send(self, value: object) -> None:
        if self._process.stdin is None:
            raise BrokenPipeError("no pipe")
        self._process.stdin.write(frame(value))

    async def _receive(self) -> bytes:
        if self._process.stdout is None:
            raise EOFError
        length = int.from_bytes(await self._process.stdout.readexactly(LENGTH_BYTES), "big")
        if length > LONGEST_FRAME:
            raise ValueError(f"a frame of {length} bytes")
        return await self._process.stdout.readexactly(length)

    async def close(self) -> None:
        """End the process: kindly, then for good. Safe to call twice."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self.is_used_up or self._process.returncode is not None:
            self._kill()
        try:
            await asyncio.wait_for(end_of(self._process), _CLOSED)
        except TimeoutError:
            self._kill()
            await end_of(self._process)

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
