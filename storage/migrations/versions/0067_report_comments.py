"""Comments on the entries of a zero draft."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0067"
down_revision = "0066"


def upgrade() -> None:
    op.create_table(
        "report_comments",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("taken_in", UtcMoment(), nullable=False),
        sa.Column("closed", UtcMoment(), nullable=True),
    )
    op.create_index("ix_report_comments_reference", "report_comments", ["reference"])
