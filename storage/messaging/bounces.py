"""A letter that was sent and came back: its delivery failed after all, and its address is not written to any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, select

from dialogs.domain.channels import MAIL
from dialogs.domain.notice import Cause, DeliveryState
from storage.messaging import mailboxes
from storage.messaging.deliveries import Delivery
from storage.people.token_hash import hashed
from storage.tables import LetterTokenRow

__all__ = ["take"]

PASSING = (Cause.UNREACHABLE, Cause.REFUSED)
"""Causes that say nothing against the address: a full mailbox, a filter that did not like the letter."""


def take(
    session: Session, token: str, message_id: str, cause: Cause, now: datetime, id_of: Callable[[int, int, str], str]
) -> bool:
    """Note that a letter came back. `id_of` makes the Message-ID of a notice, a delivery and an address.

    False: no letter of ours carried this secret, or this letter was noted already.
    """
    row = session.get(LetterTokenRow, hashed(token))
    if row is None:
        return False
    sent = select(Delivery).where(Delivery.person_id == row.person_id, Delivery.channel == MAIL)
    for delivery in session.exec(sent.where(Delivery.state == DeliveryState.SENT.value)).all():
        if id_of(delivery.notice_id, delivery.id or 0, row.address) == message_id:
            delivery.state, delivery.cause, delivery.settled = DeliveryState.FAILED.value, cause.value, now
            if cause not in PASSING:
                mailboxes.bounced(session, row.address)
            session.flush()
            return True
    return False
