"""Whether what somebody sent was an answer to an earlier question than the one that is open.

A form must not take a text for the answer to a question that its writer did not see. The web chat and the terminal say
under which screen a text was typed. Telegram says what a message replies to (its apps do so by themselves where we ask
for nothing but words); and what stands in the chat tells when the person has gone on in another app.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from dialogs.domain.conversation import Conversation
from dialogs.domain.events import Event, Located, Said, Sent
from storage.people import arrivals, shown_messages
from storage.updates import processed_updates

__all__ = ["is_outdated"]


def is_outdated(
    session: Session,
    channel: str,
    address: str,
    conversation: Conversation,
    event: Event,
    under: str,
    account: Row[Any] | None = None,
) -> bool:
    """Whether a text, a file or a place was sent under an earlier question. `under`: the stamp of the screen above it,
    where the channel knows it. `account`: what is known of the address, where it was read already.
    """
    if not isinstance(event, Said | Sent | Located):
        return False
    if isinstance(event, Sent) and event.filled is not None and event.filled.problem is None:
        return False  # a filled template says itself which questions it answers
    since = conversation.state.since
    if under:
        return not (under.isdecimal() and since <= int(under) <= conversation.state.stamp)
    account = account or arrivals.account(session, channel, address)
    if account is None:
        return False
    # An organizer's reply may answer a letter instead.
    replied = event.reply or "" if isinstance(event, Said) and conversation.role is None else ""
    if replied.isdecimal() and shown_messages.earlier(account, int(replied), since):
        return True
    if not shown_messages.elsewhere(account, since) or processed_updates.is_waiting(
        session, channel, conversation.person.id
    ):
        return False
    # The account was read when the turn began. Whoever showed them the question may have noted it since, and so have
    # ended the wait: only what is read after `is_waiting` knows of that.
    again = arrivals.account(session, channel, address)
    return again is not None and shown_messages.elsewhere(again, since)
