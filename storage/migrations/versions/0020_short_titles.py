"""Entries whose titles are short are found by more of their letters: one slip in a word or two hit all that was kept.

Only these titles' pieces are written anew, some hundred entries at a time in memory. Besides, an index of the people
who never agreed to anything, whom housekeeping looks for each hour.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from dialogs.text.normalize import words_of
from storage.search.pieces import pieces_of

revision = "0020"
down_revision = "0019"

AT_ONCE = 500
WORDS, LETTERS = 3, 2
"""A title with more words than that which have more letters than that was kept well enough."""


def upgrade() -> None:
    connection = op.get_bind()
    pieces = sa.table("entry_pieces", sa.column("piece"), sa.column("reference"))
    for titles in _titles(connection):
        short = {reference: title for reference, title in titles if _is_short(title)}
        found = [{"piece": piece, "reference": each} for each, title in short.items() for piece in pieces_of(title)]
        connection.execute(sa.delete(pieces).where(pieces.c.reference.in_(list(short))))
        if found:
            connection.execute(sa.insert(pieces), found)
    nothing = sa.text("consent IS NULL")
    op.create_index("people_unanswered", "people", ["seen"], sqlite_where=nothing, postgresql_where=nothing)


def _is_short(title: str) -> bool:
    return sum(len(word) > LETTERS for word in words_of(title)) <= WORDS


def _titles(connection: sa.Connection) -> Iterator[list[tuple[str, str]]]:
    """References and titles by reference, some at a time."""
    entries = sa.table("entries", sa.column("reference", sa.String()), sa.column("title", sa.String()))
    last = ""
    while True:
        query = sa.select(*entries.c).where(entries.c.reference > last).order_by(entries.c.reference).limit(AT_ONCE)
        found = [(row.reference, row.title) for row in connection.execute(query)]
        if not found:
            return
        yield found
        last = found[-1][0]
