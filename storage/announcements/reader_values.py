"""What the fields of an announcement (`dialogs.domain.announcements.fields`) say to one reader: nothing of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from dialogs.domain.announcements.fields import LINK
from storage.calls import calls
from storage.tables import AnswerRow, ContactRow, DraftRow, EntryRow, PersonRow

__all__ = ["values_of"]


def values_of(session: Session, person: int, now: datetime) -> Mapping[str, str]:
    """Each field's value; empty where it is not known."""
    call = calls.current(session, now)
    days = (call.closes - now).days if call.opens <= now <= call.closes else None
    return {
        "name": _name(session, person),
        "title": _title(session, person, call.code),
        "days": "" if days is None else str(days),
        "link": LINK,
    }


def _name(session: Session, person: int) -> str:
    """As they wrote it last; else as a list of contacts has it; else as their app calls them."""
    told = _answers(session, person, "contact_name")
    listed = select(ContactRow.name).where(ContactRow.person_id == person, col(ContactRow.name) != "")
    return (
        told
        or session.exec(listed.order_by(col(ContactRow.started).desc()).limit(1)).first()
        or session.exec(select(PersonRow.name).where(PersonRow.id == person)).first()
        or ""
    )


def _title(session: Session, person: int, call: str) -> str:
    """Of what they have in this call, the newest; else of their newest entry."""
    here = _answers(session, person, "title", call)
    sent = select(EntryRow.title).where(EntryRow.person_id == person).order_by(col(EntryRow.submitted).desc())
    return here or session.exec(sent.limit(1)).first() or ""


def _answers(session: Session, person: int, key: str, call: str | None = None) -> str:
    """Their newest answer under a key that is a text; of a call alone, when one is given."""
    query = (
        select(AnswerRow.value)
        .join(DraftRow, col(DraftRow.id) == col(AnswerRow.draft_id))
        .where(DraftRow.person_id == person, col(DraftRow.discarded).is_(None), AnswerRow.key == key)
        .order_by(col(AnswerRow.at).desc())
        .limit(1)
    )
    value = session.exec(query if call is None else query.where(DraftRow.call == call)).first()
    return value if isinstance(value, str) else ""
