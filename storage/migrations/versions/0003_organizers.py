"""The organizers' side: roles, invitations, the log; what a call feeds; answers to what people wrote."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "organizers",
        sa.Column("person_id", BigId, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("by", BigId, nullable=True),
        sa.Column("since", UtcMoment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "organizers_named",
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("address"),
    )
    op.create_table(
        "organizer_invitations",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("by", BigId, nullable=True),
        sa.Column("until", UtcMoment(timezone=True), nullable=False),
        sa.Column("used_by", BigId, nullable=True),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "organizer_log",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "organizer_menus",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("address"),
    )
    op.create_table(
        "organizer_answers",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_organizer_answers_message_id", "organizer_answers", ["message_id"])
    for name in ("report", "event"):
        op.add_column("calls", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("calls", sa.Column("zone", sa.String(), nullable=False, server_default="Europe/Zurich"))
