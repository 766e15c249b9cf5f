"""What stands in a chat: which message shows somebody's newest screen, and whether the order in the chat is right.

A channel gives its messages rising numbers in the order in which they stand in the chat, and each new screen has a
higher stamp than the one before. So two messages are in the wrong order when the one with the lower stamp has the
higher number: two processes sent at the same moment, and the network let the later one go first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from storage.people import people
from storage.people.state_codec import read_state
from storage.tables import AccountRow

__all__ = ["Found", "Sent", "earlier", "elsewhere", "note"]

NO_STAMP = -1
"""Older than any."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that shows a screen: its number in the chat, and its screen's stamp.

    `since` is the stamp since which the question of now is the open one. `buttons`: it has some; None: only such as
    never grow old, so that the newest ones are where they were. `retired` is the message whose buttons were taken away
    for it.
    """

    message: int
    stamp: int
    since: int
    buttons: bool | None = True
    retired: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What noting a message found: another message whose buttons are to go, and whether an older screen stands below
    the newest one, so that the open question is to be shown once more.
    """

    old_buttons: int | None = None
    wrong_order: bool = False


def note(session: Session, channel: str, address: str, sent: Sent) -> Found:
    """Note what was sent, and find what it came across."""
    account = session.get(AccountRow, (channel, address), with_for_update=True)
    if account is None:
        return Found()
    stamp = NO_STAMP if account.asked_stamp is None else account.asked_stamp
    row = people.state_of(session, account.person_id)
    if row is not None and stamp > read_state(row.state).stamp:
        account.asked_message, stamp = None, NO_STAMP  # their stamps have been counted anew
    above = account.asked_message is not None and sent.message < account.asked_message
    if account.asked_message is not None and (sent.stamp < stamp or (sent.stamp == stamp and above)):
        return Found(sent.message if sent.buttons else None, wrong_order=sent.stamp < stamp and not above)
    if account.asked_first is None or stamp < sent.since:
        account.asked_first = sent.message
    account.asked_message, account.asked_stamp, newest = sent.message, sent.stamp, account.last_message
    if sent.buttons is None:
        return Found(wrong_order=above)
    account.last_message = sent.message if sent.buttons else None
    return Found(newest if newest not in (sent.message, sent.retired) else None, wrong_order=above)


def earlier(account: AccountRow | Row[Any], message: int, since: int) -> bool:
    """Whether a message of ours stood in the chat before the question did that is open `since` this stamp."""
    shown = account.asked_stamp is not None and account.asked_stamp >= since
    return shown and account.asked_first is not None and message < account.asked_first


def elsewhere(account: AccountRow | Row[Any], since: int) -> bool:
    """Whether the newest screen in the chat is older than the question that is open `since` this stamp."""
    return account.asked_stamp is not None and account.asked_stamp < since
