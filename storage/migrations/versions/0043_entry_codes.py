"""The codes of what was sent to each call, for audiences and figures that the database counts."""

import json

import sqlalchemy as sa
from alembic import op

from dialogs.questionnaire.entry_codes import codes_in

revision = "0043"
down_revision = "0039"

AT_ONCE = 500
NEWEST = """
SELECT v.call, v.reference, v.answers FROM entry_versions v
WHERE v.version = (SELECT max(o.version) FROM entry_versions o WHERE o.reference = v.reference AND o.call = v.call)
ORDER BY v.reference, v.version
"""


def upgrade() -> None:
    table = op.create_table(
        "entry_codes",
        sa.Column("call", sa.String(), primary_key=True),
        sa.Column("facet", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("reference", sa.String(), sa.ForeignKey("entries.reference", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_codes_reference", "entry_codes", ["reference"])
    connection = op.get_bind()
    found = connection.execute(sa.text(NEWEST))
    while some := found.fetchmany(AT_ONCE):
        rows = [
            {"call": call, "facet": facet, "code": code, "reference": reference}
            for call, reference, answers in some
            for facet, code in codes_in(json.loads(answers) if answers else {})
        ]
        connection.execute(table.insert(), rows)
