"""The states of an entry in words."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.messages import M, Message

__all__ = ["STATE_NAMES", "told"]

STATE_NAMES: Mapping[EntryState, Message] = {
    EntryState.RECEIVED: M("entry_state.received"),
    EntryState.IN_REVIEW: M("entry_state.in_review"),
    EntryState.CHANGES_ASKED: M("entry_state.changes_asked"),
    EntryState.ACCEPTED: M("entry_state.accepted"),
    EntryState.REFUSED: M("entry_state.refused"),
    EntryState.PUBLISHED: M("entry_state.published"),
    EntryState.DECLINED: M("entry_state.declined"),
    EntryState.WITHDRAWN: M("entry_state.withdrawn"),
    EntryState.MERGED: M("entry_state.merged"),
    EntryState.TEST: M("entry_state.test"),
    EntryState.SPAM: M("entry_state.spam"),
}

AUTHORS: Mapping[EntryState, EntryState] = {
    EntryState.ACCEPTED: EntryState.IN_REVIEW,
    EntryState.REFUSED: EntryState.IN_REVIEW,
    EntryState.SPAM: EntryState.DECLINED,
    EntryState.TEST: EntryState.DECLINED,
}
"""What an author is told instead: a decision is theirs to know once it is announced."""


def told(state: EntryState) -> Message:
    """The state as its author is told it."""
    return STATE_NAMES[AUTHORS.get(state, state)]
