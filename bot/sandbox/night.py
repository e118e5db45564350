"""Lets time pass in the sandbox: the clock goes in strides, and the bot does at each what it would have done then."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from types import TracebackType
from typing import Final, Protocol, Self
from zoneinfo import ZoneInfo

from bot.errors import NeedToKnowError
from bot.sandbox.double.clockwork import MovableClock
from bot.tasks import end_task, spawn
from bot.text.occurrences import upcoming

STRIDE: Final = timedelta(hours=2)
"""How far the clock goes at once: the bot looks at its feeds so often, as in a slow hour of a real night."""
# Strides end at odd hours whenever a move begins, so that the same feeds are read at the same times.
_GRID: Final = datetime(2026, 1, 1, 1, tzinfo=UTC)
_JUST_BEFORE: Final = timedelta(seconds=1)
_LONGEST_WAIT: Final = timedelta(hours=24)
_EVERY_DAY: Final = frozenset(range(7))


class Follower(Protocol):
    """Somebody who lives by the clock, such as :class:`bot.sandbox.bot_process.BotProcess`."""

    @property
    def next_due(self) -> datetime | None:
        """Return when they must be given a turn at the latest, as far as they know."""
        ...

    async def follow(self) -> None:
        """Do what is to be done at the clock's time."""
        ...


def next_wall_time(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Return the next instant after *now*, in UTC, at which the wall clock of *zone* shows *at*."""
    coming = upcoming(at, zone, _EVERY_DAY, now.astimezone(zone).date(), 3)
    return next(due for _, due in coming if due > now)


def next_stop(now: datetime, goal: datetime, due: datetime | None) -> datetime:
    """Return where the clock goes next on its way to *goal*: to the end of a stride at most.

    It stops a second before *due*, so that the feeds have been read when what is due is made, and then at *due*.
    """
    stop = min(goal, _GRID + ((now - _GRID) // STRIDE + 1) * STRIDE)
    if due is None or not now < due <= stop:
        return stop
    before = due - _JUST_BEFORE
    return before if now < before else due


class Night:
    """Moves the clock, one move at a time.

    Use it as ``async with Night(clock, follower) as night:``. ``told`` is called after every stride and when a move
    begins or ends, ``failed`` where the follower is gone.
    """

    def __init__(self, clock: MovableClock, follower: Follower) -> None:
        self._clock = clock
        self._follower = follower
        self._move: asyncio.Task[None] | None = None
        self.is_passing = False
        self.told: Callable[[], None] = _nothing
        self.failed: Callable[[NeedToKnowError], None] = _nothing

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._move is not None:
            await end_task(self._move)

    def begin(self, goal: datetime, *, awaited: Callable[[], bool] | None = None) -> None:
        """Let time begin to pass as :meth:`pass_until` does; nothing happens while it passes already."""
        if not self.is_passing:
            self.is_passing = True
            self._move = spawn(self._reported(goal, awaited), name="night")

    async def pass_until(self, goal: datetime, *, awaited: Callable[[], bool] | None = None) -> None:
        """Let time pass until *goal*; then on for a day at most, as long as something is *awaited*.

        Raises:
            BotGoneError: the bot ended on the way; the clock stands where it was then.
        """
        self.is_passing = True
        try:
            self.told()
            await self._walk(goal, lambda: True)
            if awaited is not None:
                await self._walk(goal + _LONGEST_WAIT, awaited)
        finally:
            self.is_passing = False
            self.told()

    async def _reported(self, goal: datetime, awaited: Callable[[], bool] | None) -> None:
        try:
            await self.pass_until(goal, awaited=awaited)
        except NeedToKnowError as error:
            self.failed(error)

    async def _walk(self, goal: datetime, goes_on: Callable[[], bool]) -> None:
        while self._clock.now() < goal and goes_on():
            self._clock.set(next_stop(self._clock.now(), goal, self._follower.next_due))
            self.told()
            await self._follower.follow()


def _nothing(_: object = None) -> None:
    """Do nothing: nobody listens."""
