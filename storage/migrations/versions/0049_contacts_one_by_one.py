"""Contacts are found, grouped and taken back: what they are found by, the import that they came by, groups, words for
kinds.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from dialogs.text.normalize import normalize
from storage.engine.types import BigId, Json, UtcMoment

revision = "0049"
down_revision = "0048"

AT_ONCE = 1_000


def upgrade() -> None:
    for name in ("folded", "source", "changed_in"):
        op.add_column("contacts", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("contacts", sa.Column("before", Json(), nullable=True))
    for name in ("source", "changed_in"):
        op.create_index(f"ix_contacts_{name}", "contacts", [name])
    op.create_table(
        "contact_imports",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "contact_groups",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column(
            "contact_id",
            BigId,
            sa.ForeignKey("contacts.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
    )
    op.create_index("ix_contact_groups_contact_id", "contact_groups", ["contact_id"])
    op.create_table(
        "contact_kind_words",
        sa.Column("word", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
    )
    _fold()


def _fold() -> None:
    """What each contact is found by, as it is written from now on."""
    connection = op.get_bind()
    texts: list[Any] = [sa.column(name) for name in ("id", "name", "organisation", "email", "folded")]
    contacts = sa.table("contacts", *texts)
    last = 0
    while True:
        some = sa.select(*texts[:4]).select_from(contacts).where(texts[0] > last).order_by(texts[0]).limit(AT_ONCE)
        found = connection.execute(some).all()
        if not found:
            return
        write = contacts.update().where(texts[0] == sa.bindparam("which")).values(folded=sa.bindparam("said"))
        said = [{"which": row[0], "said": normalize(" ".join(row[1:3])) + " " + row[3].casefold()} for row in found]
        connection.execute(write, said)
        last = found[-1][0]
