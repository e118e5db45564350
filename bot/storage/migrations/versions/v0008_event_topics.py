"""What events are about, where they take place, and what people changed about them."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("event", sa.Column("topics", types.Json(), nullable=False, server_default="[]"))
    op.add_column("event", sa.Column("place", sa.Text(), nullable=True))
    op.create_table(
        "event_log",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("event_id", types.SNOWFLAKE, nullable=False),
        sa.Column("detail", types.Json(), nullable=False),
        sa.Column("undone_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_log")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_event_log_event_id"), "event_log", ["event_id"], unique=False)
    is_open = sa.text("state IS NOT NULL")
    op.create_index(
        "ix_event_article_open", "event_article", ["article_id"], sqlite_where=is_open, postgresql_where=is_open
    )
