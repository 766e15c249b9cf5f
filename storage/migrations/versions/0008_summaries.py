"""Announcing: who has the summary of an announcement that is over."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    summed_up: sa.Column[bool] = sa.Column("summed_up", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("live_messages", summed_up)
    # What is over by now has been told without a summary, and stays so.
    op.execute(sa.text('UPDATE live_messages SET summed_up = "over"'))
