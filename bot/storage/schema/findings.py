"""Tables of what analysis found: actors, and who is named, quoted and acting where."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from bot.storage.schema.base import listed, numbered, owned, table, text
from bot.storage.types import FOLDED, Flag, Json, LocalDate, UtcDateTime

ACTOR = table(
    "actor",
    Column("id", Text, primary_key=True),
    text("name"),
    text("type"),
    Column("acts_for", Text),
    Column("country", Text),
    Column("known", Flag, nullable=False),
    Column("merged_into", Text, ForeignKey("actor.id"), index=True),
    Column("articles", Integer, nullable=False, server_default="0"),
)
"""``merged_into`` names the actor that this one turned out to be; findings keep the id they were made with.
``articles`` counts the articles that name this very id."""

ACTOR_ALIAS = table(
    "actor_alias",
    Column("actor_id", Text, ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True),
    Column("folded", FOLDED, primary_key=True),
    text("alias"),
    Index("ix_actor_alias_folded", "folded"),
)

ACTOR_LOG = numbered(
    "actor_log",
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    text("action"),
    text("actor_id"),
    text("detail"),
    Column("undone_at", UtcDateTime),
)
"""What people changed about actors, so that it can be undone."""

ANALYSIS = table(
    "analysis",
    owned("article_id", "article.id", primary_key=True),
    Column("revision", Integer, nullable=False),
    text("version", index=True),
    text("document"),
)
"""Everything read out of an article, to be read back whole; the tables below are for asking."""

MENTION = listed(
    "mention",
    owned("article_id", "article.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("actor_id", Text, ForeignKey("actor.id"), nullable=False),
    Column("in_title", Flag, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("ix_mention_actor", "actor_id", "article_id"),
)
"""Names that are known to name an actor; other names only stand in ``analysis.document``."""

ACTOR_ROLE = listed(
    "actor_role",
    owned("article_id", "article.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("actor_id", Text, ForeignKey("actor.id"), nullable=False, index=True),
    text("role"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

QUOTE = listed(
    "quote",
    owned("article_id", "article.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    text("kind"),
    Column("content", Json, nullable=False),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("sources", Json, nullable=False),
    Column("speaker_name", Text),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    text("words"),
)

QUOTE_ACTOR = listed(
    "quote_actor",
    Column("actor_id", Text, ForeignKey("actor.id"), primary_key=True),
    Column("part", Text, primary_key=True),
    owned("article_id", "article.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    CheckConstraint("part IN ('speaker', 'about')", name="part"),
    Index("ix_quote_actor_quote", "article_id", "number"),
)

ACTION = listed(
    "action",
    owned("article_id", "article.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("source_id", Text, ForeignKey("actor.id"), nullable=False, index=True),
    Column("target_id", Text, ForeignKey("actor.id"), nullable=False, index=True),
    text("class"),
    text("plover"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    text("source_name"),
    text("target_name"),
)

DATE_MENTION = listed(
    "date_mention",
    owned("article_id", "article.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    text("value"),
    Column("first_day", LocalDate, nullable=False, index=True),
    Column("last_day", LocalDate, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
"""Days and periods that articles name; durations only stand in ``analysis.document``."""
