"""Marks of the service as a whole: who may send, and when the last backup was made."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0016"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "service_marks",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
