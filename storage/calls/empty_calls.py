"""Calls in which nobody has begun anything: only those can be deleted, or have another code."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from dialogs.domain.organizers.calls import Trouble, is_code
from storage.organizers import organizers
from storage.tables import CallRow, DraftRow, EntryVersionRow, LateCodeRow, LateUseRow, PersonRow, ReportTextRow

__all__ = ["remove", "rename"]


def remove(session: Session, who: int | None, code: str, now: datetime) -> Trouble | None:
    """Delete a call, and its late codes with it. The call of the year makes itself again, as it usually is."""
    row = _empty(session, code)
    if isinstance(row, Trouble):
        return row
    for table in (LateCodeRow, LateUseRow, ReportTextRow):
        session.execute(delete(table).where(col(table.call) == code))
    session.delete(row)
    organizers.record(session, who, "call_deleted", code, now)
    return None


def rename(session: Session, who: int | None, code: str, to: str, now: datetime) -> Trouble | None:
    """Give a call another code; its late codes go on being good."""
    if not is_code(to):
        return Trouble.BAD_CODE
    row = _empty(session, code)
    if isinstance(row, Trouble):
        return row
    if session.get(CallRow, to) is not None:
        return Trouble.EXISTS
    session.add(CallRow(**{**row.model_dump(), "code": to}))
    session.flush()
    for table in (LateCodeRow, LateUseRow, ReportTextRow):
        session.execute(update(table).where(col(table.call) == code).values(call=to))
    session.execute(update(PersonRow).where(col(PersonRow.declined_call) == code).values(declined_call=to))
    session.delete(row)
    organizers.record(session, who, "call_renamed", code, now, to=to)
    return None


def _empty(session: Session, code: str) -> CallRow | Trouble:
    """The call, locked; what keeps it as it is, when there is something."""
    row = session.exec(select(CallRow).where(CallRow.code == code).with_for_update()).one_or_none()
    if row is None:
        return Trouble.UNKNOWN
    drafts = select(DraftRow.id).where(DraftRow.call == code).limit(1)
    sent = select(EntryVersionRow.reference).where(EntryVersionRow.call == code).limit(1)
    taken = row.last_number or session.exec(drafts).first() or session.exec(sent).first()
    return Trouble.NOT_EMPTY if taken else row
