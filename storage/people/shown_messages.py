"""What stands in a chat: which message shows somebody's newest screen, and whether the order in the chat is right.

A channel gives its messages rising numbers in the order in which they stand in the chat, and each new screen has a
higher stamp than the one before. So two messages are in the wrong order when the one with the lower stamp has the
higher number: two processes sent at the same moment, and the network let the later one go first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, func, or_, select, update
from sqlmodel import Session

from storage.engine.prepared import execute, table_of
from storage.engine.process_registry import NOBODY
from storage.people import people
from storage.people.state_codec import read_state
from storage.tables import AccountRow, HandledRow, PersonRow

__all__ = ["Chat", "Found", "Sent", "chat", "earlier", "elsewhere", "note", "note_if_as_seen"]

NO_STAMP = -1
"""Older than any."""

ACCOUNTS, PEOPLE, HANDLED = table_of(AccountRow), table_of(PersonRow), table_of(HandledRow)
HERE = (ACCOUNTS.c.channel == bindparam("on"), ACCOUNTS.c.address == bindparam("there"))
OURS = exists().where(
    HANDLED.c.channel == ACCOUNTS.c.channel,
    HANDLED.c.update_id.in_(bindparam("updates", expanding=True)),
    HANDLED.c.screens.is_not(None),
    or_(HANDLED.c.worker.is_(None), bindparam("worker") == NOBODY, HANDLED.c.worker == bindparam("worker")),
)
CHAT = (
    select(ACCOUNTS, PEOPLE.c.state)
    .join(PEOPLE, PEOPLE.c.id == ACCOUNTS.c.person_id)
    .where(*HERE, PEOPLE.c.merged_into.is_(None))
)
CHAT_AND_OURS = CHAT.add_columns(OURS.label("ours"))
LOCKED = select(ACCOUNTS).where(*HERE).with_for_update()
NOTE = (
    update(ACCOUNTS)
    .where(*HERE)
    .values(
        asked_message=bindparam("message"),
        asked_stamp=bindparam("stamp"),
        asked_first=bindparam("first"),
        last_message=bindparam("buttons"),
    )
)
NOTE_IF_AS_SEEN = NOTE.where(
    *(
        ACCOUNTS.c[name].is_not_distinct_from(bindparam(f"seen_{name}", type_=ACCOUNTS.c[name].type))
        for name in ("asked_message", "asked_stamp", "asked_first", "last_message")
    )
)
SHOWN = (
    update(HANDLED)
    .where(HANDLED.c.channel == bindparam("on"), HANDLED.c.update_id.in_(bindparam("updates", expanding=True)))
    .values(screens=None)
)


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


@dataclass(frozen=True, slots=True)
class Chat:
    """What an account's row says of the messages in its chat; see `AccountRow`."""

    asked_message: int | None
    asked_stamp: int | None
    asked_first: int | None
    last_message: int | None

    def with_sent(self, sent: Sent) -> tuple[Chat | None, Found]:
        """What stands in the chat once a message was sent, and what it came across. None: as before, for something
        newer stands there.
        """
        stamp = NO_STAMP if self.asked_stamp is None else self.asked_stamp
        asked, newest = self.asked_message, self.last_message
        above = asked is not None and sent.message < asked
        if asked is not None and (sent.stamp < stamp or (sent.stamp == stamp and above)):
            return None, Found(sent.message if sent.buttons else None, wrong_order=sent.stamp < stamp and not above)
        first = sent.message if self.asked_first is None or stamp < sent.since else self.asked_first
        buttons = newest if sent.buttons is None else sent.message if sent.buttons else None
        after = Chat(sent.message, sent.stamp, first, buttons)
        if sent.buttons is None:
            return after, Found(wrong_order=above)
        return after, Found(newest if newest not in (sent.message, sent.retired) else None, wrong_order=above)


def chat(
    session: Session, channel: str, address: str, update_ids: Collection[str] | None = None, worker: int = NOBODY
) -> Row[Any] | None:
    """An account's row as of now, with the `state` of who is there; and, where updates are named, whether their screens
    are still this worker's to show (`ours`).
    """
    named: dict[str, Any] = {"on": channel, "there": address}
    if update_ids is None:
        return execute(session, CHAT, named).one_or_none()
    named |= {"updates": list(update_ids), "worker": worker}
    return execute(session, CHAT_AND_OURS, named).one_or_none()


def note(session: Session, channel: str, address: str, sent: Sent) -> Found:
    """Note what was sent, and find what it came across."""
    named = {"on": channel, "there": address}
    account = execute(session, LOCKED, named).one_or_none()
    if account is None:
        return Found()
    chat = Chat(account.asked_message, account.asked_stamp, account.asked_first, account.last_message)
    stamp = chat.asked_stamp
    if stamp is not None and stamp >= sent.stamp and _is_counted_anew(session, account.person_id, stamp):
        chat = Chat(None, None, chat.asked_first, chat.last_message)
    after, found = chat.with_sent(sent)
    if after is not None:
        execute(session, NOTE, {**named, **_as_noted(after)})
    return found


def note_if_as_seen(
    session: Session, channel: str, address: str, before: Chat, after: Chat, shown: Collection[str]
) -> bool:
    """Note that `after` stands in the chat now, and that the screens of these updates are `shown`, where what stands
    there is what was seen `before`; otherwise False, and nothing is noted.
    """
    seen = {f"seen_{name}": getattr(before, name) for name in Chat.__slots__}
    named = {"on": channel, "there": address, **_as_noted(after), **seen}
    if session.get_bind().dialect.name == "postgresql":
        return bool(execute(session, _note_and_shown(), {**named, "updates": list(shown)}).scalar_one())
    if execute(session, NOTE_IF_AS_SEEN, named).rowcount != 1:
        return False
    if shown:
        execute(session, SHOWN, {"on": channel, "updates": list(shown)})
    return True


@cache
def _note_and_shown() -> Select[int]:
    """Both in one statement, which is one way to the server and back; how many accounts were noted."""
    noted = NOTE_IF_AS_SEEN.returning(ACCOUNTS.c.address).cte("noted")
    shown = SHOWN.where(exists(select(noted.c.address))).returning(HANDLED.c.update_id).cte("shown")
    return select(func.count()).select_from(noted).add_cte(shown)


def _as_noted(chat: Chat) -> dict[str, int | None]:
    return {
        "message": chat.asked_message,
        "stamp": chat.asked_stamp,
        "first": chat.asked_first,
        "buttons": chat.last_message,
    }


def _is_counted_anew(session: Session, person: int, stamp: int) -> bool:
    """Whether a stamp is of the time before somebody's stamps were counted anew. Read after the account was locked."""
    row = people.state_of(session, person)
    return row is not None and stamp > read_state(row.state).stamp


def earlier(account: AccountRow | Row[Any], message: int, since: int) -> bool:
    """Whether a message of ours stood in the chat before the question did that is open `since` this stamp."""
    shown = account.asked_stamp is not None and account.asked_stamp >= since
    return shown and account.asked_first is not None and message < account.asked_first


def elsewhere(account: AccountRow | Row[Any], since: int) -> bool:
    """Whether the newest screen in the chat is older than the question that is open `since` this stamp."""
    return account.asked_stamp is not None and account.asked_stamp < since
