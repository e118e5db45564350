"""Which messages of the outbox may be sent now, and in which order."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import OccurrenceId, OutboxId, OutboxPart, PartState
from bot.storage.schema import GUILD, OUTBOX_PART
from bot.storage.types import UtcDateTime

LONGEST_WAIT: Final = timedelta(hours=1)
"""No message waits longer for its next try. One that seems to was put off before the clock was set back."""

OPEN: Final[ColumnElement[bool]] = OUTBOX_PART.c.state.in_([PartState.PENDING.value, PartState.SENDING.value])
_TURNS: Final = 1 << 16


def is_over(until: ColumnElement[Any], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Return the condition that a wait *until* an instant is over.

    An instant further ahead than any wait lasts was written before the clock was set back: that wait is over too.
    """
    return or_(until.is_(None), until <= now, until > now + longest)


def wait_of(until: ColumnElement[Any], now: datetime, longest: timedelta) -> ColumnElement[datetime]:
    """Return when a wait *until* an instant is over: *now* where it is already, as :func:`is_over` has it."""
    present = literal(now, UtcDateTime())
    return case((is_over(until, now, longest), present), else_=type_coerce(until, UtcDateTime()))


def first_in_line() -> ColumnElement[bool]:
    """Return the condition that nothing comes before a part: all of its edition's before it are sent.

    In its channel no part of an earlier edition waits either, so that editions never mix. A server that we left has no
    line at all.
    """
    earlier = OUTBOX_PART.alias()
    of_its_edition = (
        (earlier.c.occurrence_id == OUTBOX_PART.c.occurrence_id)
        & (earlier.c.number < OUTBOX_PART.c.number)
        & (earlier.c.state != PartState.SENT.value)
    )
    of_another = (
        (earlier.c.channel_id == OUTBOX_PART.c.channel_id)
        & (earlier.c.occurrence_id < OUTBOX_PART.c.occurrence_id)
        & earlier.c.state.in_([PartState.PENDING.value, PartState.SENDING.value])
    )
    left = (GUILD.c.id == OUTBOX_PART.c.guild_id) & GUILD.c.left_at.is_not(None)
    return ~exists().where(of_its_edition) & ~exists().where(of_another) & ~exists().where(left)


async def claim_parts(
    connection: AsyncConnection,
    state: PartState,
    now: datetime,
    lease: timedelta,
    limit: int,
    *,
    firsts_only: bool = False,
) -> list[Row[Any]]:
    """Take the next parts that stand in *state*, in the order in which they are to be sent."""
    ready = and_(
        OUTBOX_PART.c.state == state.value,
        is_over(OUTBOX_PART.c.leased_until, now, lease),
        is_over(OUTBOX_PART.c.not_before, now, LONGEST_WAIT),
        first_in_line(),
        OUTBOX_PART.c.number == 1 if firsts_only else true(),
    )
    picked = (
        select(OUTBOX_PART.c.id)
        .where(ready)
        .order_by(OUTBOX_PART.c.number, OUTBOX_PART.c.turn, OUTBOX_PART.c.id)
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
    return sorted(rows, key=lambda row: (row.number, row.turn, row.id))


async def turns_of(connection: AsyncConnection, guild: int, occurrence: OccurrenceId, count: int) -> list[int]:
    """Return the turns of *count* new parts of a server.

    A server whose parts wait already goes behind those of which fewer wait; equals are mixed by hash, so that no
    server is always the first.
    """
    waiting: Select[Any] = (
        select(OUTBOX_PART.c.number, func.count())
        .where(OUTBOX_PART.c.guild_id == guild, OPEN)
        .group_by(OUTBOX_PART.c.number)
    )
    ahead = {row[0]: row[1] for row in await connection.execute(waiting)}
    chance = int.from_bytes(sha256(f"{guild}/{occurrence}".encode()).digest()[:2], "big")
    return [min(ahead.get(number, 0), _TURNS // 4) * _TURNS + chance for number in range(1, count + 1)]


def claimed(part: OutboxPart) -> ColumnElement[bool]:
    """Return the condition that nobody else has claimed *part* since this process did."""
    return is_part(part.id) & (OUTBOX_PART.c.tries == part.tries) & OPEN


def is_part(part: OutboxId) -> ColumnElement[bool]:
    """Return the condition that a row is *part*."""
    return OUTBOX_PART.c.id == part


def part_of(row: Row[Any]) -> OutboxPart:
    """Return the part that a row holds."""
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
