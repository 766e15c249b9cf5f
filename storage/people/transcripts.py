"""What was said, for channels that keep no history of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import Session, col
from sqlmodel import select as rows

from storage.engine.prepared import execute, table_of
from storage.tables import TranscriptRow

__all__ = ["append", "last", "replace_last", "slip_in"]

KEPT = 200
"""Lines kept of a person: what one scrolls back through."""

LINES = table_of(TranscriptRow)
LINE = insert(LINES)
BEYOND = select(LINES.c.id).where(LINES.c.person_id == bindparam("person")).order_by(LINES.c.id.desc())
BEYOND = BEYOND.offset(KEPT).limit(1)
PRUNE = delete(LINES).where(LINES.c.person_id == bindparam("person"), LINES.c.id <= BEYOND.scalar_subquery())


def append(session: Session, person: int, who: str, payload: str, now: datetime) -> None:
    """Add a line: `who` is `person` or `bot`, `payload` what was said, as its channel writes it."""
    execute(session, LINE, {"person_id": person, "who": who, "payload": payload, "at": now})
    execute(session, PRUNE, {"person": person})


def last(session: Session, person: int, n: int) -> list[TranscriptRow]:
    """The newest `n` lines, oldest first."""
    newest = rows(TranscriptRow).where(TranscriptRow.person_id == person).order_by(col(TranscriptRow.id).desc())
    return list(reversed(session.exec(newest.limit(n)).all()))


def replace_last(session: Session, person: int, who: str, payload: str, now: datetime) -> None:
    """Say the newest line of `who` anew, below what was said since: a screen that changed in place."""
    newest = rows(TranscriptRow).where(TranscriptRow.person_id == person, TranscriptRow.who == who)
    row = session.exec(newest.order_by(col(TranscriptRow.id).desc()).limit(1)).first()
    if row is not None:
        session.delete(row)
    append(session, person, who, payload, now)


def slip_in(session: Session, person: int, who: str, payload: str, now: datetime) -> None:
    """Add a line above the newest one of `who`, which stays the last."""
    newest = rows(TranscriptRow).where(TranscriptRow.person_id == person, TranscriptRow.who == who)
    row = session.exec(newest.order_by(col(TranscriptRow.id).desc()).limit(1)).first()
    append(session, person, who, payload, now)
    if row is not None:
        session.delete(row)
        append(session, person, who, row.payload, row.at)
