"""What receivers outside are told of an entry: which change of it is an event, and for whom.

Two kinds of receiver there are. One that gets everything (the Stocktaking platform's own store) hears of each version
and each state that the author or the public hears of; what reviewers do among themselves is no event. One that gets
what is public only hears when an entry comes to be shown, changes while it is shown, and is shown no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dialogs.domain.entries.entry import CLOSED, EntryState, is_public

__all__ = ["PUBLIC_EVENTS", "EntryEvent", "Snapshot", "event_of", "public_event_of"]


class EntryEvent(StrEnum):
    SUBMITTED = "submitted"
    REVISED = "revised"  # a new version of it was sent
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"  # for receivers of what is public: whatever the reason
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SET_ASIDE = "set_aside"  # marked as a test or as spam
    REINSTATED = "reinstated"  # back to review
    ANONYMIZED = "anonymized"  # its person asked to be forgotten: answers about them are gone
    ERASED = "erased"  # the entry is gone for good


PUBLIC_EVENTS = frozenset({EntryEvent.PUBLISHED, EntryEvent.UNPUBLISHED, EntryEvent.ANONYMIZED, EntryEvent.ERASED})
"""Those of a receiver that gets what is public only."""

BY_STATE: Mapping[EntryState, EntryEvent] = {
    EntryState.PUBLISHED: EntryEvent.PUBLISHED,
    EntryState.DECLINED: EntryEvent.DECLINED,
    EntryState.WITHDRAWN: EntryEvent.WITHDRAWN,
    EntryState.MERGED: EntryEvent.MERGED,
    EntryState.TEST: EntryEvent.SET_ASIDE,
    EntryState.SPAM: EntryEvent.SET_ASIDE,
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What of an entry decides about events. `person`: whether it still has its author."""

    version: int
    state: EntryState
    publish: bool
    person: bool

    @property
    def public(self) -> bool:
        return is_public(self.state, self.publish)


def event_of(before: Snapshot | None, after: Snapshot | None) -> EntryEvent | None:
    """The event for a receiver that gets everything. None before: the entry is new; None after: it is gone."""
    if after is None:
        return EntryEvent.ERASED if before is not None else None
    if before is None:
        return EntryEvent.SUBMITTED
    if after.version != before.version:
        return EntryEvent.REVISED
    if before.person and not after.person:
        return EntryEvent.ANONYMIZED
    if after.state == before.state:
        return None
    if after.state is EntryState.RECEIVED and before.state in CLOSED:
        return EntryEvent.REINSTATED
    return BY_STATE.get(after.state)


def public_event_of(before: Snapshot | None, after: Snapshot | None) -> EntryEvent | None:
    """The same for a receiver of what is public only."""
    was, is_ = before is not None and before.public, after is not None and after.public
    if not is_:
        if not was:
            return None
        return EntryEvent.ERASED if after is None else EntryEvent.UNPUBLISHED
    assert after is not None  # what is public is there
    if before is not None and was and before.version == after.version:
        return EntryEvent.ANONYMIZED if before.person and not after.person else None
    return EntryEvent.PUBLISHED
