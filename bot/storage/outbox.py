"""Messages on their way into channels: written before they are sent, settled after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import OccurrenceId, OccurrenceState, OutboxId, OutboxPart, PartState
from bot.model.editions import EditionId
from bot.storage.database import Database
from bot.storage.schema import OCCURRENCE, OUTBOX_PART, SCHEDULE


@dataclass(frozen=True, slots=True)
class Message:
    """A message to queue: ``nonce`` is the same at every try (at most 25 characters), ``payload`` JSON text."""

    nonce: str
    payload: str


class OutboxStore:
    """Parts move pending → sending → sent. A dead sender's part comes back after its lease, in the state it left it.

    A part that comes back as *sending* may have arrived: look into the channel before sending it again.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def queue(self, occurrence: OccurrenceId, edition: EditionId, messages: Sequence[Message]) -> bool:
        """Queue the messages of an occurrence, in order, and mark it as composed: both, or neither.

        False, and nothing is queued, where it is not due any more: somebody else composed, skipped or removed it.
        """
        due = (OCCURRENCE.c.id == occurrence) & (OCCURRENCE.c.state == OccurrenceState.DUE.value)
        composed = update(OCCURRENCE).where(due).values(state=OccurrenceState.COMPOSED.value, edition_id=edition)
        async with self._db.transaction() as connection:
            if (await connection.execute(composed.values(leased_until=None))).rowcount == 0:
                return False
            where = select(SCHEDULE.c.guild_id, SCHEDULE.c.channel_id).join(OCCURRENCE)
            target = (await connection.execute(where.where(OCCURRENCE.c.id == occurrence))).one()
            rows = [
                {
                    "occurrence_id": occurrence,
                    "guild_id": target.guild_id,
                    "channel_id": target.channel_id,
                    "number": number,
                    "nonce": message.nonce,
                    "payload": message.payload,
                    "payload_hash": sha256(message.payload.encode()).hexdigest(),
                    "state": PartState.PENDING.value,
                    "tries": 0,
                }
                for number, message in enumerate(messages, start=1)
            ]
            if rows:
                await connection.execute(insert(OUTBOX_PART), rows)
        return True

    async def claim(self, now: datetime, lease: timedelta, limit: int = 1) -> tuple[OutboxPart, ...]:
        """Return at most *limit* parts for this process alone to send, until *lease* has passed.

        Parts whose sender died come first. Then first messages of all channels come before second ones; a part
        waits until all parts of its edition before it are sent.
        """
        async with self._db.transaction() as connection:
            rows = await _claim(connection, PartState.SENDING, now, lease, limit)
            if len(rows) < limit:
                rows += await _claim(connection, PartState.PENDING, now, lease, limit - len(rows))
        return tuple(map(_part, rows))

    async def mark_sending(self, part: OutboxPart, now: datetime) -> bool:
        """Record that *part* is about to be sent; False where this process lost its claim and must not send it."""
        return await self._change(_claimed(part), state=PartState.SENDING.value, sending_at=now)

    async def mark_sent(self, part: OutboxPart, message: int, now: datetime) -> bool:
        """Record that *part* is now Discord message *message*; the last one ends its occurrence as done.

        True where this is news; a part that is sent stays as it is.
        """
        sent = {
            "state": PartState.SENT.value,
            "message_id": message,
            "sent_at": now,
            "leased_until": None,
            "error": None,
        }
        unsent = exists().where(
            OUTBOX_PART.c.occurrence_id == part.occurrence, OUTBOX_PART.c.state != PartState.SENT.value
        )
        done = update(OCCURRENCE).where(
            OCCURRENCE.c.id == part.occurrence, OCCURRENCE.c.state == OccurrenceState.COMPOSED.value, ~unsent
        )
        async with self._db.transaction() as connection:
            changed = update(OUTBOX_PART).where(_is(part.id), OUTBOX_PART.c.state != PartState.SENT.value)
            news = (await connection.execute(changed.values(sent))).rowcount == 1
            await connection.execute(done.values(state=OccurrenceState.DONE.value))
        return news

    async def mark_failed(self, part: OutboxPart, error: str) -> bool:
        """Record that *part* cannot be sent; it, and what follows it in its edition, wait for a person.

        False where this process lost its claim.
        """
        return await self._change(_claimed(part), state=PartState.FAILED.value, leased_until=None, error=error)

    async def retry(
        self, part: OutboxPart, not_before: datetime, error: str, *, arrived: Literal[False] | None = False
    ) -> bool:
        """Let *part* be claimed again from *not_before* on.

        *arrived* None: nobody knows whether it arrived, so it stays *sending*, and whoever claims it must look. False
        where this process lost its claim.
        """
        state = PartState.SENDING if arrived is None else PartState.PENDING
        return await self._change(
            _claimed(part), state=state.value, not_before=not_before, leased_until=None, error=error
        )

    async def requeue(self, part: OutboxId, now: datetime, payload: str | None = None) -> bool:
        """Let a failed part be sent after all, with another *payload* where one is given."""
        changed: dict[str, object] = {"state": PartState.PENDING.value, "not_before": now, "error": None}
        if payload is not None:
            changed |= {"payload": payload, "payload_hash": sha256(payload.encode()).hexdigest()}
        return await self._change(_is(part) & (OUTBOX_PART.c.state == PartState.FAILED.value), **changed)

    async def next_at(self, now: datetime) -> datetime | None:
        """Return when the next waiting part may be claimed: *now* if one may be already, None if none waits."""
        query: Select[Any] = select(OUTBOX_PART.c.not_before, OUTBOX_PART.c.leased_until).where(_OPEN)
        async with self._db.read() as connection:
            waits = [
                max((instant for instant in row if instant is not None), default=now)
                for row in await connection.execute(query)
            ]
        return max(min(waits), now) if waits else None

    async def parts_of(self, edition: EditionId) -> tuple[OutboxPart, ...]:
        """Return all parts of *edition*, in order, whatever their state."""
        query: Select[Any] = select(OUTBOX_PART).join(OCCURRENCE).where(OCCURRENCE.c.edition_id == edition)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(OUTBOX_PART.c.occurrence_id, OUTBOX_PART.c.number))
            return tuple(map(_part, rows))

    async def _change(self, which: ColumnElement[bool], **changed: object) -> bool:
        async with self._db.transaction() as connection:
            return (await connection.execute(update(OUTBOX_PART).where(which).values(changed))).rowcount == 1


_OPEN: ColumnElement[bool] = OUTBOX_PART.c.state.in_([PartState.PENDING.value, PartState.SENDING.value])


async def _claim(
    connection: AsyncConnection, state: PartState, now: datetime, lease: timedelta, limit: int
) -> list[Row[Any]]:
    earlier = OUTBOX_PART.alias()
    waits = exists().where(
        earlier.c.occurrence_id == OUTBOX_PART.c.occurrence_id,
        earlier.c.number < OUTBOX_PART.c.number,
        earlier.c.state != PartState.SENT.value,
    )
    ready = and_(
        OUTBOX_PART.c.state == state.value,
        or_(OUTBOX_PART.c.leased_until.is_(None), OUTBOX_PART.c.leased_until <= now),
        or_(OUTBOX_PART.c.not_before.is_(None), OUTBOX_PART.c.not_before <= now),
        ~waits,
    )
    picked = (
        select(OUTBOX_PART.c.id)
        .where(ready)
        .order_by(OUTBOX_PART.c.number, OUTBOX_PART.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OUTBOX_PART)
        .cte()
    )
    taken = (
        update(OUTBOX_PART)
        .where(OUTBOX_PART.c.id.in_(select(picked.c.id)))
        .values(leased_until=now + lease, tries=OUTBOX_PART.c.tries + 1)
        .returning(OUTBOX_PART)
    )
    rows = (await connection.execute(taken)).all()
    return sorted(rows, key=lambda row: (row.number, row.id))


def _claimed(part: OutboxPart) -> ColumnElement[bool]:
    """Return the condition that nobody else has claimed *part* since this process did."""
    return _is(part.id) & (OUTBOX_PART.c.tries == part.tries) & _OPEN


def _is(part: OutboxId) -> ColumnElement[bool]:
    return OUTBOX_PART.c.id == part


def _part(row: Row[Any]) -> OutboxPart:
    return OutboxPart(
        id=OutboxId(row.id),
        occurrence=OccurrenceId(row.occurrence_id),
        channel=row.channel_id,
        guild=row.guild_id,
        number=row.number,
        nonce=row.nonce,
        payload=row.payload,
        payload_hash=row.payload_hash,
        state=PartState(row.state),
        sending_at=row.sending_at,
        tries=row.tries,
        not_before=row.not_before,
        message=row.message_id,
        error=row.error,
    )
