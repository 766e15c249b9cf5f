"""Entries are assigned to reviewers: until a moment they are kept for them."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, UtcMoment

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    op.create_table(
        "review_assignments",
        sa.Column("reference", sa.String(), sa.ForeignKey("entries.reference", ondelete="CASCADE"), primary_key=True),
        sa.Column("person_id", BigId, primary_key=True, autoincrement=False),
        sa.Column("by", BigId, nullable=True),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("until", UtcMoment(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
    )
    op.create_index("ix_review_assignments_person_id", "review_assignments", ["person_id"])
    op.create_index("ix_review_assignments_batch", "review_assignments", ["batch"])
