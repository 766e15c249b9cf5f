"""Editions of the questionnaire that organizers made in a spreadsheet, beside those that come with the program."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0045"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("version", sa.String(), primary_key=True),
        sa.Column("structure", sa.Text(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("changed", UtcMoment, nullable=False),
        sa.Column("published", UtcMoment, nullable=True),
    )
