"""The register's index: its state, what it knows of each entry, and the entries of each token.

What entries said and were about stood in one text each, through which every search went: those columns go.

The tables are empty at first. The service fills them in the background, some entries in each transaction, so that an
upgrade takes no longer for a full register.
"""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, UtcMoment

revision = "0025"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "register_state",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("version", BigId, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
    )
    op.execute("INSERT INTO register_state (id, version, last) VALUES (1, 0, 0)")
    op.create_table(
        "register_entries",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("reference", sa.String(), nullable=False, unique=True),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("since", UtcMoment, nullable=True),
        sa.Column("changed", UtcMoment, nullable=True),
        sa.Column("changed_in", BigId, nullable=True, index=True),
    )
    op.create_table(
        "register_postings",
        sa.Column("token", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), primary_key=True),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.drop_column("entry_search", "said")
    op.drop_column("entry_search", "about")
