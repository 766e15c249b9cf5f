"""What pages show of their own accord: in a browser nobody can be written to, so each page looks what it has missed."""

from __future__ import annotations

from sqlmodel import Session, col, select

from dialogs.domain.notice import NoticeKind
from storage.announcements import audiences
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.reminders import deadline_notices
from storage.tables import PersonRow

__all__ = ["SHOWN", "tell", "untold"]

ADDRESSED = (
    *(NoticeKind.LETTER, NoticeKind.APPROVAL, NoticeKind.SENT_BACK, NoticeKind.HELD, NoticeKind.STALE),
    *(NoticeKind.REVIEW_ASKED, NoticeKind.REVIEW_DUE, NoticeKind.REVIEW_DONE, NoticeKind.REVIEW_DECIDED),
    *(NoticeKind.REVIEW_SAID, NoticeKind.REVIEW_WITHDRAWN, NoticeKind.REVIEW_ASSIGNED),
    NoticeKind.FOLLOWED,
    NoticeKind.STILL_TRUE,
    NoticeKind.REPORT,
)
"""Notices to a few people, whose names stand in the ledger."""

SHOWN = (NoticeKind.CALL, NoticeKind.ANSWER, *ADDRESSED)
"""Notices that pages show, to those whom no message can reach."""


def untold(session: Session, person: int) -> list[Notice]:
    """What this person's pages have not looked at yet, oldest first. Answers of the help desk keep their own mark."""
    row = session.get(PersonRow, person)
    after = row.news_seen if row is not None else 0
    of_calls = select(Notice).where(Notice.kind == NoticeKind.CALL.value, col(Notice.id) > after)
    addressed = (
        select(Notice)
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(Delivery.person_id == person, col(Notice.id) > after)
        .where(col(Notice.kind).in_([kind.value for kind in ADDRESSED]))
    )
    found = [*session.exec(of_calls), *session.exec(addressed)]
    return sorted(found, key=lambda notice: notice.id or 0)


def tell(session: Session, person: int) -> list[Notice]:
    """Those of them that this person's page has to show. Whoever gets messages has been told by one."""
    found = untold(session, person)
    if found:
        session.get_one(PersonRow, person).news_seen = found[-1].id or 0
    return [notice for notice in found if _is_for(session, notice, person)]


def _is_for(session: Session, notice: Notice, person: int) -> bool:
    if notice.kind == NoticeKind.CALL.value:
        return deadline_notices.is_for_a_page(session, notice, person)
    return not audiences.can_be_written_to(session, person)
