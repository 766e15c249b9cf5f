"""Which reminders there are, when they come and what they say is set by organizers."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "reminder_plan",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("switched_off", sa.JSON(), nullable=False),
        sa.Column("hours_before", sa.JSON(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("changed", UtcMoment, nullable=False),
    )
