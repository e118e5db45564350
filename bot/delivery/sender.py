"""Sends what waits in the outbox: each message once, in order, at Discord's pace, through every fault that passes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Final, Self, TypeVar

from bot.clock import Clock
from bot.delivery.breaker import Breaker, Pace
from bot.delivery.poster import Poster, PostponedError, RefusedError, TokenRefusedError
from bot.delivery.reasons import reason_for
from bot.delivery.rules import Rules
from bot.delivery.tripwires import Watch, unwatched
from bot.delivery.weather import Weather
from bot.errors import DeliveryError, StorageError
from bot.model.delivery import OutboxPart, PartState
from bot.storage.database import Database
from bot.storage.guilds import GuildStore
from bot.storage.outbox import OutboxStore
from bot.storage.schedules import ScheduleStore
from bot.tasks import spawn
from bot.ui.plain_message import plain_message

_LOG = logging.getLogger(__name__)
# A step ends after this long, so that its worker can be told to stop; what is under way goes on.
_STEP_SECONDS: Final = 2.0
_FINISH_SECONDS: Final = 10.0
_BREATH: Final = 0.05
_WRITE_AGAIN_SECONDS: Final = 5.0

T = TypeVar("T")


@dataclass
class Tally:
    """What became of messages since the process began."""

    sent: int = 0
    found: int = 0
    postponed: int = 0
    refused: int = 0
    rewritten: int = 0


class Sender:
    """Claims waiting messages and sends them, several at once but never two into one channel.

    Use it as ``async with Sender(…) as sender:`` and call :meth:`step` again and again. Leaving the block lets what is
    under way finish for ten seconds; what is then cut off is looked for in its channel by whoever comes next.
    """

    def __init__(
        self,
        database: Database,
        poster: Poster,
        clock: Clock,
        rules: Rules,
        *,
        breaker: Breaker | None = None,
        watch: Watch = unwatched,
    ) -> None:
        self._outbox = watch("outbox", OutboxStore(database))
        self._schedules = watch("schedules", ScheduleStore(database))
        self._guilds = watch("guilds", GuildStore(database))
        self._poster = watch("poster", poster)
        self._clock = clock
        self._rules = rules
        self._breaker = breaker or Breaker()
        self._pace = Pace(rules.per_second)
        self._weather = Weather(rules.probe.total_seconds())
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._fatal: TokenRefusedError | None = None
        self.tally = Tally()
        self.finish_seconds = _FINISH_SECONDS
        self.firsts_only: Callable[[], bool] = _never
        """Tells whether second messages must wait: first messages of other channels are still being composed."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tasks = set(self._busy.values())
        if tasks:
            _, pending = await asyncio.wait(tasks, timeout=self.finish_seconds)
            for task in pending:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def under_way(self) -> int:
        """Return how many messages are being sent."""
        return len(self._busy)

    async def step(self) -> datetime | None:
        """Send what is due for two seconds at most, and return when to look again (None: when something changes).

        Raises:
            TokenRefusedError: nothing can be sent until the operator acts.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + _STEP_SECONDS
        while (left := until - loop.time()) > 0:
            if self._fatal is not None:
                raise self._fatal
            started = await self._start_some()
            if not started and not self._busy and not self._hurry:
                break
            await self._breathe(left)
        if self._fatal is not None:
            raise self._fatal
        return await self._next_look()

    async def _breathe(self, left: float) -> None:
        """Wait until there is room, or until a few more can be claimed together: each claim costs milliseconds."""
        if len(self._busy) >= self._rules.at_once:
            await asyncio.wait(set(self._busy.values()), timeout=left, return_when=asyncio.FIRST_COMPLETED)
        elif self._busy:
            await asyncio.sleep(min(left, _BREATH))

    async def drain(self) -> datetime | None:
        """Step until nothing is due and nothing under way, and return when to look again."""
        while True:
            at = await self.step()
            if not self._busy and (at is None or at > self._clock.now()):
                return at

    def let_go(self) -> None:
        """Take note that Discord answers again: what waits after a failure is tried at the next step."""
        self._hurry = self._weather.cleared() or self._hurry

    _hurry = True  # a process that starts tries at once what its predecessor put off

    async def _start_some(self) -> int:
        now = self._clock.now()
        if self._hurry:
            self._hurry = False
            await self._outbox.hasten(now)
        room = min(self._rules.at_once, self._breaker.room) - len(self._busy)
        if room <= 0:
            return 0
        parts = await self._outbox.claim(now, self._rules.lease, room, firsts_only=self.firsts_only())
        if not parts and self._weather.is_bad and not self._busy and self._weather.probe_in <= 0:
            await self._outbox.hasten(now, 1)
            parts = await self._outbox.claim(now, self._rules.lease, 1)
        return await self._start(parts)

    async def _start(self, parts: Sequence[OutboxPart]) -> int:
        # A clock that was set forward ends the lease of a message that is still under way here.
        mine = [part for part in parts if part.id not in self._busy]
        if not mine:
            return 0
        # A message must be known to be under way before it is; the state that it was found in stays in *part*.
        marked = await self._outbox.mark_sending(mine, self._clock.now())
        started = 0
        for part in mine:
            if part.id in marked:
                await self._pace.turn()
                task = spawn(self._send(part), name=f"send {part.id}")
                self._busy[part.id] = task
                task.add_done_callback(lambda _, number=part.id: self._busy.pop(number, None))  # type: ignore[misc]
                started += 1
        return started

    async def _next_look(self) -> datetime | None:
        now = self._clock.now()
        at = await self._outbox.next_at(now, self._rules.lease)
        if at is None:
            return None
        if self._hurry:
            return now
        if (rest := self._breaker.rest_seconds) > 0:
            return max(at, now + timedelta(seconds=rest))
        if self._weather.is_bad:
            return min(at, now + timedelta(seconds=max(0.0, self._weather.probe_in)))
        return at

    async def _send(self, part: OutboxPart) -> None:
        try:
            message = await self._sent_before(part)
            if message is None:
                message = await self._poster.post(part.channel, part.payload, part.nonce)
                self.tally.sent += 1
        except PostponedError as error:
            await self._postpone(part, error)
        except TokenRefusedError as error:
            self._fatal = error
        except DeliveryError as error:
            await self._refused(part, error if isinstance(error, RefusedError) else RefusedError(str(error)))
        else:
            await _written(lambda: self._outbox.mark_sent(part, message, self._clock.now()))
            _LOG.info("message sent: channel=%d part=%d message=%d", part.channel, part.number, message)
            self.let_go()

    async def _sent_before(self, part: OutboxPart) -> int | None:
        """Return the message that an earlier try left in the channel, or None.

        Raises:
            PostponedError: nobody can tell now, so that it must be looked for at the next try too.
        """
        if part.state is not PartState.SENDING:
            return None
        await self._pace.turn()
        try:
            message = await self._poster.find(part.channel, part.payload, part.sending_at)
        except PostponedError as error:
            # That the look did not get through says nothing of the message.
            raise PostponedError(str(error), error.seconds, is_weather=error.is_weather) from error
        if message is not None:
            self.tally.found += 1
            _LOG.info("message had arrived: channel=%d part=%d message=%d", part.channel, part.number, message)
        return message

    async def _postpone(self, part: OutboxPart, error: PostponedError) -> None:
        self.tally.postponed += 1
        if error.is_weather:
            self._weather.failed()
        again = self._clock.now() + self._rules.pause(part.tries, error.seconds)
        await _written(lambda: self._outbox.retry(part, again, str(error), arrived=error.arrived))
        _LOG.warning("message postponed: channel=%d part=%d why=%s", part.channel, part.number, error)

    async def _refused(self, part: OutboxPart, error: RefusedError) -> None:
        self.tally.refused += 1
        plain = plain_message(part.payload) if error.is_body else None
        if plain is not None:
            self.tally.rewritten += 1
            _LOG.error(
                "message refused, sent as plain text: channel=%d part=%d why=%s", part.channel, part.number, error
            )
            await self._outbox.replace(part, plain, self._clock.now(), str(error))
            return
        _LOG.error("message refused: channel=%d part=%d why=%s", part.channel, part.number, error)
        # In this order: cut off anywhere, the message is refused once more and all is done again.
        reason = reason_for(error)
        await self._guilds.note_problem(part.guild, part.channel, reason, self._clock.now())
        await self._schedules.suspend(part.channel, reason)
        await self._outbox.mark_failed(part, reason)


def _never() -> bool:
    return False


async def _written(write: Callable[[], Awaitable[T]]) -> T:
    """Do *write*, again and again while the database refuses it: a full disk or a lock must not lose what we know."""
    while True:
        try:
            return await write()
        except StorageError as error:
            _LOG.error("cannot record a message, trying again: why=%s", error)
            await asyncio.sleep(_WRITE_AGAIN_SECONDS)
