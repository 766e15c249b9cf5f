"""Texts of the yearly report that organizers write, by call, name and language."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0034"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "report_texts",
        sa.Column("call", sa.String(), sa.ForeignKey("calls.code"), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("language", sa.String(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changed", UtcMoment, nullable=False),
    )
