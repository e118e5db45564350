"""Keep what was put right in posted editions, and the edits of messages on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, insert, select, update

from bot.model.delivery import EditState, OutboxId, OutboxPart
from bot.model.editions import EditionId
from bot.storage.database import Database
from bot.storage.schema import CORRECTION, MESSAGE_EDIT
from bot.storage.statements import upsert


@dataclass(frozen=True, slots=True)
class LoggedCorrection:
    """One line of the log: ``new_text`` is empty where the source was withdrawn or says nothing like it now."""

    edition: EditionId
    guild: int
    label: str
    found_at: datetime
    withdrawn: bool
    old_text: str
    new_text: str


@dataclass(frozen=True, slots=True)
class MessageEdit:
    """A message that is to say *payload* instead; ``tries`` counts from 0."""

    part: OutboxId
    channel: int
    message: int
    payload: str
    state: EditState
    tries: int


class CorrectionStore:
    """The log of corrections, and one row for each message that must be edited.

    A row holds what the message is to say in the end, so that it does not matter how often a dead process sent it, and
    a newer correction takes its place.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    async def log(self, rows: Sequence[LoggedCorrection]) -> None:
        """Keep *rows*; one that is kept already keeps its time."""
        if not rows:
            return
        async with self._db.transaction() as connection:
            for row in rows:
                values = {
                    "edition_id": row.edition, "guild_id": row.guild, "label": row.label, "found_at": row.found_at,
                    "withdrawn": row.withdrawn, "old_text": row.old_text, "new_text": row.new_text,
                }  # fmt: skip
                await connection.execute(upsert(connection, CORRECTION).values(values).on_conflict_do_nothing())

    async def logged(self, edition: EditionId) -> tuple[LoggedCorrection, ...]:
        """Return what was put right in *edition*, the first found first."""
        query: Select[Any] = select(CORRECTION).where(CORRECTION.c.edition_id == edition)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(CORRECTION.c.found_at, CORRECTION.c.id))
            return tuple(_logged(row) for row in rows)

    async def want(self, part: OutboxPart, payload: str) -> bool:
        """Let the message of *part*, which was sent, say *payload*; False where it does or is going to."""
        async with self._db.transaction() as connection:
            known = await connection.scalar(select(MESSAGE_EDIT.c.payload).where(_is(part.id)))
            if (part.payload if known is None else known) == payload:
                return False
            changed: dict[str, object] = {
                "payload": payload, "state": EditState.PENDING.value, "tries": 0, "not_before": None, "error": None,
            }  # fmt: skip
            if known is not None:
                await connection.execute(update(MESSAGE_EDIT).where(_is(part.id)).values(changed))
                return True
            place = {
                "part_id": part.id, "guild_id": part.guild, "channel_id": part.channel, "message_id": part.message,
            }  # fmt: skip
            await connection.execute(insert(MESSAGE_EDIT).values(changed | place))
        return True

    async def waiting(self, now: datetime, limit: int) -> tuple[MessageEdit, ...]:
        """Return at most *limit* edits that may be sent at *now*, in order of their messages."""
        ready = MESSAGE_EDIT.c.not_before.is_(None) | (MESSAGE_EDIT.c.not_before <= now)
        query: Select[Any] = select(MESSAGE_EDIT).where(MESSAGE_EDIT.c.state == EditState.PENDING.value, ready)
        async with self._db.read() as connection:
            rows = await connection.execute(query.order_by(MESSAGE_EDIT.c.part_id).limit(limit))
            return tuple(_edit(row) for row in rows)

    async def settle(self, edit: MessageEdit, state: EditState, now: datetime, error: str | None = None) -> bool:
        """Record how *edit* went; False where a newer one took its place meanwhile and still waits."""
        sent = now if state is EditState.SENT else None
        return await self._change(edit, state=state.value, sent_at=sent, error=error)

    async def retry(self, edit: MessageEdit, not_before: datetime, error: str) -> bool:
        """Let *edit* be sent again from *not_before* on."""
        return await self._change(edit, not_before=not_before, tries=edit.tries + 1, error=error)

    async def _change(self, edit: MessageEdit, **changed: object) -> bool:
        same = _is(edit.part) & (MESSAGE_EDIT.c.payload == edit.payload)
        async with self._db.transaction() as connection:
            return (await connection.execute(update(MESSAGE_EDIT).where(same).values(changed))).rowcount == 1


def _is(part: OutboxId) -> ColumnElement[bool]:
    return MESSAGE_EDIT.c.part_id == part


def _logged(row: Row[Any]) -> LoggedCorrection:
    return LoggedCorrection(
        EditionId(row.edition_id), row.guild_id, row.label, row.found_at, row.withdrawn, row.old_text, row.new_text
    )


def _edit(row: Row[Any]) -> MessageEdit:
    return MessageEdit(
        OutboxId(row.part_id), row.channel_id, row.message_id, row.payload, EditState(row.state), row.tries
    )
