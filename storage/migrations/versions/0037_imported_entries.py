"""By which import an entry came, where it was not sent here."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column("entries", sa.Column("imported", sa.String(), nullable=True))
    op.create_index("entries_imported", "entries", ["imported"])
