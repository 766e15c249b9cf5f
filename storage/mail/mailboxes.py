"""Consent to letters by mail: asked once, confirmed by the first letter's link, taken back in the chat or by mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from dialogs.domain.channels import MAIL
from dialogs.domain.mailbox import MailStanding
from dialogs.domain.notice import NoticeKind
from storage.announcements import audiences
from storage.announcements.messaging_settings import terms
from storage.messaging import notices, reach
from storage.people import people
from storage.tables import AccountRow, LetterTokenRow, MailboxRow

__all__ = ["allow", "bounced", "came_back", "confirm", "decline", "forget", "look", "stop"]

LETTERS_A_DAY = 3
"""Letters that ask for confirmation, to one address in a day, whoever gives it: nobody is flooded by way of us."""


def look(session: Session, person: int) -> MailStanding:
    """How a person stands to letters by mail."""
    row = session.get(MailboxRow, person)
    offered = terms(session).mail
    other = reach.reached(session, person, reach.OWN_AFFAIRS[0])
    elsewhere = other is not None and other.channel != MAIL
    if row is None:
        return MailStanding(offered, elsewhere=elsewhere)
    return MailStanding(offered, row.address, row.agreed, row.confirmed is not None, row.news, elsewhere)


def allow(session: Session, person: int, address: str, news: bool, now: datetime) -> MailStanding:
    """They want letters at this address. One that they have not confirmed yet gets the letter that asks for it."""
    standing = look(session, person)
    if not standing.offered:
        return standing
    people.lock(session, person)
    row = session.get(MailboxRow, person)
    if row is None:
        row = MailboxRow(person_id=person, address=address, asked=now)
        session.add(row)
    if row.address != address or not row.agreed:
        row.confirmed = None
        _close(session, person)
    row.address, row.agreed, row.news, row.asked, row.first = address, True, news, now, standing.elsewhere
    session.flush()
    if row.confirmed is None:
        _ask(session, person, address, now)
    return look(session, person)


def decline(session: Session, person: int, address: str, now: datetime) -> MailStanding:
    """They want no letters (any more)."""
    row = session.get(MailboxRow, person)
    if row is None:
        row = MailboxRow(person_id=person, address=address, asked=now)
        session.add(row)
    row.agreed, row.confirmed, row.news = False, None, False
    _close(session, person)
    session.flush()
    return look(session, person)


def confirm(session: Session, person: int, address: str, now: datetime) -> bool:
    """The link of the letter was followed: the address is theirs. False: they want no letters there any more.

    Whoever reads the mailbox has the last word: an address that somebody else confirmed before is theirs no more.
    """
    people.lock(session, person)
    row = session.get(MailboxRow, person)
    if row is None or not row.agreed or row.address != address:
        return False
    account = session.get(AccountRow, (MAIL, address))
    if account is not None and account.person_id != person:
        before = session.get(MailboxRow, account.person_id)
        if before is not None:
            before.confirmed = None
        session.delete(account)
        session.flush()
        account = None
    if account is None:
        session.add(AccountRow(channel=MAIL, address=address, person_id=person))
    else:
        account.reachable = True
    row.confirmed = row.confirmed or now
    session.flush()
    return True


def stop(session: Session, person: int, topic: str, now: datetime) -> None:
    """The way out of a letter: the same that the chat keeps. Of what is neither news nor a reminder: no letters."""
    row = people.state_of(session, person)
    if row is None or row.id is None or row.forgotten:
        return
    people.lock(session, row.id)
    if topic == "drafts":
        row.reminders = "none"
    elif topic in reach.OWN_AFFAIRS:
        box = session.get(MailboxRow, row.id)
        decline(session, row.id, box.address if box is not None else "", now)
    else:
        notices.opt_out(session, row.id, topic, now)
        if topic == "news":
            row.news = False
    session.flush()


def came_back(session: Session, person: int) -> None:
    """A letter to this person was refused by their mail server, for good."""
    row = session.get(MailboxRow, person)
    if row is not None:
        bounced(session, row.address)


def bounced(session: Session, address: str) -> None:
    """Letters to an address come back: it is not written to until its owner confirms it again."""
    account = session.get(AccountRow, (MAIL, address))
    if account is not None:
        account.reachable = False
        row = session.get(MailboxRow, account.person_id)
        if row is not None:
            row.confirmed = None
    session.flush()


def forget(session: Session, person: int) -> None:
    """Erase what is kept about a person's letters. Links in letters that they have lead nowhere."""
    for table in (MailboxRow, LetterTokenRow):
        session.execute(delete(table).where(col(table.person_id) == person))


def _ask(session: Session, person: int, address: str, now: datetime) -> None:
    today = select(func.count()).where(
        LetterTokenRow.address == address, col(LetterTokenRow.confirms), LetterTokenRow.made > now - timedelta(days=1)
    )
    if session.exec(today).one() >= LETTERS_A_DAY:
        return
    key = f"{person}:{now.timestamp():.6f}"
    notice = notices.service(session, NoticeKind.MAIL_CONFIRM, key, now, id=notices.unnumbered())
    audiences.add(session, notice, [person], now, channel=MAIL)


def _close(session: Session, person: int) -> None:
    """Nothing goes to any address of theirs."""
    mine = delete(AccountRow).where(col(AccountRow.channel) == MAIL, col(AccountRow.person_id) == person)
    session.execute(mine, execution_options={"synchronize_session": "fetch"})
    session.flush()
