"""People as channels know them: met, joined, reached."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from storage.people import arrivals
from storage.people.state_codec import read_state
from storage.tables import AccountRow, PersonRow

__all__ = [
    "absorb",
    "account",
    "address",
    "address_book",
    "arrive",
    "empty",
    "language",
    "lock",
    "name",
    "offered_buttons",
    "person_at",
    "reachable",
    "state_of",
]

REMINDERS = ("all", "last", "none")
"""What people choose, from the most to the fewest."""


def arrive(
    session: Session, channel: str, address: str, *, language: str | None = None, name: str = "", now: datetime
) -> int:
    """The person at this address, who is made at first contact; their row is ours until the turn ends.

    Two first contacts at the same moment collide on the account's key; the one that lost is done again and
    finds the person the other one made. When somebody known was last `seen` is noted with their state.
    """
    known = arrivals.known(session, channel, address, language, name)
    if known is not None:
        return known
    account = session.get(AccountRow, (channel, address))
    person = _locked(session, account) if account is not None else None
    if account is None or person is None:
        return _met(session, channel, address, language or "en", name, now)
    session.info["person"] = person  # held until the turn ends: a session forgets rows that nobody has any more
    person.seen = now
    person.name = name or person.name
    if language and not person.language_chosen:
        person.language = language
    if not account.reachable:
        account.reachable = True
    session.flush()
    return account.person_id


def _locked(session: Session, account: AccountRow) -> PersonRow | None:
    """The person of an account, whose row is ours. While we waited for it the account may have become somebody else's
    (two apps were joined), or nobody's: None, they asked to be forgotten.
    """
    where: AccountRow | None = account
    while where is not None:
        person = session.exec(select(PersonRow).where(PersonRow.id == where.person_id).with_for_update()).one()
        if person.merged_into is None and not person.forgotten:
            return person
        found = select(AccountRow).where(AccountRow.channel == where.channel, AccountRow.address == where.address)
        where = session.exec(found.execution_options(populate_existing=True)).one_or_none()
    session.expunge(account)
    return None


def name(session: Session, person: int | None) -> str:
    """What somebody is called; empty when we do not know, or know nobody."""
    row = session.get(PersonRow, person) if person is not None else None
    return row.name if row is not None else ""


def language(session: Session, person: int) -> str:
    """The language that somebody reads."""
    row = session.get(PersonRow, person)
    return row.language if row is not None else "en"


def is_anybody(session: Session) -> bool:
    """Whether we have met anybody: it can be answered only while the people can be read."""
    return session.exec(select(PersonRow.id).limit(1)).first() is not None


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


def absorb(session: Session, person: int, into: int) -> int:
    """Let `into` have what both told about themselves; the stamp of the newest screen of `person`, who is the same.

    What was stopped in either app is stopped in both.
    """
    left, kept = session.get_one(PersonRow, person), session.get_one(PersonRow, into)
    kept.name, kept.zone, kept.consent = kept.name or left.name, kept.zone or left.zone, kept.consent or left.consent
    if left.language_chosen and not kept.language_chosen:
        kept.language, kept.language_chosen = left.language, True
    kept.reminders = max(kept.reminders, left.reminders, key=REMINDERS.index)
    kept.news, kept.access = kept.news and left.news, kept.access or left.access
    kept.snoozed = max((at for at in (kept.snoozed, left.snoozed) if at is not None), default=None)
    kept.declined_call = kept.declined_call or left.declined_call
    kept.news_seen = max(kept.news_seen, left.news_seen)
    kept.created, kept.seen = min(kept.created, left.created), max(kept.seen, left.seen)
    stamp = read_state(left.state).stamp
    empty(left)
    left.merged_into = into
    session.flush()
    return stamp


def empty(row: PersonRow) -> None:
    """Nothing stays but a number without a name, so that references to it still lead somewhere."""
    row.name, row.zone, row.country, row.consent, row.state = "", None, None, None, None
    row.language, row.language_chosen, row.access, row.news = "en", False, False, False
    row.reminders, row.snoozed, row.declined_call, row.news_seen = "all", None, None, 0


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


def address_book(session: Session, channel: str, people: Collection[int]) -> dict[int, tuple[str, PersonRow]]:
    """Where each of these people is reached in a channel, and their row; without those who are not there."""
    found = (
        select(AccountRow.address, PersonRow)
        .join(PersonRow, col(AccountRow.person_id) == col(PersonRow.id))
        .where(AccountRow.channel == channel, col(AccountRow.person_id).in_(people))
        .order_by(col(AccountRow.address).desc())  # of several addresses the first one stays
    )
    return {row.id: (address, row) for address, row in session.exec(found) if row.id is not None}


def state_of(session: Session, person: int) -> PersonRow | None:
    """The row of a person, or of whom they became when their apps were joined; nothing else is loaded."""
    row = session.get(PersonRow, person)
    return session.get(PersonRow, row.merged_into) if row is not None and row.merged_into is not None else row


def account(session: Session, channel: str, address: str) -> AccountRow | None:
    """What is known of an address, without making anybody."""
    return session.get(AccountRow, (channel, address))
