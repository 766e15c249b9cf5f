"""The language of each text, apart from that of its author's interface."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import Json

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("answers", sa.Column("language", sa.String(), nullable=True))
    op.add_column("entries", sa.Column("languages", Json(), nullable=True))
