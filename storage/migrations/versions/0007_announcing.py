"""Announcing: the settings' terms, and organizers' live messages."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "announcing_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "live_messages",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", BigId, autoincrement=False, nullable=False),
        sa.Column("message", BigId, nullable=True),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"]),
        sa.PrimaryKeyConstraint("notice_id", "person_id"),
    )
