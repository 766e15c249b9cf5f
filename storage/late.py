"""Late codes: a closed call is open again for those who have one, until a moment and for so many people."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from storage.secrecy import hashed
from storage.tables import LateCodeRow, LateUseRow

__all__ = ["make", "use"]


def make(session: Session, code: str, call: str, until: datetime, uses: int) -> None:
    """Let `code` reopen `call` until a moment for `uses` people."""
    session.add(LateCodeRow(code=hashed(code), call=call, until=until, uses_left=uses))


def use(session: Session, person: int, code: str, at: datetime) -> datetime | None:
    """Reopen the code's call for this person; until when, or None when the code is no good (any more)."""
    row = session.exec(select(LateCodeRow).where(LateCodeRow.code == hashed(code)).with_for_update()).first()
    if row is None or row.until < at:
        return None
    used = session.get(LateUseRow, (person, row.call))
    if used is not None and used.until >= row.until:
        return used.until
    if row.uses_left < 1:
        return None
    row.uses_left -= 1
    if used is None:
        session.add(LateUseRow(person_id=person, call=row.call, until=row.until))
    else:
        used.until = row.until
    return row.until
