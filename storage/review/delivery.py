"""News of a review, put into the ledger for one person: it reaches them once, by message or on their page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from dialogs.domain.notice import DeliveryState, NoticeKind
from storage.announcements import audiences
from storage.messaging import notices
from storage.messaging.deliveries import Delivery

__all__ = ["deliver", "was_sent"]


def deliver(session: Session, kind: NoticeKind, about: str, readers: Iterable[int | None], now: datetime) -> None:
    """Tell these people; nobody is told where nobody is left to be told."""
    known = [person for person in readers if person is not None]
    if known:
        audiences.add(session, notices.service(session, kind, about, now), known, now)


def was_sent(session: Session, kind: NoticeKind, about: str, person: int) -> bool:
    """Whether this person has read such news, or may have."""
    sent = select(Delivery.id).join(notices.Notice, col(notices.Notice.id) == col(Delivery.notice_id))
    sent = sent.where(notices.Notice.key == f"{kind.value}:{about}", Delivery.person_id == person)
    arrived = (DeliveryState.GOING.value, DeliveryState.SENT.value, DeliveryState.UNCERTAIN.value)
    return session.exec(sent.where(col(Delivery.state).in_(arrived))).first() is not None
