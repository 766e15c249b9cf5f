"""What a turn came to, and where somebody stands by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from dialogs.domain.conversation import Conversation
from dialogs.screens import Screen
from storage.people import conversations
from storage.people.state_codec import read_state

__all__ = ["Outcome", "Standing", "outcome_of", "standing_of"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is by now: the stamp of their newest screen, that since which its question is the open one, and
    the count of what they did. `ours`: the screens that were asked about are still this process's to show. `account`:
    what was known of the address that was asked about, at the same moment.
    """

    stamp: int
    since: int
    turn: int
    ours: bool = True
    account: Row[Any] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn came to: who it was, how they read, and what to show them.

    `again` is True when the update had been handled before; `screens` are then those not shown yet, as far as we know.
    `stamp` is that of the newest screen by now: one with another stamp has been overtaken. `turn` counts all that the
    person did. `buttons` is the message of the chat that bore the newest buttons before the turn. `standing`: where
    they stood when the turn was committed, at the moment `taken` of this process's monotonic clock.
    """

    person: int
    language: str
    zone: str | None
    access: bool
    screens: tuple[Screen, ...]
    again: bool = False
    stamp: str = ""
    turn: int = 0
    buttons: int | None = None
    standing: Standing | None = None
    taken: float = 0.0


def outcome_of(
    session: Session, conversation: Conversation, screens: tuple[Screen, ...], *, again: bool = False
) -> Outcome:
    """The outcome for the person whose conversation was loaded in this transaction."""
    person = conversation.person
    turn = conversations.turn_of(session, person.id)
    stamp = str(conversation.state.stamp)
    return Outcome(person.id, person.language, person.zone, person.access, screens, again, stamp, turn)


def standing_of(kept: Any, ours: bool, account: Row[Any] | None) -> Standing:
    """Where the person is whose state is kept so."""
    state = read_state(kept)
    return Standing(state.stamp, state.since, conversations.turn(kept), ours, account)
