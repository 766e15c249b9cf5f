"""What a turn looks at before it takes an event: who is at the address, whose row it locks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Session

from storage.engine.prepared import execute, table_of
from storage.tables import AccountRow, PersonRow

__all__ = ["account", "known"]

ACCOUNTS, PEOPLE = table_of(AccountRow), table_of(PersonRow)
HERE = (ACCOUNTS.c.channel == bindparam("channel"), ACCOUNTS.c.address == bindparam("address"))

KNOWN = (
    select(PEOPLE, ACCOUNTS.c.reachable)
    .join(ACCOUNTS, ACCOUNTS.c.person_id == PEOPLE.c.id)
    .where(*HERE)
    .with_for_update(of=PEOPLE)
)
ACCOUNT = select(ACCOUNTS).where(*HERE)


def known(session: Session, channel: str, address: str, language: str | None, name: str) -> int | None:
    """The person at an address, whose row is ours until the transaction ends; None where there is more to it: nobody
    is known there, they became somebody else or were forgotten, or the app says something new of them.
    """
    row = execute(session, KNOWN, {"channel": channel, "address": address}).one_or_none()
    if row is None or row.merged_into is not None or row.forgotten or not row.reachable:
        return None
    news = (name and name != row.name) or (language and not row.language_chosen and language != row.language)
    return None if news else int(row.id)


def account(session: Session, channel: str, address: str) -> Row[Any] | None:
    """What is known of an address as of now."""
    return execute(session, ACCOUNT, {"channel": channel, "address": address}).one_or_none()
