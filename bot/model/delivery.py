"""Guilds, schedules and what waits to be posted."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType

from bot.model.editions import EditionId, Length

ScheduleId = NewType("ScheduleId", int)
OccurrenceId = NewType("OccurrenceId", int)
OutboxId = NewType("OutboxId", int)

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel gets its digest: *at* by the wall clock of *zone* on *days* (0 is Monday)."""

    id: ScheduleId
    guild: int
    channel: int
    at: time
    zone: str
    days: frozenset[int] = EVERY_DAY
    length: Length = Length.STANDARD
    topic: str | None = None
    paused: bool = False
    created_by: int | None = None
    created_at: datetime | None = None
    suspended: str | None = None


class OccurrenceState(StrEnum):
    """Where an occurrence stands."""

    DUE = "due"
    COMPOSED = "composed"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One local day of one schedule: unique on (schedule, local_date), so it can be posted once only."""

    id: OccurrenceId
    schedule: ScheduleId
    local_date: date
    due_at: datetime
    state: OccurrenceState = OccurrenceState.DUE
    edition: EditionId | None = None
    note: str | None = None


class PartState(StrEnum):
    """PENDING → SENDING → SENT; FAILED needs a person."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class EditState(StrEnum):
    """Of an edit of a posted message: PENDING → SENT; FAILED where Discord refuses it for good."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutboxPart:
    """One message of an edition on its way into a channel.

    ``nonce`` is the same at every try, so Discord refuses the copy. ``payload`` is the message as JSON text, whose
    SHA-256 is ``payload_hash``. ``sending_at`` is when the running try began.
    """

    id: OutboxId
    occurrence: OccurrenceId
    channel: int
    guild: int
    number: int
    nonce: str
    payload: str
    payload_hash: str
    state: PartState = PartState.PENDING
    sending_at: datetime | None = None
    tries: int = 0
    not_before: datetime | None = None
    message: int | None = None
    error: str | None = None
