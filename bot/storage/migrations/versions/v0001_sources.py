"""Outlets, feeds, articles and their older versions."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "outlet",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), server_default="en", nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("name", name=op.f("uq_outlet_name")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "article",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("outlet_id", types.SNOWFLAKE, nullable=False),
        sa.Column("event_at", types.UtcDateTime(), nullable=False),
        sa.Column("published_at", types.UtcDateTime(), nullable=True),
        sa.Column("first_seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=True),
        sa.Column("analysed", types.Flag(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("date_only", types.Flag(), nullable=False),
        sa.Column("truncated", types.Flag(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_key", sa.Text(), nullable=True),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("status IN ('published', 'withdrawn')", name=op.f("ck_article_status")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_article_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_article_analysed"), "article", ["analysed"], unique=False)
    op.create_index(op.f("ix_article_changed_at"), "article", ["changed_at"], unique=False)
    op.create_index(op.f("ix_article_event_at"), "article", ["event_at"], unique=False)
    op.create_index(op.f("ix_article_first_seen_at"), "article", ["first_seen_at"], unique=False)
    op.create_index("ix_article_guid", "article", ["outlet_id", "guid"], unique=False)
    op.create_index("ix_article_outlet_time", "article", ["outlet_id", "event_at"], unique=False)
    op.create_index("ix_article_text_hash", "article", ["outlet_id", "text_hash"], unique=False)
    op.create_index("ix_article_title_key", "article", ["outlet_id", "title_key"], unique=False)
    op.create_index("ix_article_url_key", "article", ["outlet_id", "url_key"], unique=False)
    op.create_table(
        "feed",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet_id", types.SNOWFLAKE, nullable=False),
        sa.Column("kept", types.Flag(), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_feed_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("url", name=op.f("uq_feed_url")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feed_outlet_id"), "feed", ["outlet_id"], unique=False)
    op.create_table(
        "article_part",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("base", types.LocalDate(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_part_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_article_part")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article_revision",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("replaced_at", types.UtcDateTime(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_revision_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", name=op.f("pk_article_revision")),
        sqlite_strict=True,
    )
    op.create_table(
        "feed_state",
        sa.Column("feed_id", types.SNOWFLAKE, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("next_poll_at", types.UtcDateTime(), nullable=True),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("failing_since", types.UtcDateTime(), nullable=True),
        sa.Column("last_ok_at", types.UtcDateTime(), nullable=True),
        sa.Column("disabled", types.Flag(), nullable=False),
        sa.Column("leased_until", types.UtcDateTime(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("moved_since", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_state_feed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_feed_state")),
        sqlite_strict=True,
    )
    op.create_index("ix_feed_state_due", "feed_state", ["next_poll_at"], unique=False)
