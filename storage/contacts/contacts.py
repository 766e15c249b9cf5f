"""Contacts: kept from lists, linked to the people who follow their links, and erased with them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from dialogs.domain.effects import Invited
from dialogs.text.normalize import normalize
from storage.people.token_hash import hashed
from storage.tables import ContactRow, UnwantedContactRow, find_country

__all__ = ["FIELDS", "Contact", "Tally", "every", "forget", "keep", "key_of", "known", "take"]

FIELDS = ("name", "organisation", "email", "country", "language", "kind")

TOKEN_BYTES = 16
"""Of randomness in a link: 22 characters; Telegram takes 64 of a payload."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody on a list. `country` is an ISO 3166-1 alpha-2 code, `language` BCP 47, `kind` an organisation's
    (`GOV`); what the list doesn't say is empty. There is an address, or else a name or an organisation.
    """

    name: str = ""
    organisation: str = ""
    email: str = ""
    country: str = ""
    language: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of contacts: how many are new, changed, as they were, and left out as they asked to be forgotten."""

    new: int = 0
    changed: int = 0
    same: int = 0
    unwanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        new, changed = self.new + other.new, self.changed + other.changed
        return Tally(new, changed, self.same + other.same, self.unwanted + other.unwanted)


def key_of(contact: Contact) -> str:
    """What makes two rows the same person: the address, whatever its case; without one, who and where they are."""
    if contact.email:
        return contact.email.casefold()
    return "|".join((normalize(contact.name), normalize(contact.organisation), contact.country))


def keep(session: Session, contacts: Iterable[Contact], now: datetime) -> Tally:
    """Keep contacts, each once. What a list leaves empty does not erase what an earlier one said."""
    wanted = {key_of(contact): contact for contact in contacts}
    unwanted = _unwanted(session, wanted)
    known = {row.key: row for row in session.exec(select(ContactRow).where(col(ContactRow.key).in_(list(wanted))))}
    fresh = [key for key in wanted if key not in known and key not in unwanted]
    if fresh:
        session.execute(insert(ContactRow), [_row(key, wanted[key], now) for key in fresh])
    changed = [row for key, row in known.items() if _change(row, wanted[key])]
    session.flush()
    for row in changed:
        if row.person_id is not None:
            find_country(session.connection(), row.person_id)
    return Tally(len(fresh), len(changed), len(known) - len(changed), len(unwanted))


def _unwanted(session: Session, keys: Iterable[str]) -> set[str]:
    """Those of the keys whose people asked to be forgotten."""
    hashes = {hashed(key): key for key in keys}
    there = session.exec(select(UnwantedContactRow.key).where(col(UnwantedContactRow.key).in_(list(hashes))))
    return {hashes[found] for found in there}


def _row(key: str, contact: Contact, now: datetime) -> dict[str, Any]:
    said = {name: getattr(contact, name) for name in FIELDS}
    return {"key": key, **said, "token": secrets.token_urlsafe(TOKEN_BYTES), "imported": now}


def _change(row: ContactRow, contact: Contact) -> bool:
    changed = False
    for name in FIELDS:
        value = getattr(contact, name)
        before = getattr(row, name)
        same_address = name == "email" and value.casefold() == before.casefold()
        if value and value != before and not same_address and not (before and _is_damaged(value)):
            setattr(row, name, value)
            changed = True
    return changed


def _is_damaged(value: str) -> bool:
    """Whether letters were lost where a list was saved in an encoding that lacks them: `Fran?ois`, `???? ???????`."""
    return "\ufffd" in value or re.search(r"\w\?\w|\?\?", value) is not None


def take(session: Session, person: int, token: str, at: datetime) -> Invited | None:
    """Follow a personal link: the contact is this person from now on.

    None when the link is unknown, or somebody else was first: a link that was passed on tells nothing of its owner.
    """
    row = session.exec(select(ContactRow).where(ContactRow.token == token).with_for_update()).first()
    if row is None or row.person_id not in (None, person):
        return None
    row.person_id, row.started = person, row.started or at
    session.flush()
    find_country(session.connection(), person)
    return Invited(row.name, row.language or None)


ANSWERS: Mapping[str, str] = {
    "contact_name": "name",
    "contact_email": "email",
    "org_name": "organisation",
    "org_country": "country",
    "org_type": "kind",
}
"""Questions that a list may know the answer to, and where it stands."""


def known(session: Session, person: int) -> dict[str, Any]:
    """Answers that a person's contact offers, by question; the newest contact's when they are on several lists."""
    rows = session.exec(select(ContactRow).where(ContactRow.person_id == person).order_by(col(ContactRow.started)))
    found: dict[str, Any] = {}
    for row in rows:
        found.update({question: value for question, name in ANSWERS.items() if (value := getattr(row, name))})
    return found


def every(session: Session, *, unstarted: bool = False) -> Iterator[ContactRow]:
    """All contacts in the order they came, or those who have not started; a thousand at a time in memory."""
    rows = select(ContactRow).order_by(col(ContactRow.id))
    if unstarted:
        rows = rows.where(col(ContactRow.person_id).is_(None))
    for row in session.exec(rows.execution_options(yield_per=1000)):
        yield row
        session.expunge(row)


def forget(session: Session, person: int) -> None:
    """Erase a person's contacts; of each a hash is left, so that the next list does not bring them back."""
    mine = col(ContactRow.person_id) == person
    for key in session.exec(select(ContactRow.key).where(mine)).all():
        session.merge(UnwantedContactRow(key=hashed(key)))
    session.execute(delete(ContactRow).where(mine))
