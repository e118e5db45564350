"""Actors, and who is named, quoted and acting where."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "actor",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("acts_for", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("known", types.Flag(), nullable=False),
        sa.Column("merged_into", sa.Text(), nullable=True),
        sa.Column("articles", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["actor.id"], name=op.f("fk_actor_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_actor_merged_into"), "actor", ["merged_into"], unique=False)
    op.create_table(
        "actor_log",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("undone_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_log")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "actor_alias",
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("folded", types.FOLDED, nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_actor_alias_actor_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor_id", "folded", name=op.f("pk_actor_alias")),
        sqlite_strict=True,
    )
    op.create_index("ix_actor_alias_folded", "actor_alias", ["folded"], unique=False)
    op.create_table(
        "action",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("class", sa.Text(), nullable=False),
        sa.Column("plover", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("target_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_action_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["actor.id"], name=op.f("fk_action_source_id")),
        sa.ForeignKeyConstraint(["target_id"], ["actor.id"], name=op.f("fk_action_target_id")),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_action")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_action_source_id"), "action", ["source_id"], unique=False)
    op.create_index(op.f("ix_action_target_id"), "action", ["target_id"], unique=False)
    op.create_table(
        "actor_role",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_actor_role_actor_id")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_actor_role_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_actor_role")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_actor_role_actor_id"), "actor_role", ["actor_id"], unique=False)
    op.create_table(
        "analysis",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_analysis_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_analysis")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_analysis_version"), "analysis", ["version"], unique=False)
    op.create_table(
        "date_mention",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("first_day", types.LocalDate(), nullable=False),
        sa.Column("last_day", types.LocalDate(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_date_mention_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_date_mention")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_date_mention_first_day"), "date_mention", ["first_day"], unique=False)
    op.create_table(
        "mention",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("in_title", types.Flag(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_mention_actor_id")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_mention_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_mention")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_actor", "mention", ["actor_id", "article_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", types.Json(), nullable=False),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("sources", types.Json(), nullable=False),
        sa.Column("speaker_name", sa.Text(), nullable=True),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_quote_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_quote")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quote_actor",
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('speaker', 'about')", name=op.f("ck_quote_actor_part")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_quote_actor_actor_id")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_quote_actor_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("actor_id", "part", "article_id", "number", name=op.f("pk_quote_actor")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_quote_actor_quote", "quote_actor", ["article_id", "number"], unique=False)
