"""What a step wants done. The machine only names it; the turn does it, all in one transaction.

An `Effect` has no answer: `fold` shows what it does to the conversation, the store does the same to its
tables. A `Query` has one: the turn carries it out and hands the result back as `events.Replied`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.domain.conversation import Answer
from dialogs.domain.entries.followed_search import FollowedSearches, FollowSearch, StopFollowing
from dialogs.domain.events import FileRef
from dialogs.domain.link_requests import JoinRequest
from dialogs.domain.mailbox import MailRequest
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.entry_search import Wanted

__all__ = [
    "AnswerGiven",
    "AnswerRemoved",
    "ContactOrganizers",
    "DraftDiscarded",
    "DraftKept",
    "DraftMoved",
    "DraftRestored",
    "DraftRevises",
    "DraftStarted",
    "Effect",
    "EntryConfirmed",
    "FindEntries",
    "FindSimilar",
    "Forget",
    "GatherMyData",
    "HandOver",
    "Invited",
    "LookAtEntry",
    "PersonChanged",
    "Query",
    "ReadPublished",
    "ReadReceipt",
    "RevokeHandOver",
    "SearchRegister",
    "Submission",
    "Submit",
    "TakeHandOver",
    "TakeInvitation",
    "TakePersonalLink",
    "TopicWanted",
    "UnwantedTopics",
    "UseLateCode",
    "VerifyReceipt",
    "WithdrawEntry",
    "WriteToReviewer",
]


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Set fields of the person (names of `conversation.Person`)."""

    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftStarted:
    """Begin a draft with these answers. `id` is fresh (given by the turn)."""

    id: str
    call: str
    version: str
    at: datetime
    language: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    revises: str | None = None
    previous: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, FileRef] = field(default_factory=dict)
    corrects: int | None = None  # the round of review that it answers


@dataclass(frozen=True, slots=True)
class DraftMoved:
    """Take a draft over into another call or questionnaire version; its answers stay."""

    draft: str
    call: str
    version: str


@dataclass(frozen=True, slots=True)
class DraftRevises:
    """The draft is an update of this entry, whose old answers are `previous` (empty when not this person's)."""

    draft: str
    reference: str
    previous: Mapping[str, Any]
    files: Mapping[str, FileRef] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    draft: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftRestored:
    draft: str


@dataclass(frozen=True, slots=True)
class DraftKept:
    """Its person wants this draft kept: it counts as worked on now."""

    draft: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """Keep this answer under this key, replacing what was there (the history keeps both).

    `file` is the file that came with it, when one did.
    """

    draft: str
    key: str
    answer: Answer
    file: FileRef | None = None


@dataclass(frozen=True, slots=True)
class AnswerRemoved:
    draft: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryConfirmed:
    """A published entry of one's own is still true as it is: its date is today's."""

    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TopicWanted:
    """Whether the person wants announcements of a topic (`dialogs.account.topics`); honoured for ever."""

    topic: str
    wanted: bool
    at: datetime


Effect = (
    PersonChanged
    | TopicWanted
    | EntryConfirmed
    | FollowSearch
    | StopFollowing
    | DraftStarted
    | DraftMoved
    | DraftRevises
    | DraftDiscarded
    | DraftRestored
    | DraftKept
    | AnswerGiven
    | AnswerRemoved
)


@dataclass(frozen=True, slots=True)
class Submit:
    """Make the draft an entry of its call (a new version of the entry it revises). Result: Submission.

    `answers` are the values that count, without those set aside. Happens once, whatever is tapped twice.
    `confirms`: the entry that it revises is still true as it is: its words stay, and its date is today's.
    """

    draft: str
    answers: Mapping[str, Any]
    at: datetime
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """The receipt. `again` when the draft had been submitted before: nothing new happened."""

    reference: str
    at: datetime
    received: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class FindEntries:
    """Entries that a title, reference or link may mean, best first, at most five. Result: tuple[Entry, ...]."""

    text: str


@dataclass(frozen=True, slots=True)
class SearchRegister:
    """Published entries by what they are about. Result: requests.entry_search.Published."""

    wanted: Wanted
    skip: int = 0
    limit: int = 6


@dataclass(frozen=True, slots=True)
class ReadPublished:
    """One published entry. Result: the FoundEntry and those related to it, best first; none when it is not public."""

    reference: str


@dataclass(frozen=True, slots=True)
class LookAtEntry:
    """The files of an entry of one's own. Result: tuple[FileRef, ...]."""

    reference: str


@dataclass(frozen=True, slots=True)
class FindSimilar:
    """Register entries that look like this activity. Result: tuple[Entry, ...], best first, at most three."""

    title: str
    organisation: str
    country: str | None


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give a section of one's own draft to a colleague. Result: str, a one-time token for a start link."""

    draft: str
    section: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeHandOver:
    """Use such a token. Result: the draft's id, or None when it is no good."""

    token: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RevokeHandOver:
    """Take a section of one's own draft back; its token and the colleague's access end. Result: None."""

    draft: str
    section: str


@dataclass(frozen=True, slots=True)
class GatherMyData:
    """Everything kept about the person, as JSON text. Result: str."""


@dataclass(frozen=True, slots=True)
class ReadReceipt:
    """The signed receipt of one of the person's own entries. Result: str, or None when there is none."""

    reference: str


@dataclass(frozen=True, slots=True)
class VerifyReceipt:
    """What a text that is said to be a receipt turns out to be. Result: domain.receipt.Verification."""

    text: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase the person everywhere; published entries stay without them. Result: None."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ContactOrganizers:
    """Pass a text on to the organizers. Result: whether it was taken; False when this person wrote too many today."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UseLateCode:
    """Reopen a closed call for this person. Result: datetime until which, or None when the code is no good."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeInvitation:
    """Become an organizer by a one-time link. Result: Role, or None when the link is no good (any more)."""

    token: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakePersonalLink:
    """Follow the personal link of a contact. Result: Invited, or None when the link is no good, or another's."""

    token: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Invited:
    """What a list says of someone who was invited: their name, and their language when it is known."""

    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class UnwantedTopics:
    """The topics of announcements that the person stopped. Result: tuple[str, ...]."""


@dataclass(frozen=True, slots=True)
class WithdrawEntry:
    """Take one's own entry back. Result: Trouble or None."""

    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WriteToReviewer:
    """Write to whoever reviews one's own entry. Result: Trouble or None."""

    reference: str
    text: str
    at: datetime


Query = (
    Submit
    | UnwantedTopics
    | FollowedSearches
    | FindEntries
    | FindSimilar
    | SearchRegister
    | ReadPublished
    | LookAtEntry
    | JoinRequest
    | MailRequest
    | HandOver
    | TakeHandOver
    | RevokeHandOver
    | GatherMyData
    | ReadReceipt
    | VerifyReceipt
    | Forget
    | ContactOrganizers
    | UseLateCode
    | TakeInvitation
    | TakePersonalLink
    | WithdrawEntry
    | WriteToReviewer
    | OrganizersRequest
)
