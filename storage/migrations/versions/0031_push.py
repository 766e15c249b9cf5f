"""What is pushed to receivers outside: who they are, and the outbox."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0031"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "push_receivers",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("events", Json, nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("set", sa.Boolean(), nullable=False),
        sa.Column("stopped", UtcMoment, nullable=True),
        sa.Column("not_before", UtcMoment, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
    )
    op.create_table(
        "push_outbox",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("receiver", sa.String(), sa.ForeignKey("push_receivers.name"), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", UtcMoment, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("first", UtcMoment, nullable=True),
        sa.Column("settled", UtcMoment, nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index("push_due", "push_outbox", ["receiver", "state", "due"])
    op.create_index("push_order", "push_outbox", ["reference", "receiver", "id"])
