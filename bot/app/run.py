"""The running bot: connected to Discord, reading feeds, posting digests."""

import asyncio
import gc
import logging
import signal
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, nullcontext
from typing import Final

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.app.duties import Duties
from bot.app.health import Health, HealthServer
from bot.app.lag import LoopLag
from bot.app.machinery import Machinery, make_database_folder, open_machinery
from bot.app.operations import forget_left_servers, scheduled_backup
from bot.app.session import Sessions
from bot.app.steering import Helm, Steering, follow_to_the_end
from bot.clock import Clock
from bot.errors import StorageError
from bot.ingest.intake import FEEDS_A_ROUND
from bot.ingest.line import IngestLine
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.notes import HEARTBEAT, NoteStore
from bot.tasks import Worker, close_together

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 20.0
_BEAT_SECONDS: Final = 60.0
_FORGET_SECONDS: Final = 3600.0
_BACKUP_LOOK_SECONDS: Final = 900.0
# A round of all feeds may take minutes, and so may a batch of texts; what takes this long is broken off and begun anew.
_ROUND_SECONDS: Final = 900.0
_READING_GRACE_SECONDS: Final = 5.0


async def run_bot(
    settings: Settings, token: SecretStr, clock: Clock | None = None, *, helm: Helm | None = None
) -> None:
    """Run the bot until SIGINT or SIGTERM: read feeds, post digests, answer commands.

    A *helm* gives the clock to another process, as the demo does.

    Raises:
        ConfigError: Discord refuses the token.
        StorageError: the database cannot be opened, or another bot runs on it.
    """
    _redirect(settings)
    url = settings.database.url
    make_database_folder(url)
    # The lock comes first: a second bot must refuse before it loads a language model or touches a row.
    with follow_to_the_end(helm.line) if helm else nullcontext():
        async with Database(url).hold("run"), open_machinery(settings, helm.clock if helm else clock) as machinery:
            with _signals() as stop:
                await _serve(machinery, settings, token, stop, helm)


async def _serve(
    machinery: Machinery, settings: Settings, token: SecretStr, stop: asyncio.Event, helm: Helm | None
) -> None:
    health = Health()
    workers = _workers(machinery, settings, health)
    sessions = Sessions(machinery, settings, health, token)
    rounds = _Rounds(workers[0], workers[1], machinery.line)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(HealthServer(health, settings.health.address))
        _show(health, await stack.enter_async_context(LoopLag()))
        stack.push_async_callback(close_together, *workers)
        _freeze()
        # Before the first login: news is read while Discord is away, too.
        for worker in workers:
            await worker.start()
        while not stop.is_set():
            async with sessions.opened(stop) as duties:
                if duties is None:
                    continue
                await rounds.go_to(duties, helm, stack)
                await duties.until_over(stop)
                if stop.is_set():
                    for worker in workers:
                        worker.stop()


class _Rounds:
    """What is done after each order of a helm: fetch the feeds, read all they brought, then post what is due."""

    def __init__(self, ingest: Worker, reading: Worker, line: IngestLine) -> None:
        self._ingest = ingest
        self._reading = reading
        self._line = line
        self._duties: Duties | None = None
        self._steering: Steering | None = None

    async def go_to(self, duties: Duties, helm: Helm | None, stack: AsyncExitStack) -> None:
        """Use a new connection from now on; the first one lets the helm begin."""
        self._duties = duties
        if helm is not None and self._steering is None:
            self._steering = await stack.enter_async_context(Steering(helm, self))
        if self._steering is not None:
            duties.bells.append(self._steering.set)

    async def run_now(self) -> None:
        """Fetch, read and post, one after the other."""
        await self._ingest.run_now()
        await self._reading.run_now()
        while self._line.has_more and not self._reading.is_over:
            await self._reading.run_now()
        if self._duties is not None:
            await self._duties.run_now()


def _workers(machinery: Machinery, settings: Settings, health: Health) -> tuple[Worker, ...]:
    """Return the long tasks that need no connection: first the one that fetches feeds, then the one that reads."""
    notes, clock, line = NoteStore(machinery.database), machinery.clock, machinery.line

    async def fetch() -> float | None:
        report = await line.fetch()
        if report.feeds:
            counts = (len(report.feeds), report.new, report.revised, report.seconds)
            _LOG.info("feeds fetched: feeds=%d new=%d revised=%d seconds=%.1f", *counts)
        reading.wake()
        return 0.0 if len(report.feeds) == FEEDS_A_ROUND else None  # more of them may be due

    async def read() -> float | None:
        if count := await line.read():
            _LOG.info("articles read: count=%d", count)
        return 0.0 if line.has_more else None

    async def beat() -> float | None:
        await notes.put(HEARTBEAT, clock.now().isoformat())
        return None

    async def forget() -> float | None:
        await forget_left_servers(machinery.database, clock.now())
        return None

    ingest = Worker(
        "ingest", fetch, pause_seconds=_POLL_SECONDS, stall_seconds=_ROUND_SECONDS, grace_seconds=_READING_GRACE_SECONDS
    )
    reading = Worker(
        "reading", read, pause_seconds=_POLL_SECONDS, stall_seconds=_ROUND_SECONDS, grace_seconds=_READING_GRACE_SECONDS
    )
    heartbeat = Worker("heartbeat", beat, pause_seconds=_BEAT_SECONDS, stall_seconds=_BEAT_SECONDS)
    forgetting = Worker("forgetting", forget, pause_seconds=_FORGET_SECONDS)
    health.watch("ingest", lambda: ingest.idle_seconds, _ROUND_SECONDS + _POLL_SECONDS)
    # Twice: a batch that was broken off is followed by a smaller one, which may take its time too.
    health.watch("reading", lambda: reading.idle_seconds, 2 * _ROUND_SECONDS + _POLL_SECONDS)
    health.watch("heartbeat", lambda: heartbeat.idle_seconds, 5 * _BEAT_SECONDS)
    backups = [_backup(machinery, settings)] if settings.database.backup_every_hours else []
    return (ingest, reading, heartbeat, forgetting, *backups)


def _backup(machinery: Machinery, settings: Settings) -> Worker:
    async def save() -> float | None:
        try:
            await scheduled_backup(machinery.database, settings, machinery.clock.now())
        except StorageError:  # tried again at the next look: to copy and read a large file takes a while
            _LOG.exception("backup failed: next_try_seconds=%.0f", _BACKUP_LOOK_SECONDS)
        return None

    return Worker("backup", save, pause_seconds=_BACKUP_LOOK_SECONDS)


def _show(health: Health, lag: LoopLag) -> None:
    health.count("loop_lag_p99_seconds", lambda: lag.seconds(0.99))
    health.count("loop_lag_longest_seconds", lambda: lag.seconds(1.0))


def _freeze() -> None:
    """Leave all that lives by now, and lives as long as the process, out of garbage collections from here on.

    Looking through actor tables and word counts again and again would keep everybody who asks waiting for half a
    second. A bot must not be among it: one that is replaced would never be collected.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def _signals() -> Iterator[asyncio.Event]:
    """Yield an event that SIGINT and SIGTERM set."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _redirect(settings: Settings) -> None:
    """Point discord.py at another Discord where the settings name one."""
    if settings.discord.api:
        Route.BASE = settings.discord.api
    if settings.discord.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord.gateway)
