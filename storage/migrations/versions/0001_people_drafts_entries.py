"""People, drafts, entries, calls, handled updates: the tables to begin with."""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, Json, UtcMoment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("last_message", BigId, nullable=True),
        sa.PrimaryKeyConstraint("channel", "address"),
    )
    op.create_index(op.f("ix_accounts_person_id"), "accounts", ["person_id"], unique=False)
    op.create_table(
        "calls",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opens", UtcMoment(timezone=True), nullable=False),
        sa.Column("closes", UtcMoment(timezone=True), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("started", UtcMoment(timezone=True), nullable=False),
        sa.Column("touched", UtcMoment(timezone=True), nullable=False),
        sa.Column("revises", sa.String(), nullable=True),
        sa.Column("previous", Json(), nullable=True),
        sa.Column("discarded", UtcMoment(timezone=True), nullable=True),
        sa.Column("submitted", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_drafts_call"), "drafts", ["call"], unique=False)
    op.create_index(op.f("ix_drafts_person_id"), "drafts", ["person_id"], unique=False)
    op.create_index(op.f("ix_drafts_submitted"), "drafts", ["submitted"], unique=False)
    op.create_table(
        "handled_updates",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.Column("screens", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "update_id"),
    )
    op.create_index(op.f("ix_handled_updates_at"), "handled_updates", ["at"], unique=False)
    op.create_index(op.f("ix_handled_updates_person_id"), "handled_updates", ["person_id"], unique=False)
    op.create_table(
        "join_codes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("until", UtcMoment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_join_codes_person_id"), "join_codes", ["person_id"], unique=False)
    op.create_table(
        "organizer_messages",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_organizer_messages_person_id"), "organizer_messages", ["person_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("reminders", sa.String(), nullable=False),
        sa.Column("access", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("news", sa.Boolean(), nullable=False),
        sa.Column("snoozed", UtcMoment(timezone=True), nullable=True),
        sa.Column("declined_call", sa.String(), nullable=True),
        sa.Column("state", Json(), nullable=True),
        sa.Column("created", UtcMoment(timezone=True), nullable=False),
        sa.Column("seen", UtcMoment(timezone=True), nullable=False),
        sa.Column("merged_into", BigId, nullable=True),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "transcripts",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_transcripts_person_id"), "transcripts", ["person_id"], unique=False)
    op.create_table("unwanted_files", sa.Column("id", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id"))
    op.create_table(
        "answer_history",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", Json(), nullable=True),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.Column("by", BigId, nullable=True),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_answer_history_draft_id"), "answer_history", ["draft_id"], unique=False)
    op.create_table(
        "answers",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", Json(), nullable=True),
        sa.Column("at", UtcMoment(timezone=True), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("by", BigId, nullable=True),
        sa.Column("pieces", Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("draft_id", "key"),
    )
    op.create_table(
        "entries",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted", UtcMoment(timezone=True), nullable=False),
        sa.Column("received", UtcMoment(timezone=True), nullable=False),
        sa.Column("answers", Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call"],
            ["calls.code"],
        ),
        sa.PrimaryKeyConstraint("reference"),
        sa.UniqueConstraint("call", "number"),
    )
    op.create_index(op.f("ix_entries_call"), "entries", ["call"], unique=False)
    op.create_index(op.f("ix_entries_person_id"), "entries", ["person_id"], unique=False)
    op.create_table(
        "files",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", BigId, nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("id", "draft_id"),
    )
    op.create_table(
        "hand_overs",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("made", UtcMoment(timezone=True), nullable=False),
        sa.Column("colleague", BigId, nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["drafts.id"],
        ),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index(op.f("ix_hand_overs_colleague"), "hand_overs", ["colleague"], unique=False)
    op.create_index(op.f("ix_hand_overs_draft_id"), "hand_overs", ["draft_id"], unique=False)
    op.create_table(
        "late_codes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("until", UtcMoment(timezone=True), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call"],
            ["calls.code"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "late_uses",
        sa.Column("person_id", BigId, autoincrement=False, nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("until", UtcMoment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call"],
            ["calls.code"],
        ),
        sa.PrimaryKeyConstraint("person_id", "call"),
    )
    op.create_table(
        "entry_versions",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("submitted", UtcMoment(timezone=True), nullable=False),
        sa.Column("received", UtcMoment(timezone=True), nullable=False),
        sa.Column("answers", Json(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["entries.reference"],
        ),
        sa.PrimaryKeyConstraint("reference", "version"),
        sa.UniqueConstraint("draft_id"),
    )
