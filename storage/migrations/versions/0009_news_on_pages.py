"""Pages in a browser: the newest notice about a call that they have looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    news_seen: sa.Column[int] = sa.Column("news_seen", sa.Integer(), nullable=False, server_default="0")
    op.add_column("people", news_seen)
