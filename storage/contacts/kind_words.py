"""What the organizers' own lists call the kinds of organisation: said once, understood in every list from then on."""

from __future__ import annotations

from sqlmodel import Session, col, delete, select

from dialogs.text.normalize import normalize
from storage.tables import KindWordRow

__all__ = ["every", "say", "unsay"]


def every(session: Session) -> dict[str, str]:
    """Each word, folded, with the code of its kind."""
    return {row.word: row.kind for row in session.exec(select(KindWordRow).order_by(KindWordRow.word))}


def say(session: Session, word: str, kind: str) -> None:
    """Understand a word as this kind from now on."""
    session.merge(KindWordRow(word=normalize(word), kind=kind))
    session.flush()


def unsay(session: Session, word: str) -> bool:
    """Understand it no more. False: it was not."""
    found = session.get(KindWordRow, normalize(word)) is not None
    session.execute(delete(KindWordRow).where(col(KindWordRow.word) == normalize(word)))
    return found
