"""What reaches people unasked: notices, the ledger of their deliveries, opt-outs."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0002"
down_revision = "0001"

PLANNED = sa.text("state = 'planned'")


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("audience", Json(), nullable=False),
        sa.Column("buttons", Json(), nullable=False),
        sa.Column("file", Json(), nullable=True),
        sa.Column("author", BigId, nullable=True),
        sa.Column("approved_by", BigId, nullable=True),
        sa.Column("created", UtcMoment(timezone=True), nullable=False),
        sa.Column("due", UtcMoment(timezone=True), nullable=False),
        sa.Column("started", UtcMoment(timezone=True), nullable=True),
        sa.Column("finished", UtcMoment(timezone=True), nullable=True),
        sa.Column("planned_to", BigId, nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("recalled", UtcMoment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_notices_state", "notices", ["state"])
    op.create_table(
        "notice_texts",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"]),
        sa.PrimaryKeyConstraint("notice_id", "language"),
    )
    op.create_table(
        "opt_outs",
        sa.Column("person_id", BigId, autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "topic"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", UtcMoment(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("settled", UtcMoment(timezone=True), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("message", BigId, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("notice_id", "person_id", name="delivery_once"),
    )
    op.create_index(
        "delivery_planned",
        "deliveries",
        ["notice_id", "due", "id"],
        sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )
    op.create_index("delivery_state", "deliveries", ["notice_id", "state", "cause"])
    op.create_index("delivery_person", "deliveries", ["person_id"])
    # for audiences and reminders: without it PostgreSQL, before its first ANALYZE, reads all drafts for each person
    op.create_index("draft_person_call", "drafts", ["person_id", "call"])
