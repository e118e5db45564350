"""The running bot: connected to Discord, reading feeds, posting digests."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Final, Protocol

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.app.machinery import Machinery, make_database_folder, open_machinery
from bot.app.operations import forget_left_servers
from bot.app.steering import Helm, Steering
from bot.client import NewsBot
from bot.clock import Clock
from bot.delivery.alarm import Alarm
from bot.delivery.ledger import Ledger, Rules
from bot.delivery.poster import DiscordPoster, Poster
from bot.errors import ConfigError
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.notes import COMMANDS, HEARTBEAT, NoteStore
from bot.tasks import Worker

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 20.0
_BEAT_SECONDS: Final = 60.0
_FORGET_SECONDS: Final = 3600.0


class Bell(Protocol):
    """Is told when deliveries must be looked at again."""

    def set(self, at: datetime | None) -> None:
        """Take note of the instant; None: when something changes."""
        ...


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
    async with Database(url).hold("run"), open_machinery(settings, helm.clock if helm else clock) as machinery:
        bot = NewsBot(machinery.news, machinery.desk, hashes=_CommandHashes(machinery.database), clock=machinery.clock)
        async with bot:
            try:
                await bot.login(token.get_secret_value())
            except discord.LoginFailure as error:
                raise ConfigError(
                    "Discord refuses the token. Reset it in the developer portal and set it anew."
                ) from error
            await _serve(bot, machinery, settings, helm)


async def _serve(bot: NewsBot, machinery: Machinery, settings: Settings, helm: Helm | None) -> None:
    ledger = ledger_of(machinery, DiscordPoster(bot.http), settings)
    notes = NoteStore(machinery.database)
    clock = machinery.clock

    async def read() -> float | None:
        report = await machinery.line.poll()
        if report.feeds:
            counts = (len(report.feeds), report.new, report.revised, report.seconds)
            _LOG.info("feeds read: feeds=%d new=%d revised=%d seconds=%.1f", *counts)
        return None

    async def beat() -> float | None:
        await notes.put(HEARTBEAT, clock.now().isoformat())
        return None

    async def forget() -> float | None:
        await forget_left_servers(machinery.database, clock.now())
        return None

    async with AsyncExitStack() as stack:
        bells: list[Bell] = []
        deliver = Worker("delivery", _step(ledger, bells), pause_seconds=_POLL_SECONDS, clock=clock)
        bells.append(await stack.enter_async_context(Alarm(deliver.wake, clock)))
        await stack.enter_async_context(Worker("heartbeat", beat, pause_seconds=_BEAT_SECONDS, clock=clock))
        await stack.enter_async_context(Worker("forgetting", forget, pause_seconds=_FORGET_SECONDS, clock=clock))
        ingest = await stack.enter_async_context(Worker("ingest", read, pause_seconds=_POLL_SECONDS, clock=clock))
        await stack.enter_async_context(deliver)
        if helm is not None:
            bells.append(await stack.enter_async_context(Steering(helm, (ingest, deliver))))
        await _connected(bot)


def _step(ledger: Ledger, bells: list[Bell]) -> Callable[[], Awaitable[float | None]]:
    async def step() -> float | None:
        at = await ledger.step()
        for bell in bells:
            bell.set(at)
        return None

    return step


async def _connected(bot: NewsBot) -> None:
    """Stay connected until a signal asks to end.

    Raises:
        ConfigError: Discord ends the session for good, as after a token reset.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        async with asyncio.TaskGroup() as group:
            connection = group.create_task(bot.connect())
            await asyncio.wait({connection, group.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            await bot.close()
    except* discord.ConnectionClosed as error:
        raise ConfigError(f"Discord ended the session: {error.exceptions[0]}. Is the token still right?") from error
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def ledger_of(machinery: Machinery, poster: Poster, settings: Settings) -> Ledger:
    """Return the ledger that posts the digests of *machinery*'s schedules through *poster*."""
    rules = Rules(
        grace=timedelta(hours=settings.delivery.grace_hours), lease=timedelta(seconds=settings.delivery.lease_seconds)
    )
    return Ledger(machinery.database, machinery.news, poster, machinery.clock, rules)


class _CommandHashes:
    """Remembers in the database which commands Discord was last told."""

    def __init__(self, database: Database) -> None:
        self._notes = NoteStore(database)

    async def find(self) -> str | None:
        """Return the hash that was put last, or None."""
        return await self._notes.find(COMMANDS)

    async def put(self, value: str) -> None:
        """Remember *value* instead."""
        await self._notes.put(COMMANDS, value)


def _redirect(settings: Settings) -> None:
    """Point discord.py at another Discord where the settings name one."""
    if settings.discord.api:
        Route.BASE = settings.discord.api
    if settings.discord.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord.gateway)
