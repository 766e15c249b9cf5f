"""Reviewers score entries by the criteria of a call."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0054"
down_revision = "0051"


def upgrade() -> None:
    op.add_column("calls", sa.Column("rubric", Json(), nullable=True))
    op.create_table(
        "review_scores",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("reference", sa.String(), sa.ForeignKey("entries.reference", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("given", Json(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.UniqueConstraint("reference", "person_id"),
    )
    op.create_index("ix_review_scores_person_id", "review_scores", ["person_id"])
