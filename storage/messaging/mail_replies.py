"""Answers by mail, on their way to the help desk."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from dialogs.domain.channels import MAIL
from storage.messaging import inbox, letter_ids
from storage.organizers import organizers
from storage.people import people
from storage.tables import AccountRow, PersonRow
from storage.updates import processed_updates

__all__ = ["take"]


def take(session: Session, answers: str, writer: str, text: str, id: str, now: datetime) -> bool:
    """Pass an answer on. `answers` holds the ids of the letters that it answers, `writer` the address that it claims to
    come from, `id` its own.

    False: it answers no letter of ours, or of somebody who may do more than others (they come by their own way), or it
    is too much for a day: nothing is noted. The same answer twice is one.
    """
    delivery = letter_ids.find(session, answers)
    person = session.get(PersonRow, delivery.person_id) if delivery is not None else None
    if person is None or person.id is None or person.forgotten or organizers.role_of(session, person.id) is not None:
        return False
    people.lock(session, person.id)
    key = f"{person.id}:{id}"[:300]
    if processed_updates.find(session, MAIL, key) is not None:
        return True
    if not inbox.receive(session, person.id, _with_writer(session, person.id, writer, text), now, now):
        return False
    return processed_updates.first_time(session, MAIL, key, now)


def _with_writer(session: Session, person: int, writer: str, text: str) -> str:
    """An answer from another address than letters go to says so: somebody may have been sent a copy."""
    account = session.get(AccountRow, (MAIL, writer))
    return text if account is not None and account.person_id == person else f"<{writer}>\n{text}"
