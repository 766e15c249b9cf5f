"""People as channels know them: met, joined, reached."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import AccountRow, PersonRow

__all__ = [
    "address",
    "arrive",
    "last_message",
    "lock",
    "merged",
    "name",
    "note_message",
    "offered_buttons",
    "person_at",
    "reachable",
]


def arrive(
    session: Session, channel: str, address: str, *, language: str | None = None, name: str = "", now: datetime
) -> int:
    """The person at this address, who is made at first contact; their row is ours until the turn ends.

    Two first contacts at the same moment collide on the account's key; the one that lost is done again and
    finds the person the other one made.
    """
    account = session.get(AccountRow, (channel, address))
    if account is None:
        return _met(session, channel, address, language or "en", name, now)
    person = session.exec(select(PersonRow).where(PersonRow.id == account.person_id).with_for_update()).one()
    person.seen = now
    person.name = name or person.name
    if language and not person.language_chosen:
        person.language = language
    if not account.reachable:
        account.reachable = True
    session.flush()
    return account.person_id


def name(session: Session, person: int | None) -> str:
    """What somebody is called; empty when we do not know, or know nobody."""
    row = session.get(PersonRow, person) if person is not None else None
    return row.name if row is not None else ""


def lock(session: Session, person: int) -> None:
    """Make a person's row ours until the transaction ends: nobody else takes a turn of theirs meanwhile."""
    session.exec(select(PersonRow.id).where(PersonRow.id == person).with_for_update()).one()


def offered_buttons(session: Session, channel: str, since: datetime, until: datetime) -> list[int]:
    """Who was last heard of between two moments, has buttons in a channel, and can be reached there."""
    found = (
        select(PersonRow.id)
        .join(AccountRow, col(AccountRow.person_id) == col(PersonRow.id))
        .where(AccountRow.channel == channel, col(AccountRow.reachable), col(AccountRow.last_message).is_not(None))
        .where(col(PersonRow.seen) >= since, col(PersonRow.seen) <= until)
    )
    return [id for id in session.exec(found) if id is not None]


def _met(session: Session, channel: str, address: str, language: str, name: str, now: datetime) -> int:
    person = PersonRow(language=language, name=name, created=now, seen=now)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(AccountRow(channel=channel, address=address, person_id=person.id))
    session.flush()
    return person.id


def merged(session: Session, person: int) -> int:
    """Who this person is now: somebody else after their apps were joined."""
    row = session.get(PersonRow, person)
    return row.merged_into if row is not None and row.merged_into is not None else person


def address(session: Session, person: int, channel: str) -> str | None:
    """Where a person is reached in a channel; None when they never were there, or asked to be forgotten."""
    accounts = select(AccountRow).where(AccountRow.person_id == person, AccountRow.channel == channel)
    account = session.exec(accounts.order_by(col(AccountRow.address))).first()
    return account.address if account else None


def person_at(session: Session, channel: str, address: str) -> int | None:
    """Who is at an address, without making anybody."""
    account = session.get(AccountRow, (channel, address))
    return account.person_id if account else None


def reachable(session: Session, channel: str, address: str, is_reachable: bool) -> None:
    """Remember whether messages to this address arrive (somebody blocked us, or came back)."""
    account = session.get(AccountRow, (channel, address))
    if account is not None:
        account.reachable = is_reachable


def last_message(session: Session, channel: str, address: str) -> int | None:
    """The channel's id of the message that bears the newest keyboard at this address."""
    account = session.get(AccountRow, (channel, address))
    return account.last_message if account else None


def note_message(session: Session, channel: str, address: str, message: int | None) -> None:
    """Remember which message bears the newest keyboard."""
    account = session.get(AccountRow, (channel, address))
    if account is not None:
        account.last_message = message
