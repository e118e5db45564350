"""What a connected bot does besides answering: compose, send, look after channels; and the watch over its client."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self

import discord

from bot.app.delivering import corrections_of, ledger_of, rules_of, sender_of
from bot.app.feed_notices import FeedNotices
from bot.app.health import Health
from bot.app.machinery import Machinery
from bot.app.watchdog import UNREACHABLE, Canary
from bot.client import NewsBot
from bot.delivery.alarm import Alarm
from bot.delivery.breaker import Breaker
from bot.delivery.care import Care
from bot.delivery.places import DiscordPlaces, listen_for_changes
from bot.delivery.poster import DiscordPoster, TokenRefusedError
from bot.delivery.sender import Tally
from bot.errors import ConfigError
from bot.settings import Settings
from bot.tasks import Worker, close_together

_LOG = logging.getLogger(__name__)
_ROUND_SECONDS: Final = 20.0
_CARE_SECONDS: Final = 600.0
_NOTICE_SECONDS: Final = 60.0
_AT_ONCE_SECONDS: Final = 0.05
STALE_SECONDS: Final = 180.0
# Ten thousand editions take minutes to compose; a step that takes this long hangs.
_COMPOSING_SECONDS: Final = 900.0

WATCHDOG: Final = "watchdog"

Bell = Callable[[datetime | None], None]


class Duties:
    """Use it as ``async with Duties(bot, machinery, settings, health, breaker) as duties:`` once the bot is logged in.

    ``bells`` hear when deliveries must be looked at again. Leaving the block lets what is being sent finish, unless
    the client hangs: then nothing of it would.
    """

    def __init__(
        self, bot: NewsBot, machinery: Machinery, settings: Settings, health: Health, breaker: Breaker
    ) -> None:
        self._bot = bot
        self._clock = machinery.clock
        poster = DiscordPoster(bot.http, bot.user.id if bot.user else None, breaker)
        self._ledger = ledger_of(machinery, settings)
        self._sender = sender_of(machinery, poster, settings, breaker)
        self._sender.firsts_only = lambda: self._ledger.has_more
        self._care = Care(machinery.database, poster, DiscordPlaces(bot), self._clock, rules_of(settings))
        self._corrections = corrections_of(machinery, poster)
        self._canary = Canary(bot.http, self._answered_again)
        self._planner = Worker("planner", self._plan, pause_seconds=_ROUND_SECONDS, stall_seconds=_COMPOSING_SECONDS)
        self._sending = Worker("sender", self._send, pause_seconds=_ROUND_SECONDS)
        self._tending = Worker("care", self._tend, pause_seconds=_CARE_SECONDS)
        self._feed_notices = FeedNotices(machinery.database, poster, self._clock)
        self._telling = Worker("feed notices", self._tell, pause_seconds=_NOTICE_SECONDS)
        self._correcting = Worker("corrections", self._correct, pause_seconds=_ROUND_SECONDS)
        self._alarm = Alarm(self._ring, self._clock)
        self._times: dict[str, datetime | None] = {}
        self._refused = asyncio.Event()
        self._watches: set[asyncio.Task[Any]] = set()
        self.bells: list[Bell] = [self._alarm.set]
        self._show(health, self._sender.tally, breaker)

    async def __aenter__(self) -> Self:
        # Nobody else works on this database, since the process holds it: what a dead process, or the client that hung,
        # had claimed is free at once.
        await self._ledger.reclaim()
        listen_for_changes(self._bot, self._mend)
        self._watches = {
            _named("connection", self._bot.connect()),
            _named(WATCHDOG, self._canary.watch()),
            _named("token", self._token_refused()),
        }
        await self._alarm.__aenter__()
        for worker in self._workers:
            await worker.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await close_together(*self._workers)
        await self._sender.__aexit__(None, None, None)
        await self._alarm.__aexit__(None, None, None)
        for task in self._watches:
            task.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)

    async def until_over(self, stop: asyncio.Event) -> None:
        """Wait until *stop* is set, or the client must be replaced: it hangs, or its gateway cannot be reached.

        Raises:
            ConfigError: Discord ends the session for good, as after a token reset.
        """
        stopping = asyncio.ensure_future(stop.wait())
        done, _ = await asyncio.wait({stopping, *self._watches}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for task in done - {stopping}:
            if task.get_name() == WATCHDOG:
                self._sender.finish_seconds = 0.0
            try:
                task.result()
            except discord.ConnectionClosed as error:
                raise ConfigError(f"Discord ended the session: {error}. Is the token still right?") from error
            except TokenRefusedError as error:
                raise ConfigError(str(error)) from error
            except UNREACHABLE as error:
                _LOG.warning("cannot connect, trying again: why=%s", type(error).__name__)

    async def run_now(self) -> None:
        """Post all that is due, and return when it is done."""
        await self._planner.run_now()
        await self._sending.run_now()
        while (self._sender.under_way or self._is_due("sender")) and not self._sending.is_over:
            await self._sending.run_now()
        await self._correcting.run_now()

    @property
    def _workers(self) -> tuple[Worker, ...]:
        return self._planner, self._sending, self._tending, self._telling, self._correcting

    async def _plan(self) -> float | None:
        self._look_at("planner", await self._ledger.step())
        self._sending.wake()
        return None

    async def _send(self) -> float | None:
        refused = self._sender.tally.refused
        try:
            self._look_at("sender", await self._sender.step())
        except TokenRefusedError:
            self._refused.set()
            return None
        if self._sender.tally.refused > refused:
            self._tending.wake()  # admins hear of it now, not at the next round
        return _AT_ONCE_SECONDS if self._is_due("sender") else None

    async def _correct(self) -> float | None:
        await self._while_accepted(self._corrections.step())
        return None

    async def _tend(self) -> float | None:
        await self._while_accepted(self._care.step())
        if await self._care.mend_unheard():
            self._sending.wake()
        return None

    async def _tell(self) -> float | None:
        await self._while_accepted(self._feed_notices.step())
        return None

    async def _while_accepted(self, step: Awaitable[None]) -> None:
        """Do *step*; a token that Discord refuses in it ends the session."""
        try:
            await step
        except TokenRefusedError:
            self._refused.set()

    async def _mend(self, guild: int) -> None:
        if await self._care.mend(guild):
            self._sending.wake()

    async def _token_refused(self) -> None:
        await self._refused.wait()
        raise TokenRefusedError("Discord refuses the token. Reset it in the developer portal and set it anew.")

    def _answered_again(self) -> None:
        self._sender.let_go()
        self._ring()

    def _ring(self) -> None:
        self._planner.wake()
        self._sending.wake()

    def _look_at(self, who: str, at: datetime | None) -> None:
        self._times[who] = at
        first = min((one for one in self._times.values() if one is not None), default=None)
        for bell in self.bells:
            bell(first)

    def _is_due(self, who: str) -> bool:
        at = self._times.get(who)
        return at is not None and at <= self._clock.now()

    def _show(self, health: Health, tally: Tally, breaker: Breaker) -> None:
        health.watch("planner", lambda: self._planner.idle_seconds, _COMPOSING_SECONDS + STALE_SECONDS)
        health.watch("sender", lambda: self._sending.idle_seconds, STALE_SECONDS)
        health.watch("discord", self._canary.beat.idle_seconds, STALE_SECONDS)
        health.count("messages_sent_total", lambda: tally.sent)
        health.count("messages_found_total", lambda: tally.found)
        health.count("messages_postponed_total", lambda: tally.postponed)
        health.count("messages_refused_total", lambda: tally.refused)
        health.count("invalid_requests", lambda: breaker.invalid)
        health.count("sending_rests_seconds", lambda: breaker.rest_seconds)


def _named(name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Start *work*, whose failure :meth:`Duties.until_over` tells: it is not logged here too."""
    task = asyncio.ensure_future(work)
    task.set_name(name)
    return task
