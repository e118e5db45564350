"""Messages take turns among servers; a schedule remembers when its silence was told."""

import sqlalchemy as sa
from alembic import op

from bot.storage import types

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns, and let the index of waiting messages follow their turns."""
    op.add_column("outbox_part", sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
    op.drop_index("ix_outbox_part_open", table_name="outbox_part")
    op.create_index("ix_outbox_part_open", "outbox_part", ["state", "number", "turn", "id"], unique=False)
    op.add_column("schedule", sa.Column("silence_told_at", types.UtcDateTime(), nullable=True))
