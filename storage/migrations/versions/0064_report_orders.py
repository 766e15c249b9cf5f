"""Reports that organizers ask for in the chat and in the console: made beside the service, one at a time."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, UtcMoment

revision = "0064"
down_revision = "0054"


def upgrade() -> None:
    op.create_table(
        "report_orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked", UtcMoment(), nullable=False),
        sa.Column("started", UtcMoment(), nullable=True),
        sa.Column("ended", UtcMoment(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
    )
    op.create_index("ix_report_orders_person_id", "report_orders", ["person_id"])
    op.create_index("ix_report_orders_state", "report_orders", ["state"])
