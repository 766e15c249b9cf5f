"""Contacts of the organizers' lists, with their personal start links."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0004"
down_revision = "0003"

TEXTS = ("name", "organisation", "email", "country", "language", "kind")


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("imported", UtcMoment(timezone=True), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("started", UtcMoment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("token"),
    )
    op.create_index("ix_contacts_person_id", "contacts", ["person_id"])
    op.create_table(
        "contacts_unwanted",
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "contact_lists",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", BigId, nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("result", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contact_lists_person_id", "contact_lists", ["person_id"])
