"""Messages on their way into channels: written before they are sent, settled after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, Select, case, delete, exists, func, insert, literal, or_, select, update

from bot.model.delivery import OccurrenceId, OccurrenceState, OutboxId, OutboxPart, PartState
from bot.model.editions import EditionId
from bot.storage.database import Database
from bot.storage.outbox_rows import (
    LONGEST_WAIT,
    OPEN,
    claim_parts,
    claimed,
    first_in_line,
    is_part,
    part_of,
    turns_of,
    wait_of,
)
from bot.storage.schema import CHANNEL, OCCURRENCE, OUTBOX_PART, SCHEDULE
from bot.storage.types import UtcDateTime


@dataclass(frozen=True, slots=True)
class Message:
    """A message to queue: ``nonce`` is the same at every try (at most 25 characters), ``payload`` JSON text."""

    nonce: str
    payload: str


_PENDING: Final = PartState.PENDING.value
_IS_COMPOSED: Final = OCCURRENCE.c.state == OccurrenceState.COMPOSED.value


class OutboxStore:
    """Parts move pending → sending → sent. A dead sender's part comes back after its lease, in the state it left it.

    A part that comes back as *sending* may have arrived: look into the channel before sending it again.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def queue(
        self,
        occurrence: OccurrenceId,
        edition: EditionId,
        messages: Sequence[Message],
        *,
        not_before: datetime | None = None,
    ) -> bool:
        """Queue the messages of an occurrence, in order, and mark it as composed: both, or neither.

        Nothing of it is sent before *not_before*. False, and nothing is queued, where it is not due any more: somebody
        else composed, skipped or removed it.
        """
        due = (OCCURRENCE.c.id == occurrence) & (OCCURRENCE.c.state == OccurrenceState.DUE.value)
        composed = update(OCCURRENCE).where(due).values(state=OccurrenceState.COMPOSED.value, edition_id=edition)
        async with self._db.transaction() as connection:
            if (await connection.execute(composed.values(leased_until=None))).rowcount == 0:
                return False
            where = select(SCHEDULE.c.guild_id, SCHEDULE.c.channel_id).join(OCCURRENCE)
            target = (await connection.execute(where.where(OCCURRENCE.c.id == occurrence))).one()
            turns = await turns_of(connection, target.guild_id, occurrence, len(messages))
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
                    "turn": turn,
                    "not_before": not_before,
                }
                for number, (message, turn) in enumerate(zip(messages, turns, strict=True), start=1)
            ]
            if rows:
                await connection.execute(insert(OUTBOX_PART), rows)
        return True

    async def claim(
        self, now: datetime, lease: timedelta, limit: int = 1, *, firsts_only: bool = False
    ) -> tuple[OutboxPart, ...]:
        """Return at most *limit* parts for this process alone to send, until *lease* has passed.

        Parts whose sender died come first. Then first messages of all channels come before second ones, servers in
        turn; *firsts_only* holds all others back. A part waits until all parts of its edition before it, and of earlier
        editions in its channel, are sent.
        """
        async with self._db.transaction() as connection:
            rows = await claim_parts(connection, PartState.SENDING, now, lease, limit)
            if (left := limit - len(rows)) > 0:
                pending = PartState.PENDING
                rows += await claim_parts(connection, pending, now, lease, left, firsts_only=firsts_only)
        return tuple(map(part_of, rows))

    async def mark_sending(self, parts: Sequence[OutboxPart], now: datetime) -> frozenset[OutboxId]:
        """Record that *parts* are about to be sent; return which: those of lost claims must not be sent."""
        if not parts:
            return frozenset()
        # The first of several tries counts: whoever looks whether one arrived must look back that far.
        is_first = case(
            (OUTBOX_PART.c.state == PartState.SENDING.value, OUTBOX_PART.c.sending_at),
            else_=literal(now, UtcDateTime()),
        )
        mine = or_(*(claimed(part) for part in parts))
        changed = update(OUTBOX_PART).where(mine).values(state=PartState.SENDING.value, sending_at=is_first)
        async with self._db.transaction() as connection:
            return frozenset((await connection.scalars(changed.returning(OUTBOX_PART.c.id))).all())

    async def mark_sent(self, part: OutboxPart, message: int, now: datetime) -> bool:
        """Record that *part* is now Discord message *message*; the last one ends its occurrence as done.

        Whatever was wrong with its channel is over.

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
        done = update(OCCURRENCE).where(OCCURRENCE.c.id == part.occurrence, _IS_COMPOSED, ~unsent)
        async with self._db.transaction() as connection:
            changed = update(OUTBOX_PART).where(is_part(part.id), OUTBOX_PART.c.state != PartState.SENT.value)
            news = (await connection.execute(changed.values(sent))).rowcount == 1
            await connection.execute(done.values(state=OccurrenceState.DONE.value))
            await connection.execute(delete(CHANNEL).where(CHANNEL.c.id == part.channel))
        return news

    async def mark_failed(self, part: OutboxPart, error: str) -> bool:
        """Record that *part* cannot be sent, nor what follows it: its occurrence ends as failed.

        False where this process lost its claim.
        """
        following = (OUTBOX_PART.c.occurrence_id == part.occurrence) & (OUTBOX_PART.c.number > part.number) & OPEN
        failed = {"state": PartState.FAILED.value, "leased_until": None, "error": error}
        over = update(OCCURRENCE).where(OCCURRENCE.c.id == part.occurrence, _IS_COMPOSED)
        async with self._db.transaction() as connection:
            if (await connection.execute(update(OUTBOX_PART).where(claimed(part)).values(failed))).rowcount == 0:
                return False
            await connection.execute(update(OUTBOX_PART).where(following).values(failed))
            await connection.execute(over.values(state=OccurrenceState.FAILED.value, note=error))
        return True

    async def retry(
        self, part: OutboxPart, not_before: datetime, error: str, *, arrived: Literal[False] | None = False
    ) -> bool:
        """Let *part* be claimed again from *not_before* on.

        *arrived* None: nobody knows whether it arrived, so it stays *sending*, and whoever claims it must look. False
        where this process lost its claim.
        """
        state = PartState.SENDING if arrived is None else PartState.PENDING
        return await self._change(
            claimed(part), state=state.value, not_before=not_before, leased_until=None, error=error
        )

    async def replace(self, part: OutboxPart, payload: str, now: datetime, error: str) -> bool:
        """Let *part*, which Discord refused as it was, be sent with another *payload*; False: the claim was lost."""
        return await self._change(
            claimed(part), state=PartState.PENDING.value, payload=payload,
            payload_hash=sha256(payload.encode()).hexdigest(), not_before=now, leased_until=None, error=error,
        )  # fmt: skip

    async def revive(self, channel: int, since: datetime, now: datetime) -> int:
        """Let what failed in *channel* be sent after all, where it was due at *since* or later; return how many parts.

        The messages of such an edition that are sent stay sent; one that was ever tried comes back as *sending*, since
        an earlier try may have arrived before the channel refused.
        """
        missed = select(OCCURRENCE.c.id).where(
            OCCURRENCE.c.state == OccurrenceState.FAILED.value,
            OCCURRENCE.c.due_at >= since,
            OCCURRENCE.c.edition_id.is_not(None),
        )
        failed = (
            (OUTBOX_PART.c.channel_id == channel)
            & (OUTBOX_PART.c.state == PartState.FAILED.value)
            & OUTBOX_PART.c.occurrence_id.in_(missed)
        )
        state = case((OUTBOX_PART.c.sending_at.is_not(None), PartState.SENDING.value), else_=_PENDING)
        again = update(OUTBOX_PART).where(failed).values(state=state, not_before=now, error=None)
        async with self._db.transaction() as connection:
            days = set((await connection.scalars(again.returning(OUTBOX_PART.c.occurrence_id))).all())
            back = update(OCCURRENCE).where(OCCURRENCE.c.id.in_(days))
            await connection.execute(back.values(state=OccurrenceState.COMPOSED.value, note=None))
            open_parts = select(OUTBOX_PART.c.id).where(OUTBOX_PART.c.occurrence_id.in_(days), OPEN)
            return len((await connection.execute(open_parts)).all())

    async def expire(self, before: datetime) -> tuple[OccurrenceId, ...]:
        """Skip editions that were due earlier than *before* and of which no message was even tried; return which."""
        tried = exists().where(OUTBOX_PART.c.occurrence_id == OCCURRENCE.c.id, OUTBOX_PART.c.state != _PENDING)
        over = update(OCCURRENCE).where(_IS_COMPOSED, OCCURRENCE.c.due_at < before, ~tried)
        note = "could not be sent in time"
        async with self._db.transaction() as connection:
            skipped = over.values(state=OccurrenceState.SKIPPED.value, note=note).returning(OCCURRENCE.c.id)
            days = [OccurrenceId(day) for day in (await connection.scalars(skipped)).all()]
            parts = update(OUTBOX_PART).where(OUTBOX_PART.c.occurrence_id.in_(days), OPEN)
            if days:
                await connection.execute(parts.values(state=PartState.FAILED.value, error=note, leased_until=None))
        return tuple(days)

    async def hasten(self, now: datetime, limit: int | None = None) -> int:
        """Let parts that wait after a failure be tried now, at most *limit*, the longest waiting first."""
        waiting = (
            select(OUTBOX_PART.c.id)
            .where(OPEN, OUTBOX_PART.c.error.is_not(None), OUTBOX_PART.c.not_before > now, first_in_line())
            .order_by(OUTBOX_PART.c.not_before, OUTBOX_PART.c.id)
        )
        chosen = waiting if limit is None else waiting.limit(limit)
        sooner = update(OUTBOX_PART).where(OUTBOX_PART.c.id.in_(chosen.scalar_subquery()))
        async with self._db.transaction() as connection:
            return (await connection.execute(sooner.values(not_before=now))).rowcount

    async def reclaim(self) -> int:
        """End every lease: nobody else sends, so whoever held them is dead. Return how many there were."""
        held = update(OUTBOX_PART).where(OPEN, OUTBOX_PART.c.leased_until.is_not(None))
        async with self._db.transaction() as connection:
            return (await connection.execute(held.values(leased_until=None))).rowcount

    async def count_open(self) -> int:
        """Return how many parts wait or are on their way."""
        async with self._db.read() as connection:
            return int(await connection.scalar(select(func.count()).select_from(OUTBOX_PART).where(OPEN)) or 0)

    async def next_at(self, now: datetime, lease: timedelta = LONGEST_WAIT) -> datetime | None:
        """Return when the next waiting part may be claimed: *now* if one may be already, None if none waits."""
        leased, put_off = (
            wait_of(column, now, longest)
            for column, longest in ((OUTBOX_PART.c.leased_until, lease), (OUTBOX_PART.c.not_before, LONGEST_WAIT))
        )
        later = case((leased > put_off, leased), else_=put_off)
        async with self._db.read() as connection:
            at: datetime | None = await connection.scalar(select(func.min(later)).where(OPEN, first_in_line()))
        return None if at is None else max(at, now)

    async def parts_of(self, edition: EditionId) -> tuple[OutboxPart, ...]:
        """Return all parts of *edition*, in order, whatever their state."""
        query: Select[Any] = select(OUTBOX_PART).join(OCCURRENCE).where(OCCURRENCE.c.edition_id == edition)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(OUTBOX_PART.c.occurrence_id, OUTBOX_PART.c.number))
            return tuple(map(part_of, rows))

    async def _change(self, which: ColumnElement[bool], **changed: object) -> bool:
        async with self._db.transaction() as connection:
            return (await connection.execute(update(OUTBOX_PART).where(which).values(changed))).rowcount == 1
