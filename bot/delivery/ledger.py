"""From a schedule's due day to messages in a channel: plan, compose, send; each step is a row before it is an act."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Protocol

from bot.clock import Clock
from bot.delivery.plan import next_due, plan
from bot.delivery.poster import NONCE_LIMIT, Poster, PostponedError
from bot.errors import AuditError, DeliveryError, UserError
from bot.model.delivery import Occurrence, OccurrenceState, OutboxPart, Schedule
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
_FIRST_RETRY: Final = timedelta(seconds=5)
_LONGEST_RETRY: Final = timedelta(hours=1)
# A digest that is posted this long after its time says so.
_LATE_AFTER: Final = timedelta(minutes=15)


class EditionMaker(Protocol):
    """Makes the edition of a schedule."""

    async def edition_for(self, schedule: Schedule, at: datetime) -> Edition:
        """Return the audited edition that *schedule* is due at *at*."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """How late a digest may be, and how long a sender may say nothing."""

    grace: timedelta
    lease: timedelta


class Ledger:
    """Posts every due digest once.

    Any step may be cut off at any point and be done again: a day's row is unique, messages are written together with
    the state "composed", and a message is sent with the nonce of its row, at every try the same.
    """

    def __init__(self, database: Database, maker: EditionMaker, poster: Poster, clock: Clock, rules: Rules) -> None:
        self._schedules = ScheduleStore(database)
        self._occurrences = OccurrenceStore(database)
        self._outbox = OutboxStore(database)
        self._editions = EditionStore(database)
        self._events = EventStore(database)
        self._maker = maker
        self._poster = poster
        self._clock = clock
        self._rules = rules

    async def step(self) -> datetime | None:
        """Plan, compose and send all that is due, and return when to look again (None: when something changes)."""
        schedules = await self._schedules.active()
        await self._plan(schedules)
        await self._compose({schedule.id: schedule for schedule in schedules})
        await self._send()
        waits = [next_due(schedules, self._clock.now()), await self._outbox.next_at(self._clock.now())]
        return min((at for at in waits if at is not None), default=None)

    async def _plan(self, schedules: tuple[Schedule, ...]) -> None:
        for row in plan(schedules, self._clock.now(), self._rules.grace):
            made = await self._occurrences.add(row.schedule, row.local_date, row.due_at, state=row.state, note=row.note)
            if made is not None and row.note:
                _LOG.warning("digest skipped: schedule=%d day=%s why=%s", row.schedule, row.local_date, row.note)

    async def _compose(self, schedules: dict[int, Schedule]) -> None:
        while claimed := await self._occurrences.claim(self._clock.now(), self._rules.lease, _AT_ONCE):
            for occurrence in claimed:
                schedule = schedules.get(occurrence.schedule)
                if schedule is None:
                    await self._occurrences.settle(occurrence.id, OccurrenceState.SKIPPED, "paused before it was due")
                else:
                    await self._compose_one(occurrence, schedule)

    async def _compose_one(self, occurrence: Occurrence, schedule: Schedule) -> None:
        now = self._clock.now()
        late = now - occurrence.due_at > _LATE_AFTER
        try:
            edition = await self._maker.edition_for(schedule, now if late else occurrence.due_at)
            readers = Readers(schedule.guild, schedule.channel, schedule.id)
            number = await self._editions.put(edition, readers=readers, made_at=now)
            stored = await self._editions.get(number)
            messages = digest_message(
                edition if stored is None else stored.edition,
                next_run=next(iter(next_runs(schedule, now, 1)), None),
                due=occurrence.due_at if late else None,
            )
        except (AuditError, UserError) as error:
            _LOG.exception("edition not posted: schedule=%d day=%s", schedule.id, occurrence.local_date)
            await self._occurrences.settle(occurrence.id, OccurrenceState.FAILED, str(error)[:500])
            return
        queued = [
            Message(_nonce(occurrence, part), payload.to_json()) for part, payload in enumerate(messages, start=1)
        ]
        if await self._outbox.queue(occurrence.id, number, queued):
            await self._events.mark_posted([item.event for item in edition.items if item.event is not None], now)
            _LOG.info(
                "edition composed: schedule=%d day=%s bullets=%d",
                schedule.id,
                occurrence.local_date,
                len(edition.bullets),
            )

    async def _send(self) -> None:
        while claimed := await self._outbox.claim(self._clock.now(), self._rules.lease, _AT_ONCE):
            for part in claimed:
                await self._send_one(part)

    async def _send_one(self, part: OutboxPart) -> None:
        if not await self._outbox.mark_sending(part, self._clock.now()):
            return
        try:
            message = await self._poster.post(part.channel, part.payload, part.nonce)
        except PostponedError as error:
            again = self._clock.now() + _pause(part.tries, error.seconds)
            await self._outbox.retry(part, again, str(error), arrived=None)
            _LOG.warning("message postponed: channel=%d part=%d why=%s", part.channel, part.number, error)
        except DeliveryError as error:
            await self._outbox.mark_failed(part, str(error))
            await self._occurrences.settle(part.occurrence, OccurrenceState.FAILED, str(error))
            _LOG.error("message refused: channel=%d part=%d why=%s", part.channel, part.number, error)
        else:
            await self._outbox.mark_sent(part, message, self._clock.now())
            _LOG.info("message sent: channel=%d part=%d message=%d", part.channel, part.number, message)


def _nonce(occurrence: Occurrence, part: int) -> str:
    """Return the nonce of a message: the same for the same place in the ledger, whoever sends it and how often."""
    place = f"{occurrence.schedule}/{occurrence.local_date.isoformat()}/{part}"
    return sha256(place.encode()).hexdigest()[:NONCE_LIMIT]


def _pause(tries: int, asked_seconds: float | None) -> timedelta:
    backoff = min(_FIRST_RETRY * 2.0 ** min(tries, 10), _LONGEST_RETRY)
    return max(backoff, timedelta(seconds=asked_seconds or 0.0))
