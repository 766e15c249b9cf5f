"""Whom an announcement may have reached or not: what a crash of the courier leaves."""

from __future__ import annotations

from sqlmodel import Session, select

from dialogs.domain.notice import DeliveryState
from storage.messaging.deliveries import Delivery

__all__ = ["doubtful"]


def doubtful(session: Session, notice: int) -> set[int]:
    """The persons of whom it is not known whether they got it."""
    uncertain = (Delivery.notice_id == notice, Delivery.state == DeliveryState.UNCERTAIN.value)
    return set(session.exec(select(Delivery.person_id).where(*uncertain)))
