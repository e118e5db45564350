"""Editions, days on which they are due, messages on their way."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "edition",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=True),
        sa.Column("channel_id", types.SNOWFLAKE, nullable=True),
        sa.Column("schedule_id", types.SNOWFLAKE, nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("day", types.LocalDate(), nullable=False),
        sa.Column("window_start", types.UtcDateTime(), nullable=False),
        sa.Column("window_end", types.UtcDateTime(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_edition_guild_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedule.id"], name=op.f("fk_edition_schedule_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_edition_channel_id"), "edition", ["channel_id"], unique=False)
    op.create_index(op.f("ix_edition_guild_id"), "edition", ["guild_id"], unique=False)
    op.create_index(op.f("ix_edition_made_at"), "edition", ["made_at"], unique=False)
    op.create_index(op.f("ix_edition_schedule_id"), "edition", ["schedule_id"], unique=False)
    op.create_table(
        "edition_article",
        sa.Column("edition_id", types.SNOWFLAKE, nullable=False),
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_edition_article_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_article_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "article_id", name=op.f("pk_edition_article")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_edition_article_article_id"), "edition_article", ["article_id"], unique=False)
    op.create_table(
        "edition_item",
        sa.Column("edition_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("event_id", types.SNOWFLAKE, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_item_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "number", name=op.f("pk_edition_item")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_edition_item_event_id"), "edition_item", ["event_id"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("schedule_id", types.SNOWFLAKE, nullable=False),
        sa.Column("local_date", types.LocalDate(), nullable=False),
        sa.Column("due_at", types.UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("leased_until", types.UtcDateTime(), nullable=True),
        sa.Column("edition_id", types.SNOWFLAKE, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('due', 'composed', 'done', 'skipped', 'failed')", name=op.f("ck_occurrence_state")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_occurrence_edition_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedule.id"], name=op.f("fk_occurrence_schedule_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint("schedule_id", "local_date", name=op.f("uq_occurrence_schedule_id_local_date")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_occurrence_due", "occurrence", ["state", "due_at"], unique=False)
    op.create_index(op.f("ix_occurrence_edition_id"), "occurrence", ["edition_id"], unique=False)
    op.create_table(
        "outbox_part",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("occurrence_id", types.SNOWFLAKE, nullable=False),
        sa.Column("guild_id", types.SNOWFLAKE, nullable=False),
        sa.Column("channel_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sending_at", types.UtcDateTime(), nullable=True),
        sa.Column("leased_until", types.UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", types.UtcDateTime(), nullable=True),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("message_id", types.SNOWFLAKE, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'failed')", name=op.f("ck_outbox_part_state")),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name=op.f("fk_outbox_part_guild_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_outbox_part_occurrence_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_part")),
        sa.UniqueConstraint("nonce", name=op.f("uq_outbox_part_nonce")),
        sa.UniqueConstraint("occurrence_id", "number", name=op.f("uq_outbox_part_occurrence_id_number")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_outbox_part_channel_id"), "outbox_part", ["channel_id"], unique=False)
    op.create_index(op.f("ix_outbox_part_guild_id"), "outbox_part", ["guild_id"], unique=False)
    op.create_index(op.f("ix_outbox_part_message_id"), "outbox_part", ["message_id"], unique=False)
    op.create_index("ix_outbox_part_open", "outbox_part", ["state", "number", "id"], unique=False)
