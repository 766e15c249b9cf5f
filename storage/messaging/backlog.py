"""How much waits to be sent: for the service's metrics."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, literal
from sqlmodel import Session, col, select

from dialogs.domain.notice import DeliveryState, NoticeState
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice

__all__ = ["MANY", "backlog"]

MANY = 100_000
"""Beyond this nobody needs to know how many more."""


def backlog(session: Session, now: datetime) -> int:
    """Letters that are due and not sent, of announcements that are being sent; MANY when there are more."""
    due = (
        select(literal(1))
        .select_from(Delivery)
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .where(col(Notice.state) == NoticeState.RUNNING.value)
        .where(col(Delivery.state) == DeliveryState.PLANNED.value, col(Delivery.due) <= now)
        .limit(MANY)
        .subquery()
    )
    return session.exec(select(func.count()).select_from(due)).one()
