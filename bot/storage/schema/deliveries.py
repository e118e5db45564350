"""Tables of what is posted: editions, the days on which they are due, the messages on their way."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint

from bot.model.delivery import EditState, OccurrenceState, PartState
from bot.storage.schema.base import listed, numbered, one_of, owned, text
from bot.storage.types import SNOWFLAKE, Flag, LocalDate, UtcDateTime

EDITION = numbered(
    "edition",
    Column("guild_id", SNOWFLAKE, ForeignKey("guild.id", ondelete="CASCADE"), index=True),
    Column("channel_id", SNOWFLAKE, index=True),
    Column("schedule_id", SNOWFLAKE, ForeignKey("schedule.id", ondelete="SET NULL"), index=True),
    Column("made_at", UtcDateTime, nullable=False, index=True),
    Column("day", LocalDate, nullable=False),
    Column("window_start", UtcDateTime, nullable=False),
    Column("window_end", UtcDateTime, nullable=False),
    text("title"),
    text("document"),
)
"""``document`` is the edition without its items. ``guild_id`` is None for an edition of nobody (command line)."""

EDITION_ITEM = listed(
    "edition_item",
    owned("edition_id", "edition.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    text("section"),
    Column("event_id", SNOWFLAKE, index=True),
    text("text"),
    text("document"),
)
"""``document`` holds the whole item with its spans and edits. ``event_id`` may have been redirected since."""

EDITION_ARTICLE = listed(
    "edition_article",
    owned("edition_id", "edition.id", primary_key=True),
    owned("article_id", "article.id", primary_key=True, index=True),
    Column("revision", Integer, nullable=False),
)
"""Which version of an article an edition's words were copied from."""

OCCURRENCE = numbered(
    "occurrence",
    owned("schedule_id", "schedule.id"),
    Column("local_date", LocalDate, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    text("state"),
    Column("leased_until", UtcDateTime),
    Column("edition_id", SNOWFLAKE, ForeignKey("edition.id", ondelete="SET NULL"), index=True),
    Column("note", Text),
    UniqueConstraint("schedule_id", "local_date"),
    one_of("state", OccurrenceState),
    Index("ix_occurrence_due", "state", "due_at"),
)
"""One local day of one schedule: the UNIQUE key is what posts a digest at most once."""

OUTBOX_PART = numbered(
    "outbox_part",
    owned("occurrence_id", "occurrence.id"),
    owned("guild_id", "guild.id", index=True),
    Column("channel_id", SNOWFLAKE, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    text("nonce", unique=True),
    text("payload"),
    text("payload_hash"),
    text("state"),
    Column("sending_at", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("tries", Integer, nullable=False),
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("message_id", SNOWFLAKE, index=True),
    Column("error", Text),
    UniqueConstraint("occurrence_id", "number"),
    one_of("state", PartState),
    Index("ix_outbox_part_open", "state", "number", "turn", "id"),
)
"""One message: written before it is sent, settled after. Lower ``turn`` goes first among parts of one ``number``."""

CORRECTION = numbered(
    "correction",
    owned("edition_id", "edition.id"),
    owned("guild_id", "guild.id", index=True),
    text("label"),
    Column("found_at", UtcDateTime, nullable=False),
    Column("withdrawn", Flag, nullable=False),
    text("old_text"),
    text("new_text"),
    UniqueConstraint("edition_id", "label", "new_text"),
)
"""The log of what a source changed under a posted edition; ``new_text`` is empty where it says nothing like it now."""

MESSAGE_EDIT = numbered(
    "message_edit",
    owned("part_id", "outbox_part.id", unique=True),
    owned("guild_id", "guild.id", index=True),
    Column("channel_id", SNOWFLAKE, nullable=False),
    Column("message_id", SNOWFLAKE, nullable=False),
    text("payload"),
    text("state"),
    Column("tries", Integer, nullable=False),
    Column("not_before", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("error", Text),
    one_of("state", EditState),
)
"""What a posted message is to say instead: one row a message, so that a newer edit replaces one that waits."""
