"""Tables of what happened: events, the reports that tell them, storylines."""

from typing import Final

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Integer, Text, literal_column

from bot.storage.schema.base import listed, numbered, owned, table, text
from bot.storage.types import REAL_NUMBER, SNOWFLAKE, Json, LocalDate, UtcDateTime

_OPEN: Final[ColumnElement[bool]] = literal_column("state IS NOT NULL")

STORYLINE = numbered(
    "storyline",
    text("title"),
    Column("first_day", LocalDate, nullable=False),
    Column("last_day", LocalDate, nullable=False, index=True),
    Column("state", Json, nullable=False),
)

EVENT = table(
    "event",
    Column("id", SNOWFLAKE, primary_key=True, autoincrement=False),
    text("title"),
    Column("start_at", UtcDateTime, nullable=False),
    Column("end_at", UtcDateTime, nullable=False, index=True),
    Column("importance", REAL_NUMBER, nullable=False),
    Column("outlets", Json, nullable=False),
    Column("outlet_count", Integer, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("storyline_id", SNOWFLAKE, ForeignKey("storyline.id"), index=True),
    Column("posted_at", UtcDateTime, index=True),
    Column("topics", Json, nullable=False, server_default="[]"),
    Column("place", Text),
)
"""``posted_at``: when an edition first told it; from then on it is never merged away."""

EVENT_ARTICLE = listed(
    "event_article",
    owned("article_id", "article.id", primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("event_id", SNOWFLAKE, ForeignKey("event.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("state", Json),
    Index("ix_event_article_open", "article_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
)
"""The primary key is what puts a report into one event and no more. ``state`` is the clusterer's, for a restart,
and there only while its event is open."""

EVENT_ACTOR = listed(
    "event_actor",
    owned("event_id", "event.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("actor_id", Text, ForeignKey("actor.id"), nullable=False),
    Index("ix_event_actor_actor", "actor_id", "event_id"),
)

EVENT_REDIRECT = table(
    "event_redirect",
    Column("old_id", SNOWFLAKE, primary_key=True, autoincrement=False),
    Column("event_id", SNOWFLAKE, ForeignKey("event.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)
"""Where an event went that was merged away; chains are kept one step long."""

EVENT_LOG = numbered(
    "event_log",
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    text("action"),
    Column("event_id", SNOWFLAKE, nullable=False, index=True),
    Column("detail", Json, nullable=False),
    Column("undone_at", UtcDateTime),
)
"""What people changed about events: who, when, what; a change that was taken back keeps its row."""

DOCUMENT_FREQUENCY = table(
    "document_frequency",
    Column("day", LocalDate, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("counts", Json, nullable=False),
)
"""How many of a day's articles hold each word; words of earlier days weigh less."""

COUNTER = table(
    "counter",
    Column("name", Text, primary_key=True),
    Column("value", SNOWFLAKE, nullable=False),
)
"""Numbers that only grow: ``event`` is the highest event id ever given."""
