"""Updates that wait in the database until they can be taken."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "parked_updates",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("update_id", BigId, autoincrement=False, nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "update_id"),
    )
