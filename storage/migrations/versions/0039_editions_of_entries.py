"""Entries know which edition of the questionnaire their answers follow, so that codes are read with its words.

Until now it stood in the draft alone. The default stays for entries whose draft is gone: there was one edition.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

OF_DRAFT = """
UPDATE entry_versions SET edition = coalesce((
  SELECT d.version FROM drafts d WHERE d.id = entry_versions.draft_id
), '2027')
"""
OF_NEWEST = """
UPDATE entries SET edition = coalesce((
  SELECT v.edition FROM entry_versions v WHERE v.reference = entries.reference AND v.version = entries.version
), '2027')
"""


def upgrade() -> None:
    for table in ("entries", "entry_versions"):
        op.add_column(table, sa.Column("edition", sa.String(), nullable=False, server_default="2027"))
    op.execute(OF_DRAFT)
    op.execute(OF_NEWEST)
