"""Receipts that can be checked, their keys, and the hashes of files. What was sent before this has no receipt."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import UtcMoment

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "receipt_keys",
        sa.Column("kid", sa.String(), primary_key=True),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("private", sa.String(), nullable=True),
        sa.Column("made", UtcMoment, nullable=False),
    )
    op.create_table(
        "receipts",
        sa.Column("call", sa.String(), sa.ForeignKey("calls.code"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("reference", sa.String(), nullable=False, index=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("jws", sa.Text(), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
    )
    op.add_column("files", sa.Column("sha256", sa.String(), nullable=True))
    waiting = {"sqlite": "kept = 1 AND sha256 IS NULL", "postgresql": "kept AND sha256 IS NULL"}
    op.execute(f"CREATE INDEX files_unhashed ON files (id) WHERE {waiting[op.get_bind().dialect.name]}")
