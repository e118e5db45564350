"""What was put right in posted editions, and the edits of messages on their way."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "correction",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("edition_id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("found_at", types.UtcDateTime(), nullable=False),
        sa.Column("withdrawn", types.Flag(), nullable=False),
        sa.Column("old_text", sa.Text(), nullable=False),
        sa.Column("new_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_correction_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_correction_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("edition_id", "label", "new_text", name=op.f("uq_correction_edition_id_label_new_text")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_correction_guild_id"), "correction", ["guild_id"], unique=False)
    op.create_table(
        "message_edit",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("part_id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("channel_id", types.SNOWFLAKE, nullable=False),
        sa.Column("message_id", types.SNOWFLAKE, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", types.UtcDateTime(), nullable=True),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed')", name=op.f("ck_message_edit_state")),
        sa.ForeignKeyConstraint(
            ["part_id"], ["outbox_part.id"], name=op.f("fk_message_edit_part_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_message_edit_guild_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_edit")),
        sa.UniqueConstraint("part_id", name=op.f("uq_message_edit_part_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_message_edit_guild_id"), "message_edit", ["guild_id"], unique=False)
