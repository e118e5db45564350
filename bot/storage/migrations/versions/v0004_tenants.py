"""Servers, channels, schedules, subscriptions."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "guild",
        sa.Column("id", types.SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("joined_at", types.UtcDateTime(), nullable=False),
        sa.Column("left_at", types.UtcDateTime(), nullable=True),
        sa.Column("notice_channel", types.SNOWFLAKE, nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("limits", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guild")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_guild_left_at"), "guild", ["left_at"], unique=False)
    op.create_table(
        "channel",
        sa.Column("id", types.SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("problem_since", types.UtcDateTime(), nullable=True),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("told_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_channel_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_channel_guild_id"), "channel", ["guild_id"], unique=False)
    op.create_table(
        "config_log",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("user_id", types.SNOWFLAKE, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_config_log_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_config_log")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_config_log_guild_time", "config_log", ["guild_id", "at"], unique=False)
    op.create_table(
        "schedule",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("channel_id", types.SNOWFLAKE, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("length", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("paused", types.Flag(), nullable=False),
        sa.Column("suspended", sa.Text(), nullable=True),
        sa.Column("created_by", types.SNOWFLAKE, nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_schedule_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_schedule_channel_id"), "schedule", ["channel_id"], unique=False)
    op.create_index(op.f("ix_schedule_guild_id"), "schedule", ["guild_id"], unique=False)
    op.create_table(
        "subscription",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("feed_id", types.SNOWFLAKE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("created_by", types.SNOWFLAKE, nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_subscription_feed_id")),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_subscription_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sa.UniqueConstraint("guild_id", "feed_id", name=op.f("uq_subscription_guild_id_feed_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_subscription_feed_id"), "subscription", ["feed_id"], unique=False)
