"""What a turn looks at before it takes an event: who is at the address, and whether the update was handled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlmodel import Session

from storage.engine.prepared import execute, table_of
from storage.tables import AccountRow, HandledRow, PersonRow

__all__ = ["Found", "account", "known", "look"]

ACCOUNTS, PEOPLE, HANDLED = table_of(AccountRow), table_of(PersonRow), table_of(HandledRow)
HERE = (ACCOUNTS.c.channel == bindparam("channel"), ACCOUNTS.c.address == bindparam("address"))

KNOWN = (
    select(PEOPLE, ACCOUNTS.c.reachable)
    .join(ACCOUNTS, ACCOUNTS.c.person_id == PEOPLE.c.id)
    .where(*HERE)
    .with_for_update(of=PEOPLE)
)
ACCOUNT = select(ACCOUNTS).where(*HERE)
MARK = and_(
    HANDLED.c.channel == ACCOUNTS.c.channel,
    HANDLED.c.update_id == bindparam("update"),
    HANDLED.c.person_id == bindparam("person"),
)
LOOK = select(ACCOUNTS, HANDLED.c.update_id, HANDLED.c.screens).outerjoin(HANDLED, MARK).where(*HERE)


@dataclass(frozen=True, slots=True)
class Found:
    """Whether an update was handled, with those of its screens that have not been shown; and the account's row."""

    handled: bool
    screens: str | None
    account: Row[Any]


def known(session: Session, channel: str, address: str, language: str | None, name: str) -> int | None:
    """The person at an address, whose row is ours until the transaction ends; None where there is more to it: nobody
    is known there, they became somebody else or were forgotten, or the app says something new of them.
    """
    row = execute(session, KNOWN, {"channel": channel, "address": address}).one_or_none()
    if row is None or row.merged_into is not None or row.forgotten or not row.reachable:
        return None
    news = (name and name != row.name) or (language and not row.language_chosen and language != row.language)
    return None if news else int(row.id)


def look(session: Session, channel: str, address: str, update_id: str, person: int) -> Found:
    """What is known of an update and of its address, after the person's row was locked."""
    named = {"channel": channel, "address": address, "update": update_id, "person": person}
    row = execute(session, LOOK, named).one()
    return Found(row.update_id is not None, row.screens, row)


def account(session: Session, channel: str, address: str) -> Row[Any] | None:
    """What is known of an address as of now."""
    return execute(session, ACCOUNT, {"channel": channel, "address": address}).one_or_none()
