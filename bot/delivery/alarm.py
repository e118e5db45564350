"""Wakes the ledger when something is due; the one place that knows APScheduler.

Nothing depends on the alarm ringing on time, or only once: what is due stands in the database.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Final, Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, SystemClock

_JOB: Final = "next"
_ROUND: Final = "round"
_EVERY_SECONDS: Final = 30
# A bell that rings late still rings: APScheduler's own default would drop it after one second.
_GRACE_SECONDS: Final = 24 * 60 * 60
_SOONEST: Final = timedelta(milliseconds=50)


class Alarm:
    """Calls *ring* at the instant that was set last, and every half minute besides, in case a clock jumps.

    Use it as ``async with Alarm(worker.wake, clock) as alarm:``.
    """

    def __init__(self, ring: Callable[[], None], clock: Clock) -> None:
        self._ring = ring
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    async def __aenter__(self) -> Self:
        self._scheduler.add_job(
            self._ring, "interval", seconds=_EVERY_SECONDS, id=_ROUND, coalesce=True, misfire_grace_time=_GRACE_SECONDS
        )
        self._scheduler.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scheduler.shutdown(wait=False)

    def set(self, at: datetime | None) -> None:
        """Ring at *at* (UTC) instead of whatever was set before; None sets nothing."""
        if self._scheduler.get_job(_JOB) is not None:
            self._scheduler.remove_job(_JOB)
        if at is not None:
            # APScheduler lives by the machine's clock, we by the one that we were given.
            wait = max(at - self._clock.now(), _SOONEST)
            run_date = SystemClock().now() + wait
            self._scheduler.add_job(self._ring, "date", run_date=run_date, id=_JOB, misfire_grace_time=_GRACE_SECONDS)
