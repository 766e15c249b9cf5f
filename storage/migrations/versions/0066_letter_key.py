"""The key that the ids of letters are made with, so that an answer's letter can be told."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    made = op.create_table(
        "letter_keys",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(), nullable=False),
    )
    op.bulk_insert(made, [{"id": 1, "key": secrets.token_hex(32)}])
