"""Joining takes two words; a handled update is a person's: its key names them."""

import warnings

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import SAWarning

from storage.engine.types import BigId

revision = "0013"
down_revision = "0010"


def upgrade() -> None:
    agreed: sa.Column[bool] = sa.Column("agreed", sa.Boolean(), nullable=False, server_default=sa.false())
    op.execute("DELETE FROM join_codes")  # of the old kind, good for minutes
    op.add_column("join_codes", sa.Column("asked_by", BigId, nullable=True))
    op.add_column("join_codes", agreed)
    op.create_index("ix_join_codes_asked_by", "join_codes", ["asked_by"])
    key = ["channel", "update_id", "person_id"]
    if op.get_context().dialect.name == "sqlite":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # it says that the key is another one than before
            with op.batch_alter_table("handled_updates", recreate="always") as table:
                table.create_primary_key("handled_updates_pkey", key)
    else:
        op.drop_constraint("handled_updates_pkey", "handled_updates")
        op.create_primary_key("handled_updates_pkey", "handled_updates", key)
