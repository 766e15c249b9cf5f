"""Late codes: a closed call is open again for those who have one, until a moment and for so many people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, select

from dialogs.domain.organizers.calls import Trouble
from storage.organizers import organizers
from storage.people.token_hash import hashed, readable
from storage.tables import CallRow, LateCodeRow, LateUseRow

__all__ = ["make", "mint", "use"]

LENGTH = 10
"""Characters of a code that is minted: 50 bits, and still copied by hand."""


def mint(
    session: Session,
    who: int | None,
    call: str,
    until: datetime,
    uses: int,
    now: datetime,
    token: Callable[[], str],
) -> str | Trouble:
    """A fresh code that reopens `call` until a moment for `uses` people. `token` gives the randomness."""
    if session.get(CallRow, call) is None:
        return Trouble.UNKNOWN
    if until <= now:
        return Trouble.PAST
    if uses < 1:
        return Trouble.USES
    code = readable(token(), LENGTH)
    make(session, code, call, until, uses)
    organizers.record(session, who, "late_code", call, now, until=until.isoformat(), uses=uses)
    return code


def make(session: Session, code: str, call: str, until: datetime, uses: int) -> None:
    """Let `code` reopen `call` until a moment for `uses` people."""
    session.add(LateCodeRow(code=hashed(code.upper()), call=call, until=until, uses_left=uses))


def use(session: Session, person: int, code: str, at: datetime) -> datetime | None:
    """Reopen the code's call for this person; until when, or None when the code is no good (any more)."""
    code = code.strip().upper()
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
