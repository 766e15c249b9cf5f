"""Where a person is written to: the one rule, for a query over many and for one.

    they chose letters, and their address is confirmed and good     -> mail
    they can be written to in Telegram                              -> Telegram
    their address is confirmed and good                             -> mail
    else                                                            -> nowhere: pages show what there is

Announcements go by mail only to those who said yes to announcements by mail.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal, or_
from sqlalchemy import select as rows
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from dialogs.domain.channels import MAIL, PUSHED, TELEGRAM, Reached
from storage.tables import AccountRow, MailboxRow, PersonRow

__all__ = ["OWN_AFFAIRS", "can_be_reached", "channel_of", "channels", "is_met", "reached", "reached_by"]

OWN_AFFAIRS = ("drafts", "desk")
"""Topics about a person's own things: their draft, their entry, their letter. All others are announcements."""


def is_met() -> ColumnElement[bool]:
    """Whether there is an account that can be written to, or once could."""
    return exists().where(col(AccountRow.person_id) == col(PersonRow.id), col(AccountRow.channel).in_(PUSHED))


def can_be_reached(topic: str) -> ColumnElement[bool]:
    """Whether messages about this topic can reach a person of the query."""
    if topic in OWN_AFFAIRS:
        return exists().where(
            col(AccountRow.person_id) == col(PersonRow.id),
            col(AccountRow.channel).in_(PUSHED),
            col(AccountRow.reachable),
        )
    return or_(_has(TELEGRAM), and_(_has(MAIL), _wants(col(MailboxRow.news))))


def channel_of(topic: str) -> ColumnElement[str]:
    """By which channel a person of the query is written to; Telegram for whom nothing reaches: it is skipped there."""
    wanted = _wants(col(MailboxRow.first), *(() if topic in OWN_AFFAIRS else (col(MailboxRow.news),)))
    by_mail = _has(MAIL) if topic in OWN_AFFAIRS else and_(_has(MAIL), _wants(col(MailboxRow.news)))
    return case(
        (and_(_has(MAIL), wanted), literal(MAIL)),
        (_has(TELEGRAM), literal(TELEGRAM)),
        (by_mail, literal(MAIL)),
        else_=literal(TELEGRAM),
    )


def channels(session: Session, people: Collection[int], topic: str) -> dict[int, str]:
    """By which channel each of these people is written to."""
    found: dict[int, str] = {}
    wanted = list(people)
    for at in range(0, len(wanted), SLICE):
        query = rows(col(PersonRow.id), channel_of(topic)).where(col(PersonRow.id).in_(wanted[at : at + SLICE]))
        found |= {id: channel for id, channel in session.execute(query) if id is not None}
    return found


SLICE = 500
"""People asked about at once: engines limit the values of a query."""


def reached(session: Session, person: int, topic: str) -> Reached | None:
    """Where this person is written to about a topic; None: nothing reaches them."""
    query = rows(channel_of(topic), can_be_reached(topic)).where(col(PersonRow.id) == person)
    found = session.execute(query).one_or_none()
    if found is None or not found[1]:
        return None
    address = _address(found[0], person)
    return Reached(found[0], session.execute(address).scalar_one())


def reached_by(channel: str) -> Select[int]:
    """A query of the ids of all people whom messages in a channel can reach."""
    return rows(col(AccountRow.person_id)).where(col(AccountRow.channel) == channel, col(AccountRow.reachable))


def _address(channel: str, person: int) -> Select[str]:
    accounts = rows(col(AccountRow.address)).where(
        col(AccountRow.person_id) == person, col(AccountRow.channel) == channel, col(AccountRow.reachable)
    )
    return accounts.order_by(col(AccountRow.address)).limit(1)


def _has(channel: str) -> ColumnElement[bool]:
    return exists().where(
        col(AccountRow.person_id) == col(PersonRow.id), col(AccountRow.channel) == channel, col(AccountRow.reachable)
    )


def _wants(*which: ColumnElement[bool] | Mapped[bool]) -> ColumnElement[bool]:
    return exists().where(col(MailboxRow.person_id) == col(PersonRow.id), col(MailboxRow.agreed), *which)
