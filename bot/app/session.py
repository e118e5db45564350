"""Connections to Discord, one after the other: when a client hangs, it is closed and another one opened."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

import aiohttp
import discord
from pydantic import SecretStr

from bot.app.answering import bot_over
from bot.app.duties import STALE_SECONDS, Duties
from bot.app.health import Beat, Health
from bot.app.machinery import Machinery
from bot.app.watchdog import UNREACHABLE
from bot.client import NewsBot
from bot.delivery.breaker import Breaker
from bot.errors import ConfigError
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.notes import COMMANDS, NoteStore
from bot.tasks import spawn

_LOG = logging.getLogger(__name__)
_CLOSE_SECONDS: Final = 3.0
_FIRST_PAUSE_SECONDS: Final = 5.0
_LONGEST_PAUSE_SECONDS: Final = 60.0

Rest = Callable[[asyncio.Event, float], Awaitable[None]]


class Sessions:
    """Opens connections; what Discord counts against us is counted over all of them."""

    def __init__(
        self, machinery: Machinery, settings: Settings, health: Health, token: SecretStr, *, rest: Rest | None = None
    ) -> None:
        """Prepare them; *rest* waits so many seconds, until an event is set at most."""
        self._machinery = machinery
        self._settings = settings
        self._health = health
        self._token = token
        self._rest = rest or _rest
        self._breaker = Breaker()
        self._failures = 0
        # Until the first login: the duties then tell of Discord's answers themselves.
        health.watch("discord", Beat().idle_seconds, STALE_SECONDS)

    @asynccontextmanager
    async def opened(self, stop: asyncio.Event) -> AsyncIterator[Duties | None]:
        """Yield the duties of a bot that is logged in; None where Discord cannot be reached: try again.

        A connection that never stood makes the next try wait, longer each time, until *stop* is set at most.

        Raises:
            ConfigError: Discord refuses the token.
        """
        machinery = self._machinery
        bot = bot_over(machinery, _CommandHashes(machinery.database))
        bot.http.http_trace = counted_by(self._breaker)
        stood = False
        async with _closing(bot):
            if await self._logged_in(bot):
                async with Duties(bot, machinery, self._settings, self._health, self._breaker) as duties:
                    yield duties
                    stood = bot.is_ready()
            else:
                yield None
        if stood:
            self._failures = 0
        else:
            pause = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(self._failures, 8))
            self._failures += 1
            await self._rest(stop, pause)

    async def _logged_in(self, bot: NewsBot) -> bool:
        try:
            await bot.login(self._token.get_secret_value())
        except discord.LoginFailure as error:
            raise ConfigError("Discord refuses the token. Reset it in the developer portal and set it anew.") from error
        except UNREACHABLE as error:
            _LOG.warning("cannot log in, trying again: why=%s", type(error).__name__)
            return False
        return True


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def counted_by(breaker: Breaker) -> aiohttp.TraceConfig:
    """Return what tells *breaker* of every answer, also of those that discord.py deals with by itself."""
    trace = aiohttp.TraceConfig()

    async def note(_session: aiohttp.ClientSession, _context: object, params: aiohttp.TraceRequestEndParams) -> None:
        breaker.note(params.response.status, params.response.headers)

    trace.on_request_end.append(note)
    return trace


@asynccontextmanager
async def _closing(bot: NewsBot) -> AsyncIterator[None]:
    """Close *bot* afterwards, as ``async with`` does, but without waiting for a line that says nothing any more."""
    await bot._async_setup_hook()  # noqa: SLF001 - what discord.py's own ``async with`` begins with
    try:
        yield
    finally:
        await asyncio.wait({spawn(bot.close(), name="closing")}, timeout=_CLOSE_SECONDS)


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
