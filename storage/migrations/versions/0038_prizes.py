"""The Prizes: standings of nominated entries with what was announced, scores of jurors, votes of the public."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "prize_standings",
        sa.Column("reference", sa.String(), primary_key=True),
        sa.Column("call", sa.String(), nullable=False, index=True),
        sa.Column("category", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("announced", sa.String(), nullable=True),
        sa.Column("changed", UtcMoment, nullable=False),
    )
    op.create_table(
        "prize_scores",
        sa.Column("reference", sa.String(), primary_key=True),
        sa.Column("juror", sa.String(), primary_key=True),
        sa.Column("criterion", sa.String(), primary_key=True),
        sa.Column("score", sa.Integer(), nullable=False),
    )
    op.create_table(
        "prize_votes",
        sa.Column("reference", sa.String(), primary_key=True),
        sa.Column("votes", sa.Integer(), nullable=False),
    )
