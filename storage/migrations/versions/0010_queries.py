"""What the queries of a full store need: the register's index, each person's country, and an index for every look-up.

In one transaction, like every migration; at 1,000,000 answers a few seconds go into the indexes, during which nobody's
answer is taken, and about as much for every 5,000 entries, whose texts are folded.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from dialogs.text.normalize import normalize
from storage.engine.types import Json
from storage.search.pieces import pieces_of

revision = "0010"
down_revision = "0009"

AT_ONCE = 500
"""Entries that are folded and written at a time."""

PARTIAL = {
    # the sweep for screens that were not shown: a handful of the updates of a fortnight
    "handled_unshown": ("handled_updates", ["channel", "at", "update_id"], "screens IS NOT NULL"),
    # whose "tomorrow" has come
    "people_snoozed": ("people", ["snoozed"], "snoozed IS NOT NULL"),
    # messages that show an older text than their announcement has, and those that can still be deleted
    "delivery_shows": ("deliveries", ["notice_id", "revision", "id"], "state = 'sent'"),
    "delivery_recallable": ("deliveries", ["notice_id", "settled"], "state = 'sent' AND revision >= 0"),
    # what a courier that died left behind
    "delivery_in_hand": ("deliveries", ["state"], "state IN ('claimed', 'going')"),
    # reminders that people may still be added to
    "notice_unplanned": ("notices", ["kind"], "NOT planned"),
    # files whose bytes are still to be fetched
    "files_missing": ("files", ["source"], "NOT kept"),
}

COUNTRY = """
    UPDATE people SET country = coalesce(
        (SELECT replace(answers.value, '"', '') FROM answers JOIN drafts ON drafts.id = answers.draft_id
         WHERE drafts.person_id = people.id AND answers.key = 'org_country' AND answers.value IS NOT NULL
         ORDER BY answers.at DESC LIMIT 1),
        (SELECT entries.country FROM entries WHERE entries.person_id = people.id AND entries.country IS NOT NULL
         ORDER BY entries.submitted DESC LIMIT 1),
        (SELECT contacts.country FROM contacts WHERE contacts.person_id = people.id AND contacts.country <> ''
         ORDER BY contacts.started DESC LIMIT 1))
    WHERE NOT forgotten AND merged_into IS NULL
"""


def upgrade() -> None:
    op.create_table(
        "entry_search",
        _of_an_entry(),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("title", "said", "about")),
        sa.PrimaryKeyConstraint("reference"),
    )
    op.create_table(
        "entry_pieces",
        sa.Column("piece", sa.Integer(), nullable=False),
        _of_an_entry(),
        sa.PrimaryKeyConstraint("piece", "reference"),
        sqlite_with_rowid=False,
    )
    _fill()
    op.create_index("ix_entry_pieces_reference", "entry_pieces", ["reference"])
    op.create_index("ix_files_draft_id", "files", ["draft_id"])
    for name, (table, columns, where) in PARTIAL.items():
        number = where.removeprefix("NOT ") + " = 0" if where.startswith("NOT ") else where  # SQLite's booleans
        op.create_index(name, table, columns, sqlite_where=sa.text(number), postgresql_where=sa.text(where))
    op.drop_index("ix_drafts_person_id", "drafts")  # draft_person_call begins with the same
    op.drop_index("ix_entries_call", "entries")  # so does the constraint on (call, number)
    op.add_column("people", sa.Column("country", sa.String(), nullable=True))
    op.execute(sa.text(COUNTRY))


def _of_an_entry() -> sa.Column[str]:
    return sa.Column("reference", sa.String(), sa.ForeignKey("entries.reference", ondelete="CASCADE"), nullable=False)


def _fill() -> None:
    """The index of the entries that there are."""
    connection = op.get_bind()
    search = sa.table("entry_search", *(sa.column(name) for name in ("reference", "title", "said", "about")))
    pieces = sa.table("entry_pieces", sa.column("piece"), sa.column("reference"))
    for entries in _entries(connection):
        connection.execute(sa.insert(search), [_indexed(*entry) for entry in entries])
        found = [
            {"piece": piece, "reference": reference} for reference, title, _, _ in entries for piece in pieces_of(title)
        ]
        if found:
            connection.execute(sa.insert(pieces), found)


def _indexed(reference: str, title: str, organisation: str, answers: Any) -> dict[str, str]:
    known = answers or {}
    said = _said_of(reference, title, organisation, known)
    return {"reference": reference, "title": normalize(title), "said": said, "about": _about_of(known)}


ABOUT = {"line": ("lines", "sublines"), "goal": ("goals_suggested", "goals")}
"""Answers that held codes then, by what the codes were of."""


def _said_of(reference: str, title: str, organisation: str, answers: Any) -> str:
    return normalize(f"{reference} {title} {organisation} {answers.get('description') or ''}")


def _about_of(answers: Any) -> str:
    codes = ((kind, str(code)) for kind, keys in ABOUT.items() for key in keys for code in answers.get(key) or ())
    return "".join((" ", *dict.fromkeys(f"{kind}:{code} " for kind, code in codes)))


def _entries(connection: sa.Connection) -> Iterator[list[tuple[str, str, str, Any]]]:
    """The entries by reference, some at a time."""
    columns = [sa.column(name, sa.String()) for name in ("reference", "title", "organisation")]
    entries = sa.table("entries", *columns, sa.column("answers", Json()))
    last = ""
    while True:
        query = sa.select(*entries.c).where(entries.c.reference > last).order_by(entries.c.reference).limit(AT_ONCE)
        found = [(row.reference, row.title, row.organisation, row.answers) for row in connection.execute(query)]
        if not found:
            return
        yield found
        last = found[-1][0]
