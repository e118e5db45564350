"""From a schedule's due day to messages in the outbox: plan and compose; each step is a row before it is an act."""

import asyncio
import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final, Protocol

from bot.clock import Clock
from bot.delivery.plan import Planned, missed_by, next_due, plan, spread
from bot.delivery.poster import NONCE_LIMIT
from bot.delivery.rules import Rules
from bot.delivery.tripwires import Watch, unwatched
from bot.errors import AuditError, StorageError, UserError
from bot.model.delivery import Occurrence, OccurrenceState, Schedule, ScheduleId
from bot.model.editions import Edition
from bot.news.runs import next_runs
from bot.storage.database import Database
from bot.storage.editions import EditionStore, Readers
from bot.storage.events import EventStore
from bot.storage.occurrences import OccurrenceStore
from bot.storage.outbox import Message, OutboxStore
from bot.storage.schedules import ScheduleStore
from bot.ui.digest_message import digest_message

_LOG = logging.getLogger(__name__)
_AT_ONCE: Final = 20
_PLANNED_AT_ONCE: Final = 200
# A digest that is posted this long after its time says so.
_LATE_AFTER: Final = timedelta(minutes=15)


class EditionMaker(Protocol):
    """Makes the edition of a schedule."""

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        """Return the audited edition that *schedule* is due at *at*."""
        ...


class Ledger:
    """Composes every due digest once.

    Any step may be cut off at any point and be done again: a day's row is unique, messages are written together with
    the state "composed", and a message's nonce is made of its place, at every try the same.
    """

    def __init__(
        self, database: Database, maker: EditionMaker, clock: Clock, rules: Rules, *, watch: Watch = unwatched
    ) -> None:
        self._schedules = watch("schedules", ScheduleStore(database))
        self._occurrences = watch("occurrences", OccurrenceStore(database))
        self._outbox = watch("outbox", OutboxStore(database))
        self._editions = watch("editions", EditionStore(database))
        self._events = watch("events", EventStore(database))
        self._maker = watch("maker", maker)
        self._clock = clock
        self._rules = rules
        # What was planned lately, so that ten thousand rows are not written anew at each look; the rows decide.
        self._planned: dict[ScheduleId, date] = {}
        self._together: dict[datetime, int] = {}
        self.has_more = False
        """Whether more is due than can be composed in a moment."""

    async def reclaim(self) -> int:
        """Take over what a dead process held, where no other one can be at work; return how much that was."""
        return await self._occurrences.reclaim() + await self._outbox.reclaim()

    async def step(self) -> datetime | None:
        """Plan and compose all that is due, and return when to look again (None: when something changes)."""
        schedules = await self._schedules.active()
        coming = await self._plan(schedules)
        await self._give_up()
        self._together = {}
        try:
            await self._compose({schedule.id: schedule for schedule in schedules})
        finally:
            self.has_more = False
        return coming

    async def _plan(self, schedules: tuple[Schedule, ...]) -> datetime | None:
        """Store the days that have come due, and return when the next one does."""
        coming: list[datetime] = []
        for at in range(0, len(schedules), _PLANNED_AT_ONCE):
            some = schedules[at : at + _PLANNED_AT_ONCE]
            now = self._clock.now()
            rows = [
                row for row in plan(some, now, self._rules.grace) if self._planned.get(row.schedule) != row.local_date
            ]
            await self._store(rows)
            self._planned |= {row.schedule: row.local_date for row in rows}
            coming += [due] if (due := next_due(some, now)) is not None else []
            await asyncio.sleep(0)  # ten thousand schedules must not keep a command waiting
        return min(coming, default=None)

    async def _store(self, rows: list[Planned]) -> None:
        due = [(row.schedule, row.local_date, row.due_at) for row in rows if row.state is OccurrenceState.DUE]
        if due:
            await self._occurrences.add_due(due)
        for row in rows:
            if row.state is not OccurrenceState.DUE:
                stored = (row.schedule, row.local_date, row.due_at)
                if await self._occurrences.add(*stored, state=row.state, note=row.note) is not None:
                    _LOG.warning("digest skipped: schedule=%d day=%s why=%s", row.schedule, row.local_date, row.note)

    async def _give_up(self) -> None:
        """Skip what was composed in time, but of which nothing was sent until it was too late."""
        for occurrence in await self._outbox.expire(self._clock.now() - self._rules.grace):
            _LOG.warning("digest given up: occurrence=%d", occurrence)

    async def _compose(self, schedules: dict[int, Schedule]) -> None:
        while claimed := await self._occurrences.claim(self._clock.now(), self._rules.lease, _AT_ONCE):
            self.has_more = len(claimed) == _AT_ONCE
            for occurrence in claimed:
                schedule = schedules.get(occurrence.schedule)
                late = self._clock.now() - occurrence.due_at
                if late > self._rules.grace:
                    note = missed_by(late)
                    await self._occurrences.settle(occurrence.id, OccurrenceState.SKIPPED, note)
                elif schedule is None:
                    await self._occurrences.settle(occurrence.id, OccurrenceState.SKIPPED, "paused before it was due")
                else:
                    await self._compose_one(occurrence, schedule)

    async def _due_together(self, at: datetime) -> int:
        if at not in self._together:
            self._together = {at: await self._occurrences.count_due(at)}
        return self._together[at]

    async def _compose_one(self, occurrence: Occurrence, schedule: Schedule) -> None:
        now = self._clock.now()
        late = now - occurrence.due_at > _LATE_AFTER
        try:
            edition = await self._maker.edition_for(schedule, now if late else occurrence.due_at)
            readers = Readers(schedule.guild, schedule.channel, schedule.id)
            number = await self._editions.put(edition, readers=readers, made_at=now)
            messages = digest_message(
                replace(edition, id=number),
                next_run=next(iter(next_runs(schedule, now, 1)), None),
                due=occurrence.due_at if late else None,
            )
        except (AuditError, UserError) as error:
            _LOG.exception("edition not posted: schedule=%d day=%s", schedule.id, occurrence.local_date)
            await self._occurrences.settle(occurrence.id, OccurrenceState.FAILED, str(error)[:500])
            return
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 - see below
            # A fault of ours with one schedule's news must not keep all others from theirs. Its claim runs out, and it
            # is tried again until it is too late for it.
            _LOG.exception("edition failed: schedule=%d day=%s", schedule.id, occurrence.local_date)
            return
        queued = [
            Message(_nonce(occurrence, part), payload.to_json()) for part, payload in enumerate(messages, start=1)
        ]
        together = await self._due_together(occurrence.due_at)
        offset = spread(schedule.id, occurrence.local_date, together, self._rules)
        if await self._outbox.queue(occurrence.id, number, queued, not_before=occurrence.due_at + offset):
            await self._events.mark_posted([item.event for item in edition.items if item.event is not None], now)
            _LOG.info(
                "edition composed: schedule=%d day=%s bullets=%d",
                schedule.id,
                occurrence.local_date,
                len(edition.bullets),
            )


def _nonce(occurrence: Occurrence, part: int) -> str:
    """Return the nonce of a message: the same for the same place in the ledger, whoever sends it and how often."""
    place = f"{occurrence.schedule}/{occurrence.local_date.isoformat()}/{part}"
    return sha256(place.encode()).hexdigest()[:NONCE_LIMIT]
