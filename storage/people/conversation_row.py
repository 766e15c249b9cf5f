"""All that nearly every step looks at, in one row: the person, their drafts with the answers, the calls.

With an update of theirs, its mark and their account stand in the same row. It is one statement, after the person's row
was locked: on PostgreSQL a statement sees what was committed before it began, so one that waited for the lock itself
would see the rest as it was before the wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, select
from sqlmodel import Session

from storage.calls import calls
from storage.engine.prepared import execute, table_of
from storage.entries import answers, drafts
from storage.organizers import organizers
from storage.tables import (
    AccountRow,
    ContactRow,
    EntryRow,
    HandledRow,
    HandOverRow,
    NamedOrganizerRow,
    OrganizerRow,
    PersonRow,
)

__all__ = ["FIELDS", "Arrived", "arrived", "of_person"]

FIELDS = (
    *("language", "language_chosen", "zone", "consent", "reminders", "access", "name", "news"),
    *("snoozed", "declined_call"),
)
"""What a person's row and `conversation.Person` have in common."""

PEOPLE, ORGANIZERS, NAMED = table_of(PersonRow), table_of(OrganizerRow), table_of(NamedOrganizerRow)
ACCOUNTS, ENTRIES, CONTACTS = table_of(AccountRow), table_of(EntryRow), table_of(ContactRow)
HAND_OVERS, HANDLED = table_of(HandOverRow), table_of(HandledRow)
THEIRS = ACCOUNTS.alias("their_accounts")

WHO = PEOPLE.outerjoin(ORGANIZERS, ORGANIZERS.c.person_id == PEOPLE.c.id)
HERE = and_(ACCOUNTS.c.channel == bindparam("channel"), ACCOUNTS.c.address == bindparam("address"))
MARK = and_(
    HANDLED.c.channel == ACCOUNTS.c.channel,
    HANDLED.c.update_id == bindparam("update"),
    HANDLED.c.person_id == bindparam("person"),
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Whether an update was handled, with those of its screens that have not been shown. `row`: the account's, with all
    that `of_person` finds.
    """

    handled: bool
    screens: str | None
    row: Row[Any]


def of_person(session: Session, person: int) -> Row[Any]:
    """A person with what is theirs, and which of the things that few people have: only those are looked up."""
    return execute(session, _of_person(session.get_bind().dialect.name), {"person": person}).one()


def arrived(session: Session, channel: str, address: str, update_id: str, person: int) -> Arrived:
    """The same with what is known of an update and of its address, after the person's row was locked."""
    named = {"channel": channel, "address": address, "update": update_id, "person": person}
    row = execute(session, _arrived(session.get_bind().dialect.name), named).one()
    return Arrived(row.update_id is not None, row.screens, row)


@cache
def _of_person(dialect: str) -> Select[Any]:
    return select(*_columns(dialect)).select_from(WHO).where(PEOPLE.c.id == bindparam("person"))


@cache
def _arrived(dialect: str) -> Select[Any]:
    here = WHO.join(ACCOUNTS, HERE).outerjoin(HANDLED, MARK)
    found = select(*ACCOUNTS.c, HANDLED.c.update_id, HANDLED.c.screens, *_columns(dialect))
    return found.select_from(here).where(PEOPLE.c.id == bindparam("person"))


def _columns(dialect: str) -> list[Any]:
    is_named = (
        exists()
        .where(THEIRS.c.person_id == PEOPLE.c.id, THEIRS.c.channel == organizers.CHANNEL)
        .where(THEIRS.c.address == NAMED.c.address)
    )
    return [
        *(PEOPLE.c[name] for name in FIELDS),
        PEOPLE.c.state,
        ORGANIZERS.c.role,
        is_named.label("is_named"),
        exists().where(ENTRIES.c.person_id == PEOPLE.c.id).label("has_entries"),
        exists().where(CONTACTS.c.person_id == PEOPLE.c.id).label("is_contact"),
        exists().where(HAND_OVERS.c.colleague == PEOPLE.c.id, ~HAND_OVERS.c.revoked).label("is_colleague"),
        *(rows.column(dialect) for rows in (drafts.OF_PERSON, answers.OF_PERSON, calls.FOR_PERSON)),
    ]
