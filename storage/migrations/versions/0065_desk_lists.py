"""What people write to the organizers is taken by one of them, and closed without an answer."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, UtcMoment

revision = "0065"
down_revision = "0064"


def upgrade() -> None:
    op.add_column("organizer_messages", sa.Column("assignee", BigId, nullable=True))
    op.add_column("organizer_messages", sa.Column("closed", UtcMoment(), nullable=True))
