"""Review: claims, rounds with comments, messages, declared interests, and the history of every entry.

Organisations' names are kept folded beside the entry: whoever works for one is not to review it.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from dialogs.text.normalize import normalize
from storage.engine.types import BigId, Json, UtcMoment

revision = "0032"
down_revision = "0031"

AT_ONCE = 500


def upgrade() -> None:
    op.add_column("entries", sa.Column("reviewer", BigId, nullable=True))
    op.add_column("entries", sa.Column("claimed_until", UtcMoment(), nullable=True))
    op.add_column("entries", sa.Column("body", sa.String(), nullable=False, server_default=""))
    op.add_column("drafts", sa.Column("corrects", BigId, nullable=True))
    op.create_index("entries_by_reviewer", "entries", ["reviewer", "state"])
    _fold_bodies(op.get_bind())
    op.create_table(
        "review_rounds",
        _number(),
        _of_an_entry(),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked", UtcMoment(), nullable=False),
        sa.Column("due", UtcMoment(), nullable=False),
        sa.Column("closed", UtcMoment(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("draft", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_review_rounds_reference", "review_rounds", ["reference"])
    still_open = sa.text("closed IS NULL")
    op.create_index(
        "review_rounds_open", "review_rounds", ["due"], sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_table(
        "review_comments",
        sa.Column("round_id", BigId, sa.ForeignKey("review_rounds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
    )
    op.create_table(
        "entry_history",
        _number(),
        _of_an_entry(),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("action", "old", "new")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_author", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("details", Json(), nullable=True),
    )
    op.create_index("ix_entry_history_reference", "entry_history", ["reference"])
    op.create_index("ix_entry_history_person_id", "entry_history", ["person_id"])
    op.create_table(
        "review_messages",
        _number(),
        _of_an_entry(),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("by_author", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
    )
    op.create_index("ix_review_messages_reference", "review_messages", ["reference"])
    op.create_table(
        "review_conflicts",
        sa.Column("person_id", BigId, primary_key=True, autoincrement=False),
        _of_an_entry(primary_key=True),
    )


def _number() -> "sa.Column[int]":
    return sa.Column("id", BigId, primary_key=True, autoincrement=True)


def _of_an_entry(*, primary_key: bool = False) -> "sa.Column[str]":
    there = sa.ForeignKey("entries.reference", ondelete="CASCADE")
    return sa.Column("reference", sa.String(), there, nullable=False, primary_key=primary_key)


def _fold_bodies(connection: sa.Connection) -> None:
    entries = sa.table("entries", *(sa.column(name, sa.String()) for name in ("reference", "organisation", "body")))
    change = sa.update(entries).where(entries.c.reference == sa.bindparam("which")).values(body=sa.bindparam("folded"))
    for some in _organisations(connection, entries):
        connection.execute(change, [{"which": reference, "folded": normalize(name)} for reference, name in some])


def _organisations(connection: sa.Connection, entries: sa.TableClause) -> Iterator[list[tuple[str, str]]]:
    """References and organisations by reference, some at a time."""
    last = ""
    while True:
        query = sa.select(entries.c.reference, entries.c.organisation).where(entries.c.reference > last)
        found = [(row[0], row[1]) for row in connection.execute(query.order_by(entries.c.reference).limit(AT_ONCE))]
        if not found:
            return
        yield found
        last = found[-1][0]
