"""What waits for an organizer, counted: for the chat's menu, the console's first page, and the digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import PENDING, EntryState
from dialogs.domain.notice import NoticeKind, NoticeState
from dialogs.domain.organizers.overview import Waiting
from dialogs.domain.roles import Right, Role, may
from dialogs.questionnaire.facts import OFFICIAL
from storage.messaging import desk
from storage.messaging.notices import Notice, NoticeText
from storage.review import queue
from storage.tables import DraftRow, EntryRow, OrganizerMessageRow, PushRow

__all__ = ["waiting_for"]


def waiting_for(session: Session, person: int, role: Role | None, call: str, now: datetime) -> Waiting:
    """What waits for this organizer in this role."""
    entries = drafts = letters = free = asked = pending = undelivered = oldest = None
    if may(role, Right.CALLS):
        entries, drafts = _of_call(session, call)
    if may(role, Right.HELP):
        letters, oldest = _letters(session)
    if may(role, Right.REVIEW):
        by_state = queue.counts(session, person)
        free, asked = queue.waiting(session, person, now), by_state.get(EntryState.CHANGES_ASKED, 0)
        pending = sum(by_state.get(state, 0) for state in PENDING) if may(role, Right.DECIDE) else None
    if may(role, Right.DECIDE):
        dead = select(func.count()).select_from(PushRow).where(col(PushRow.state) == "dead")
        undelivered = session.exec(dead).one()
    is_translator = may(role, Right.TRANSLATE) and not may(role, Right.ANNOUNCE)
    untranslated = _untranslated(session) if is_translator else None
    return Waiting(entries, drafts, letters, oldest, free, asked, pending, undelivered, untranslated)


def _of_call(session: Session, call: str) -> tuple[int, int]:
    sent = select(func.count()).select_from(EntryRow).where(col(EntryRow.call) == call)
    unfinished = (
        select(func.count())
        .select_from(DraftRow)
        .where(
            col(DraftRow.call) == call,
            *(col(DraftRow.submitted).is_(None), col(DraftRow.corrects).is_(None), col(DraftRow.discarded).is_(None)),
        )
    )
    return session.exec(sent).one(), session.exec(unfinished).one()


def _untranslated(session: Session) -> int:
    """Drafts of announcements that have a text, and not in every language."""
    written = (
        select(NoticeText.notice_id)
        .join(Notice, col(Notice.id) == col(NoticeText.notice_id))
        .where(
            col(Notice.kind) == NoticeKind.ANNOUNCEMENT.value,
            *(col(Notice.state) == NoticeState.DRAFT.value, col(NoticeText.language).in_(OFFICIAL)),
        )
        .group_by(col(NoticeText.notice_id))
        .having(func.count() < len(OFFICIAL))
    )
    return session.exec(select(func.count()).select_from(written.subquery())).one()


def _letters(session: Session) -> tuple[int, datetime | None]:
    found = select(func.count(), func.min(col(OrganizerMessageRow.at))).where(desk.waits())
    number, oldest = session.exec(found).one()
    return number, oldest
