"""A letter that was sent and came back: its delivery failed after all, and its address is not written to any more."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from dialogs.domain.notice import Cause, DeliveryState
from storage.mail import mailboxes
from storage.messaging import letter_ids
from storage.people.token_hash import hashed
from storage.tables import LetterTokenRow

__all__ = ["take"]

PASSING = (Cause.UNREACHABLE, Cause.REFUSED)
"""Causes that say nothing against the address: a full mailbox, a filter that did not like the letter."""


def take(session: Session, token: str, message_id: str, cause: Cause, now: datetime) -> bool:
    """Note that a letter came back.

    False: no letter of ours carried this secret and this Message-ID, or this letter was noted already.
    """
    row = session.get(LetterTokenRow, hashed(token))
    delivery = letter_ids.find(session, message_id) if row is not None else None
    if row is None or delivery is None or delivery.person_id != row.person_id:
        return False
    if delivery.state != DeliveryState.SENT.value:
        return False
    delivery.state, delivery.cause, delivery.settled = DeliveryState.FAILED.value, cause.value, now
    if cause not in PASSING:
        mailboxes.bounced(session, row.address)
    session.flush()
    return True
