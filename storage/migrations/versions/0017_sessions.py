"""Sessions of browsers: renewed, replaced by another cookie, and codes to come back."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, UtcMoment

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "web_sessions",
        sa.Column("address", sa.String(), primary_key=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("renewed", UtcMoment(), nullable=False),
        sa.Column("successor", sa.String(), nullable=True),
        sa.Column("until", UtcMoment(), nullable=True),
    )
    op.create_index("ix_web_sessions_person_id", "web_sessions", ["person_id"])
    op.create_index("ix_web_sessions_successor", "web_sessions", ["successor"])
