"""Letters by mail: what people said about them, the tokens in them, and the channel that each delivery takes.

Everything that was delivered until now went by Telegram. What a courier claims is looked for by channel from here on:
ten thousand rows that wait for one channel must not be read each time another one asks.
"""

import sqlalchemy as sa
from alembic import op

from storage.engine.types import BigId, UtcMoment

revision = "0048"
down_revision = "0047"

PLANNED = sa.text("state = 'planned'")


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("person_id", BigId, primary_key=True, autoincrement=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("asked", UtcMoment(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("confirmed", UtcMoment(), nullable=True),
        sa.Column("news", sa.Boolean(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "letter_tokens",
        sa.Column("token", sa.String(), primary_key=True),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("made", UtcMoment(), nullable=False),
        sa.Column("confirms", sa.Boolean(), nullable=False),
        sa.Column("draft_id", sa.String(), nullable=True),
        sa.Column("until", UtcMoment(), nullable=True),
    )
    for column in ("person_id", "address"):
        op.create_index(f"ix_letter_tokens_{column}", "letter_tokens", [column])
    op.add_column("web_sessions", sa.Column("draft_id", sa.String(), nullable=True))
    op.add_column("announcing_terms", sa.Column("mail", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deliveries", sa.Column("channel", sa.String(), nullable=False, server_default="telegram"))
    op.drop_index("delivery_planned", "deliveries")
    op.create_index(
        "delivery_planned",
        "deliveries",
        ["notice_id", "channel", "due", "id"],
        sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )
