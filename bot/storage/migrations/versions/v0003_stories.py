"""Events, the reports that tell them, storylines."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", types.SNOWFLAKE, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
        sqlite_strict=True,
    )
    op.create_table(
        "document_frequency",
        sa.Column("day", types.LocalDate(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("counts", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_document_frequency")),
        sqlite_strict=True,
    )
    op.create_table(
        "storyline",
        sa.Column("id", types.SNOWFLAKE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_day", types.LocalDate(), nullable=False),
        sa.Column("last_day", types.LocalDate(), nullable=False),
        sa.Column("state", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storyline")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_storyline_last_day"), "storyline", ["last_day"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", types.SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start_at", types.UtcDateTime(), nullable=False),
        sa.Column("end_at", types.UtcDateTime(), nullable=False),
        sa.Column("importance", types.REAL_NUMBER, nullable=False),
        sa.Column("outlets", types.Json(), nullable=False),
        sa.Column("outlet_count", sa.Integer(), nullable=False),
        sa.Column("reasons", types.Json(), nullable=False),
        sa.Column("storyline_id", types.SNOWFLAKE, nullable=True),
        sa.Column("posted_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["storyline_id"], ["storyline.id"], name=op.f("fk_event_storyline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_event_end_at"), "event", ["end_at"], unique=False)
    op.create_index(op.f("ix_event_posted_at"), "event", ["posted_at"], unique=False)
    op.create_index(op.f("ix_event_storyline_id"), "event", ["storyline_id"], unique=False)
    op.create_table(
        "event_actor",
        sa.Column("event_id", types.SNOWFLAKE, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_event_actor_actor_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_actor_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_event_actor")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_actor_actor", "event_actor", ["actor_id", "event_id"], unique=False)
    op.create_table(
        "event_article",
        sa.Column("article_id", types.SNOWFLAKE, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("event_id", types.SNOWFLAKE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("state", types.Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_event_article_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_article_event_id")),
        sa.PrimaryKeyConstraint("article_id", "part", name=op.f("pk_event_article")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_article_at"), "event_article", ["at"], unique=False)
    op.create_index(op.f("ix_event_article_event_id"), "event_article", ["event_id"], unique=False)
    op.create_table(
        "event_redirect",
        sa.Column("old_id", types.SNOWFLAKE, autoincrement=False, nullable=False),
        sa.Column("event_id", types.SNOWFLAKE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_redirect_event_id")),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_event_redirect")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_event_redirect_event_id"), "event_redirect", ["event_id"], unique=False)
