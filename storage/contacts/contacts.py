"""Contacts: kept from lists, linked to the people who follow their links, and erased with them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, delete, insert, type_coerce
from sqlmodel import Session, col, select

from dialogs.domain.effects import Invited
from dialogs.text.normalize import normalize
from storage.engine import sealing
from storage.people.token_hash import hashed
from storage.tables import ContactGroupRow, ContactRow, UnwantedContactRow, find_country

__all__ = [
    "FIELDS",
    "Contact",
    "Tally",
    "every",
    "folded",
    "forget",
    "is_one_of",
    "keep",
    "key_of",
    "known",
    "take",
    "weigh",
]

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


def is_one_of(keys: Iterable[str]) -> ColumnElement[bool]:
    """That a contact has one of these keys, however it is kept."""
    return type_coerce(col(ContactRow.key), String).in_([kept for key in keys for kept in sealing.spellings(key)])


def keep(session: Session, contacts: Iterable[Contact], now: datetime, *, source: str = "", group: str = "") -> Tally:
    """Keep contacts, each once. What a list leaves empty does not erase what an earlier one said, nor does what it says
    less well. `source`: the import, which can be undone; `group`: they are all in it from now on.
    """
    wanted = {key_of(contact): contact for contact in contacts}
    unwanted = _unwanted(session, wanted)
    known = {row.key: row for row in session.exec(select(ContactRow).where(is_one_of(wanted)))}
    fresh = [key for key in wanted if key not in known and key not in unwanted]
    if fresh:
        session.execute(insert(ContactRow), [_row(key, wanted[key], now, source) for key in fresh])
    changed = [row for key, row in known.items() if _change(row, wanted[key], source)]
    session.flush()
    for row in changed:
        if row.person_id is not None:
            find_country(session.connection(), row.person_id)
    if group:
        _into(session, group, [key for key in wanted if key not in unwanted])
    return Tally(len(fresh), len(changed), len(known) - len(changed), len(unwanted))


def _unwanted(session: Session, keys: Iterable[str]) -> set[str]:
    """Those of the keys whose people asked to be forgotten."""
    hashes = {hashed(key): key for key in keys}
    there = session.exec(select(UnwantedContactRow.key).where(col(UnwantedContactRow.key).in_(list(hashes))))
    return {hashes[found] for found in there}


def weigh(session: Session, contacts: Iterable[Contact]) -> Tally:
    """What `keep` would do to these contacts; nothing is written."""
    wanted = {key_of(contact): contact for contact in contacts}
    unwanted = _unwanted(session, wanted)
    known = {row.key: row for row in session.exec(select(ContactRow).where(is_one_of(wanted)))}
    fresh = sum(key not in known and key not in unwanted for key in wanted)
    changed = sum(bool(_better(row, wanted[key])) for key, row in known.items())
    return Tally(fresh, changed, len(known) - changed, len(unwanted))


def _into(session: Session, group: str, keys: Iterable[str]) -> None:
    """Put contacts into a group."""
    query = select(ContactRow.id).where(is_one_of(keys))
    wanted = [id for id in session.exec(query).all() if id is not None]
    there = select(ContactGroupRow.contact_id).where(ContactGroupRow.name == group)
    members = session.exec(there.where(col(ContactGroupRow.contact_id).in_(wanted))).all()
    session.add_all(ContactGroupRow(name=group, contact_id=id) for id in sorted(set(wanted) - set(members)))
    session.flush()


def _row(key: str, contact: Contact, now: datetime, source: str) -> dict[str, Any]:
    said = {name: getattr(contact, name) for name in FIELDS}
    more = {"folded": folded(contact), "source": source, "changed_in": ""}
    return {"key": key, **said, **more, "token": secrets.token_urlsafe(TOKEN_BYTES), "imported": now}


def folded(said: Contact | ContactRow) -> str:
    """What a contact is found by."""
    return f"{normalize(f'{said.name} {said.organisation}')} {said.email.casefold()}"


def _change(row: ContactRow, contact: Contact, source: str) -> bool:
    better = _better(row, contact)
    if not better:
        return False
    row.before = {name: getattr(row, name) for name in better}
    row.changed_in = source
    for name, value in better.items():
        setattr(row, name, value)
    row.folded = folded(row)
    return True


def _better(row: ContactRow, contact: Contact) -> dict[str, str]:
    """What a list says anew of somebody who is known."""
    said = {name: getattr(contact, name) for name in FIELDS}
    return {name: value for name, value in said.items() if value and not _is_no_better(name, value, getattr(row, name))}


def _is_no_better(name: str, value: str, before: str) -> bool:
    """The same, or the same less well: with letters lost, without its accents, in capitals, cut short."""
    if value == before or (name == "email" and value.casefold() == before.casefold()):
        return True
    if not before or name not in ("name", "organisation"):
        return False
    if _is_damaged(value):
        return True
    if normalize(value) == normalize(before):
        return _worth(value) <= _worth(before)
    return normalize(before).startswith(f"{normalize(value).rstrip('.')} ") or _is_cut(value, before)


def _worth(text: str) -> tuple[bool, int]:
    """How well a name is written: in both cases where its script has two, with its accents."""
    mixed = not (text.isupper() or text.islower())
    return mixed, sum(not character.isascii() for character in text)


def _is_cut(value: str, before: str) -> bool:
    """Cut off in the middle of a word, as columns of a fixed width do."""
    return len(value) >= CUT_FROM and normalize(before).startswith(normalize(value))


CUT_FROM = 15
"""Characters from which on the beginning of a name is taken for a name that was cut off."""


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
