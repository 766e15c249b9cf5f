"""Which message shows somebody's newest screen, and which process shows the screens of an update."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("handled_updates", sa.Column("worker", sa.Integer(), nullable=True))
    op.add_column("accounts", sa.Column("asked_message", BigId, nullable=True))
    op.add_column("accounts", sa.Column("asked_first", BigId, nullable=True))
    op.add_column("accounts", sa.Column("asked_stamp", sa.Integer(), nullable=True))
