"""Authors are asked whether what is published is still true: after how long, and when that was."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    op.add_column("entries", sa.Column("asked_again", UtcMoment(), nullable=True))
    op.create_table(
        "freshness",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("days", sa.Integer(), nullable=False),
    )
