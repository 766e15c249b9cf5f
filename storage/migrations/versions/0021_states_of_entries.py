"""The state of every entry, and whether its author lets it be published. What was sent before waits for its review.

The consent stands in the answers already; the column repeats it, so that a query can ask for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

CONSENT = {
    "sqlite": "json_extract(answers, '$.publish') = 1",
    "postgresql": "(answers::json ->> 'publish') = 'true'",
}


def upgrade() -> None:
    op.add_column("entries", sa.Column("state", sa.String(), nullable=False, server_default="received"))
    op.add_column("entries", sa.Column("publish", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("entries", sa.Column("merged_into", sa.String(), nullable=True))
    consent = CONSENT[op.get_bind().dialect.name]
    op.execute(f"UPDATE entries SET publish = true WHERE answers IS NOT NULL AND {consent}")
    op.create_index("entries_by_state", "entries", ["state", "received", "reference"])
