"""One contact: found, shown, corrected, put into groups, removed, merged with another. Each deed has a line in the log,
which names the contact by its number: whoever is removed is named nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dialogs.domain.organizers.contacts import ContactCard
from dialogs.text.normalize import normalize
from storage.contacts.contacts import FIELDS, Contact, folded, is_one_of, key_of
from storage.engine import sealing
from storage.organizers import organizers
from storage.people.token_hash import hashed
from storage.tables import ContactGroupRow, ContactRow, UnwantedContactRow, find_country

__all__ = ["change", "find", "get", "groups", "merge", "regroup", "remove"]

FOUND = 20
"""Contacts that a search shows."""


def find(session: Session, text: str, limit: int = FOUND, group: str = "") -> list[ContactCard]:
    """Contacts in whose name, organisation or address all of these words stand, in any case; or one by its number."""
    query = select(ContactRow).order_by(col(ContactRow.id))
    if group:
        query = query.where(col(ContactRow.id).in_(_members(group)))
    words = (normalize(text) if "@" not in text else text.casefold()).split()
    if text.strip().lstrip("#").isdigit():
        query = query.where(ContactRow.id == int(text.strip().lstrip("#")))
    elif sealing.is_sealing():
        return [_card(session, row) for row in islice(_having(session, query, words), limit)]
    else:
        for word in words:
            query = query.where(col(ContactRow.folded).contains(word, autoescape=True))
    return [_card(session, row) for row in session.exec(query.limit(limit))]


def _having(session: Session, query: SelectOfScalar[ContactRow], words: Sequence[str]) -> Iterator[ContactRow]:
    """Those in which all of these words stand, where the database cannot read them: a thousand at a time in memory."""
    found = (row for row in session.exec(query.execution_options(yield_per=1000)))
    return (row for row in found if all(word in row.folded for word in words))


def get(session: Session, id: int) -> ContactCard | None:
    row = session.get(ContactRow, id)
    return _card(session, row) if row is not None else None


def groups(session: Session) -> dict[str, int]:
    """Each group with how many contacts are in it."""
    query = select(ContactGroupRow.name, func.count()).group_by(ContactGroupRow.name).order_by(ContactGroupRow.name)
    return dict(session.exec(query).all())


def change(session: Session, who: int | None, id: int, said: Mapping[str, str], now: datetime) -> str:
    """Correct fields of a contact. Returns why it was not done: `gone`, `nobody` (nothing would be left to know them
    by), `twice` (another contact has this address); "" when it was.
    """
    row = session.get(ContactRow, id, with_for_update=True)
    if row is None:
        return "gone"
    after = Contact(**{name: said.get(name, getattr(row, name)) for name in FIELDS})
    if not (after.email or after.name or after.organisation):
        return "nobody"
    other = session.exec(select(ContactRow.id).where(is_one_of([key_of(after)]))).first()
    if other not in (None, id):
        return "twice"
    for name in FIELDS:
        setattr(row, name, getattr(after, name))
    row.key, row.folded = key_of(after), folded(after)
    _by_hand(row)
    _settle(session, row)
    organizers.record(session, who, "contact_changed", f"#{id}", now, fields=sorted(said))
    return ""


def regroup(
    session: Session, who: int | None, id: int, into: Iterable[str], out_of: Iterable[str], now: datetime
) -> bool:
    """Put a contact into groups, and take it out of others. False: there is none."""
    if session.get(ContactRow, id) is None:
        return False
    for name in out_of:
        session.execute(delete(ContactGroupRow).where(_is(name, id)))
    for name in into:
        session.merge(ContactGroupRow(name=name, contact_id=id))
    session.flush()
    organizers.record(session, who, "contact_changed", f"#{id}", now, fields=["groups"])
    return True


def remove(session: Session, who: int | None, id: int, now: datetime) -> bool:
    """Remove a contact for good: a hash stays, so that the next list does not bring them back. False: there is none."""
    row = session.get(ContactRow, id, with_for_update=True)
    if row is None:
        return False
    session.merge(UnwantedContactRow(key=hashed(row.key)))
    person = row.person_id
    session.delete(row)
    session.flush()
    if person is not None:
        find_country(session.connection(), person)
    organizers.record(session, who, "contact_removed", f"#{id}", now)
    return True


def merge(session: Session, who: int | None, id: int, other: int, now: datetime) -> str:
    """Make two contacts one, under the first's number: it keeps what it says, and takes from the other what it lacks.

    Returns why it was not done: `gone`, `same`, `two_people` (each followed a link of their own); "" when it was. The
    other's personal link leads nowhere from then on, unless it was the one that was followed.
    """
    first, second = (session.get(ContactRow, each, with_for_update=True) for each in (id, other))
    if first is None or second is None:
        return "gone"
    if id == other:
        return "same"
    if first.person_id is not None and second.person_id is not None and first.person_id != second.person_id:
        return "two_people"
    taken = {name: getattr(second, name) for name in FIELDS}
    person, started, token = second.person_id, second.started, second.token
    named = set(session.exec(select(ContactGroupRow.name).where(ContactGroupRow.contact_id == other)))
    session.delete(second)
    session.flush()
    for name, value in taken.items():
        setattr(first, name, getattr(first, name) or value)
    if first.person_id is None and person is not None:
        first.person_id, first.started, first.token = person, started, token
    first.key, first.folded = key_of(_said(first)), folded(first)
    _by_hand(first)
    for name in named:
        session.merge(ContactGroupRow(name=name, contact_id=id))
    _settle(session, first)
    organizers.record(session, who, "contact_merged", f"#{id}", now, other=other)
    return ""


def _by_hand(row: ContactRow) -> None:
    """What somebody corrected is theirs: no import takes it back."""
    row.source, row.changed_in, row.before = "", "", None


def _said(row: ContactRow) -> Contact:
    return Contact(**{name: getattr(row, name) for name in FIELDS})


def _settle(session: Session, row: ContactRow) -> None:
    session.add(row)
    session.flush()
    if row.person_id is not None:
        find_country(session.connection(), row.person_id)


def _members(group: str) -> Any:
    return select(ContactGroupRow.contact_id).where(ContactGroupRow.name == group)


def _is(name: str, id: int) -> ColumnElement[bool]:
    return and_(col(ContactGroupRow.name) == name, col(ContactGroupRow.contact_id) == id)


def _card(session: Session, row: ContactRow) -> ContactCard:
    named = select(ContactGroupRow.name).where(ContactGroupRow.contact_id == row.id).order_by(ContactGroupRow.name)
    said = {name: getattr(row, name) for name in FIELDS}
    return ContactCard(row.id or 0, **said, groups=tuple(session.exec(named)), started=row.person_id is not None)
