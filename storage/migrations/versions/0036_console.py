"""The organizers' console: one-time links and sessions, and where this service is found in a browser."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, UtcMoment

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "console_links",
        sa.Column("token", sa.String(), primary_key=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("until", UtcMoment(), nullable=False),
    )
    op.create_table(
        "console_sessions",
        sa.Column("secret", sa.String(), primary_key=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("until", UtcMoment(), nullable=False),
    )
    for table in ("console_links", "console_sessions"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    op.add_column("announcing_terms", sa.Column("site", sa.String(), nullable=False, server_default=""))
