"""Reads and changes a server's schedules."""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import UserError
from bot.model.answers import Choice, ScheduleLine
from bot.model.delivery import OccurrenceState, Schedule, ScheduleId
from bot.model.editions import Length
from bot.news.allowance import Allowance, Quotas, too_many_schedules
from bot.news.runs import apart, next_day, next_runs
from bot.news.scoping import Scoping
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.occurrences import OccurrenceStore
from bot.storage.schedules import ScheduleStore
from bot.text.zones import parse_days, parse_time, zone

_RUNS: Final = 3
_MOST_SKIPPED: Final = 20
_LONGEST_NAME: Final = 100
_WEEK: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class ScheduleDesk:
    """Which channel gets its digest when; each method for one server's rows alone."""

    def __init__(self, database: Database, clock: Clock, allowance: Allowance) -> None:
        self._one_at_a_time = asyncio.Lock()
        self._schedules = ScheduleStore(database)
        self._scoping = Scoping(database)
        self._occurrences = OccurrenceStore(database)
        self._clock = clock
        self._allowance = allowance

    async def schedules(self, guild: int) -> tuple[ScheduleLine, ...]:
        """Return the server's schedules with their next runs, oldest schedule first."""
        skipped = await self._occurrences.skipped(guild, self._clock.now())
        return tuple(self._line(schedule, skipped) for schedule in await self._schedules.list_for(guild))

    async def add_schedule(  # noqa: PLR0913 - the options of one command, by their names
        self,
        guild: int,
        channel: int,
        *,
        at: str,
        zone: str,
        days: str,
        length: Length,
        topic: str | None,
        user: int,
    ) -> ScheduleLine:
        """Store a schedule and return it with its next runs. The options are as the person typed them.

        Raises:
            UserError: one of them can't be meant, *topic* names what is not known, or it is one schedule too many.
        """
        await self._scoping.scope_of(topic)  # what can't be resolved now would fail every day
        wanted = Schedule(
            ScheduleId(0), guild, channel, parse_time(at), zone_key(zone), parse_days(days), length, topic or None
        )
        quotas = await self._allowance.of(guild)
        await self.check_apart(wanted, quotas)
        made = await self._schedules.add(wanted, by=self._by(user), limit=quotas.schedules)
        if made is None:
            raise too_many_schedules(quotas)
        return self._line(made)

    async def remove_schedule(self, guild: int, schedule: ScheduleId, user: int) -> Schedule:
        """Remove a schedule of this server and return what it was."""
        removed = await self._schedules.remove(guild, schedule, by=self._by(user))
        if removed is None:
            raise _no_schedule()
        return removed

    async def pause_schedule(self, guild: int, schedule: ScheduleId, user: int, *, paused: bool) -> ScheduleLine:
        """Pause a schedule, or let it go on with every day that was to be skipped; return it.

        Raises:
            UserError: there is none, or it may not go on because another of its channel's digests is too near by now.
        """
        found = await self._schedules.get(guild, schedule)
        if found is not None and found.paused and not paused:
            await self.check_apart(found, await self._allowance.of(guild))
        changed = await self._schedules.pause(guild, schedule, paused=paused, by=self._by(user))
        if changed is None:
            raise _no_schedule()
        if not paused:
            await self._occurrences.unskip(schedule, self._clock.now())
        return self._line(changed)

    async def skip_next(self, guild: int, schedule: ScheduleId, user: int) -> tuple[ScheduleLine, datetime]:
        """Leave out the next day of a schedule; return it, and when that day would have been due."""
        found, now = await self._schedules.get(guild, schedule), self._clock.now()
        if found is None:
            raise _no_schedule()
        async with self._one_at_a_time:
            skipped = await self._occurrences.skipped(guild, now)
            day = next_day(found, now, {at for number, at in skipped if number == schedule})
            if day is None or len(skipped) >= _MOST_SKIPPED:
                raise UserError("So many days are skipped already. Pause it instead: /schedule pause.")
            note = "skipped by an admin"
            await self._occurrences.add(schedule, *day, state=OccurrenceState.SKIPPED, note=note)
            await self._schedules.note_skip(found, day[0], by=self._by(user))
        return self._line(found, skipped | {(schedule, day[1])}), day[1]

    async def schedule_choices(self, guild: int, typed: str) -> tuple[Choice, ...]:
        """Return the server's schedules that read like *typed*; their ids as values."""
        rows = [(schedule, _words(schedule)) for schedule in await self._schedules.list_for(guild)]
        return tuple(Choice(words, str(row.id)) for row, words in rows if typed.strip().lower() in words.lower())[:25]

    async def check_apart(self, wanted: Schedule, quotas: Quotas) -> None:
        """Make sure that *wanted* keeps its distance from the other digests of its channel.

        Raises:
            UserError: it does not; the message names the one that is too near.
        """
        least, now = timedelta(minutes=quotas.minutes_apart), self._clock.now()
        for other in await self._schedules.list_for(wanted.guild):
            if other.id == wanted.id or other.channel != wanted.channel or other.paused:
                continue
            if apart(wanted, other, now) < least:
                raise UserError(
                    f"This channel gets a digest at {other.at:%H:%M} {other.zone} already, and two of them must lie at"
                    f" least {quotas.minutes_apart} minutes apart. Choose another time, or another channel."
                )

    def _line(self, schedule: Schedule, skipped: frozenset[tuple[ScheduleId, datetime]] = frozenset()) -> ScheduleLine:
        runs = next_runs(schedule, self._clock.now(), _RUNS + len(skipped))
        return ScheduleLine(schedule, tuple(at for at in runs if (schedule.id, at) not in skipped)[:_RUNS])

    def _by(self, user: int) -> By:
        return By(user, self._clock.now())


def _no_schedule() -> UserError:
    return UserError("This server has no such schedule. /schedule list shows what there is.")


def zone_key(name: str) -> str:
    """Return the IANA name of the zone that the person typed."""
    return zone(name).key


def _words(schedule: Schedule) -> str:
    every = len(schedule.days) == len(_WEEK)
    days = "every day" if every else ", ".join(_WEEK[day] for day in sorted(schedule.days))
    return f"{schedule.at:%H:%M} {schedule.zone}, {days}, {schedule.length}"[:_LONGEST_NAME]
