"""People follow searches of the register."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.create_table(
        "followed_searches",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("wanted", Json(), nullable=False),
        sa.Column("begun", UtcMoment(), nullable=False),
        sa.Column("known", sa.LargeBinary(), nullable=False),
        sa.Column("looked", BigId, nullable=False),
        sa.Column("told", UtcMoment(), nullable=True),
        sa.Column("news", sa.LargeBinary(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
    )
    op.create_index("ix_followed_searches_person_id", "followed_searches", ["person_id"])
