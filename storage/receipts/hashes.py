"""The hashes of files: taken once their bytes are ours, for receipts to cover them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.receipts import issue
from storage.tables import FileRow

__all__ = ["missing", "note"]


def missing(session: Session, limit: int = 20) -> list[str]:
    """Files whose bytes are ours and whose hash is not taken yet."""
    rows = select(FileRow.id).where(col(FileRow.kept), col(FileRow.sha256).is_(None))
    return list(session.exec(rows.where(~col(FileRow.source).startswith("gone:")).distinct().limit(limit)))


def note(session: Session, id: str, sha256: str, now: datetime) -> None:
    """Keep a file's hash; versions that were sent before it was known get a receipt that covers it."""
    for row in session.exec(select(FileRow).where(FileRow.id == id)):
        row.sha256 = sha256
    session.flush()
    if sha256:
        issue.supplement(session, id, now)
