"""Looks after channels: tells admins once what is wrong, lets a mended channel go on, breaks a long silence."""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Protocol, TypeVar

from bot.clock import Clock
from bot.delivery.notices import Notice, Noticeboard
from bot.delivery.poster import Poster, PostponedError, RefusedError
from bot.delivery.rules import Rules
from bot.model.delivery import Schedule
from bot.news.runs import next_runs
from bot.storage.database import Database
from bot.storage.outbox import OutboxStore
from bot.storage.problems import ProblemStore, Trouble
from bot.storage.schedules import ScheduleStore
from bot.storage.silence import LastWords, SilenceStore
from bot.ui.delivery_notices import silence_notice, trouble_notice

_LOG = logging.getLogger(__name__)

T = TypeVar("T")


class Places(Protocol):
    """What we see of servers."""

    def can_post(self, guild: int, channel: int) -> bool:
        """Tell whether we may post in *channel*; False also where it is gone or cannot be seen."""
        ...

    def notice_place(self, guild: int, wanted: int | None, avoid: frozenset[int]) -> int | None:
        """Return where to tell admins: *wanted* if we may, else another channel than *avoid*; None: nowhere."""
        ...


class Care:
    """Each step tells what was not told yet; :meth:`mend` is for when a server's permissions or channels changed."""

    def __init__(self, database: Database, poster: Poster, places: Places, clock: Clock, rules: Rules) -> None:
        self._problems = ProblemStore(database)
        self._schedules = ScheduleStore(database)
        self._silence = SilenceStore(database)
        self._outbox = OutboxStore(database)
        self._board = Noticeboard(poster)
        self._places = places
        self._clock = clock
        self._rules = rules
        self._closed: set[int] = set()
        """Suspended channels that we could not post to when we last looked."""

    async def step(self) -> None:
        """Tell admins of channels that stopped, all of a server's in one message, and channels of their silence.

        Raises:
            TokenRefusedError: nobody can be told anything until the operator acts.
        """
        for guild, troubles in groupby(await self._problems.untold(), key=lambda trouble: trouble.guild):
            await self._tell(guild, tuple(troubles))
        for schedule in await self._schedules.active():
            words = await self._silence.last_words(schedule.id)
            if is_silent(schedule, words, self._clock.now(), self._rules):
                await self._break_silence(schedule, words)

    async def mend(self, guild: int | None = None) -> int:
        """Let schedules of *guild* (None: of all) go on whose channel can be posted to again; return how many channels.

        What was missed since is posted too, as long as it is not too late for it.
        """
        return await self._mend(await self._problems.suspended(guild))

    async def mend_unheard(self) -> int:
        """Mend channels that were seen closed and are open now, though no event said so; return how many.

        A channel that only seems open is not tried again by this: it would be refused at every look.
        """
        suspended = await self._problems.suspended()
        self._closed.intersection_update(channel for _, channel in suspended)
        opened = [place for place in suspended if place[1] in self._closed and self._places.can_post(*place)]
        self._closed.update(channel for server, channel in suspended if not self._places.can_post(server, channel))
        return await self._mend(opened)

    async def _mend(self, places: Sequence[tuple[int, int]]) -> int:
        mended = 0
        now = self._clock.now()
        for server, channel in places:
            if self._places.can_post(server, channel):
                await self._schedules.suspend(channel, None)
                parts = await self._outbox.revive(channel, now - self._rules.grace, now)
                self._closed.discard(channel)
                _LOG.info("channel mended: guild=%d channel=%d messages=%d", server, channel, parts)
                mended += 1
        return mended

    async def _tell(self, guild: int, troubles: tuple[Trouble, ...]) -> None:
        avoid = frozenset(trouble.channel for trouble in troubles)
        place = self._places.notice_place(guild, troubles[0].notice_channel, avoid)
        if place is None:
            return  # /status and /schedule list tell it meanwhile
        words = trouble_notice([(trouble.channel, trouble.text, trouble.since) for trouble in troubles])
        since = min(trouble.since for trouble in troubles)
        told = await self._post(Notice(f"channels of {guild}", troubles, place, words.to_json(), since))
        if told:
            await self._problems.told(told, self._clock.now())
            _LOG.info("admins told: guild=%d channels=%d", guild, len(told))

    async def _break_silence(self, schedule: Schedule, words: LastWords) -> None:
        now = self._clock.now()
        coming = next(iter(next_runs(schedule, now, 1)), None)
        notice = silence_notice(since=words.posted_at, why=words.note, next_run=coming)
        silence = Notice(
            f"silence of {schedule.id}", (words.posted_at,), schedule.channel, notice.to_json(), words.posted_at
        )
        if await self._post(silence):
            await self._silence.told(schedule.id, now)
            _LOG.warning("silence told: schedule=%d missed=%d", schedule.id, words.missed)

    async def _post(self, notice: Notice[T]) -> tuple[T, ...]:
        """Return what was told, nothing where it must be tried again."""
        try:
            return await self._board.put(notice)
        except (PostponedError, RefusedError) as error:
            _LOG.warning("notice not sent: channel=%d why=%s", notice.channel, error)
            return ()


def is_silent(schedule: Schedule, words: LastWords, now: datetime, rules: Rules) -> bool:
    """Tell whether *schedule* missed days, posted nothing for as long as the rules say, and nobody was told since."""
    since = words.posted_at or schedule.created_at
    if since is None or not words.missed or now - since < rules.silence:
        return False
    return words.told_at is None or words.told_at < since
