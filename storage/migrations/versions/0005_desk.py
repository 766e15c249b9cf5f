"""Which answers of the organizers a person's pages have shown."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("organizer_answers", sa.Column("seen", sa.Boolean(), nullable=False, server_default=sa.false()))
