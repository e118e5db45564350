"""What servers are to be told of their feeds."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "feed_notice",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("feed_id", types.SNOWFLAKE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("since", types.UtcDateTime(), nullable=False),
        sa.Column("told_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_notice_feed_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_feed_notice_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_notice")),
        sa.UniqueConstraint("guild_id", "feed_id", name=op.f("uq_feed_notice_guild_id_feed_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feed_notice_feed_id"), "feed_notice", ["feed_id"], unique=False)
    op.create_index(op.f("ix_feed_notice_told_at"), "feed_notice", ["told_at"], unique=False)
