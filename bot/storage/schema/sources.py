"""Tables of what was read: outlets, feeds, articles and their older versions."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from bot.storage.schema.base import listed, numbered, owned, table, text
from bot.storage.types import SNOWFLAKE, Flag, LocalDate, UtcDateTime

OUTLET = numbered(
    "outlet",
    text("name", unique=True),
    Column("url", Text),
    Column("country", Text),
    Column("owner", Text),
    text("language", server_default="en"),
    Column("kind", Text),
)

FEED = numbered(
    "feed",
    text("url", unique=True),
    Column("outlet_id", SNOWFLAKE, ForeignKey("outlet.id"), nullable=False, index=True),
    Column("kept", Flag, nullable=False),
)
"""``kept``: the operator reads it, whether or not a server subscribes."""

FEED_STATE = table(
    "feed_state",
    owned("feed_id", "feed.id", primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("next_poll_at", UtcDateTime),
    Column("interval_seconds", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("code", Text),
    Column("failing_since", UtcDateTime),
    Column("last_ok_at", UtcDateTime),
    Column("disabled", Flag, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("moved_to", Text),
    Column("moved_since", UtcDateTime),
    Index("ix_feed_state_due", "next_poll_at"),
)

ARTICLE = numbered(
    "article",
    Column("outlet_id", SNOWFLAKE, ForeignKey("outlet.id"), nullable=False),
    Column("event_at", UtcDateTime, nullable=False, index=True),
    Column("published_at", UtcDateTime),
    Column("first_seen_at", UtcDateTime, nullable=False, index=True),
    Column("changed_at", UtcDateTime, index=True),
    Column("analysed", Flag, nullable=False, index=True),
    text("kind"),
    text("status"),
    Column("revision", Integer, nullable=False),
    Column("date_only", Flag, nullable=False),
    Column("truncated", Flag, nullable=False),
    text("language"),
    Column("author", Text),
    Column("guid", Text),
    Column("url", Text),
    Column("url_key", Text),
    text("title_key"),
    text("text_hash"),
    text("title"),
    text("text"),  # last: SQLite reads the columns before it without touching a long text
    CheckConstraint("status IN ('published', 'withdrawn')", name="status"),
    Index("ix_article_outlet_time", "outlet_id", "event_at"),
    Index("ix_article_guid", "outlet_id", "guid"),
    Index("ix_article_url_key", "outlet_id", "url_key"),
    Index("ix_article_title_key", "outlet_id", "title_key"),
    Index("ix_article_text_hash", "outlet_id", "text_hash"),
)
"""``url_key``, ``title_key`` and ``text_hash`` are what :mod:`bot.storage.identity` compares. ``changed_at``: when it
was last edited or withdrawn. ``analysed``: an analysis of this very revision is stored."""

ARTICLE_PART = listed(
    "article_part",
    owned("article_id", "article.id", primary_key=True),
    Column("number", Integer, primary_key=True),
    text("role"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("base", LocalDate),
)

ARTICLE_REVISION = table(
    "article_revision",
    owned("article_id", "article.id", primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("replaced_at", UtcDateTime, nullable=False),
    text("text_hash"),
    text("title"),
    text("text"),
)
"""What an article said before it was edited; the newest version stands in ``article``."""
