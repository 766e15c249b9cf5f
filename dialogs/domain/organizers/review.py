"""Requests of reviewers. A `Trouble` as the result says why nothing was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from dialogs.domain.entries.entry import Action
from dialogs.domain.entries.review import Listed
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild

__all__ = [
    "AnnounceDecisions",
    "AskAuthor",
    "Assign",
    "ClaimEntry",
    "ClaimNext",
    "Decide",
    "DeclareInterest",
    "ListPending",
    "ListReviewers",
    "LookAtEntry",
    "LookAtQueue",
    "MarkAnswer",
    "MergeEntry",
    "Pending",
    "Queue",
    "QueueFilter",
    "Reconsider",
    "ReleaseEntry",
    "ScoreEntry",
    "SetAside",
    "SetDue",
    "Undo",
    "WriteToAuthor",
]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue is wanted; all that is set must hold. Without `states`: what waits for a reviewer, or with
    `everything` all there is. `free`: what nobody has. `mine`: what this reviewer has.
    `assigned`: what is kept for this reviewer. `unscored`: what their score is asked for and not given.
    """

    states: tuple[str, ...] = ()
    call: str = ""
    line: str = ""
    language: str = ""
    country: str = ""
    free: bool = False
    mine: bool = False
    assigned: bool = False
    unscored: bool = False
    everything: bool = False
    newest: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: Any) -> QueueFilter:
        found = rebuild(cls, data)
        return found if isinstance(found.states, tuple) else cls(**{**asdict(found), "states": tuple(found.states)})


@dataclass(frozen=True, slots=True)
class Queue:
    """`free`: how many entries this reviewer could take now. `number`: how many the filter finds, of which `entries`
    is a page. `assigned`: how many are kept for this reviewer, `unscored`: how many wait for their score. `pending`:
    decisions that wait to be announced, `asked`: entries whose authors are asked, `states`: how many are in each.
    """

    free: int
    number: int
    entries: tuple[Listed, ...] = ()
    asked: int = 0
    assigned: int = 0
    pending: int = 0
    states: tuple[tuple[str, int], ...] = ()
    unscored: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that waits, with the words for its author, and the language in which they will read it."""

    reference: str
    title: str
    accepted: bool
    words: str = ""
    language: str = "en"
    publish: bool = True


@dataclass(frozen=True, slots=True)
class LookAtQueue(OrganizersRequest):
    """Result: Queue."""

    right: ClassVar[Right | None] = Right.REVIEW
    looks: ClassVar[bool] = True
    wanted: QueueFilter = QueueFilter()
    skip: int = 0
    limit: int = 6


@dataclass(frozen=True, slots=True)
class ClaimNext(OrganizersRequest):
    """Claim the entry that has waited longest. Result: its reference, or None when none waits."""

    right: ClassVar[Right | None] = Right.REVIEW


@dataclass(frozen=True, slots=True)
class ClaimEntry(OrganizersRequest):
    """Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str


@dataclass(frozen=True, slots=True)
class LookAtEntry(OrganizersRequest):
    """Result: Dossier or None. Claims nothing."""

    right: ClassVar[Right | None] = Right.REVIEW
    looks: ClassVar[bool] = True
    reference: str


@dataclass(frozen=True, slots=True)
class ReleaseEntry(OrganizersRequest):
    """Give an entry back to the others. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str


@dataclass(frozen=True, slots=True)
class DeclareInterest(OrganizersRequest):
    """Never be offered this entry again. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str


@dataclass(frozen=True, slots=True)
class MarkAnswer(OrganizersRequest):
    """Comment an answer for the next round; an empty text takes it back. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class SetDue(OrganizersRequest):
    """Until when the author is, or will be, asked. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str
    due: datetime


@dataclass(frozen=True, slots=True)
class AskAuthor(OrganizersRequest):
    """Send the comments to the author. `version`: the one that was seen. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str
    version: int


@dataclass(frozen=True, slots=True)
class Decide(OrganizersRequest):
    """Accept or refuse, to be announced later, with words for the author. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str
    version: int
    accept: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class ScoreEntry(OrganizersRequest):
    """Score an entry by the criteria of its call; `given` None: abstain. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str
    version: int
    given: Mapping[str, int] | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Reconsider(OrganizersRequest):
    """Take a decision back that was not announced. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str


@dataclass(frozen=True, slots=True)
class WriteToAuthor(OrganizersRequest):
    """Write to the author about an entry; neither sees the other's address. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.REVIEW
    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class Undo(OrganizersRequest):
    """Take back the last deed on each of these entries. Result: tuple[str, ...], those where it could be."""

    right: ClassVar[Right | None] = Right.REVIEW
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListPending(OrganizersRequest):
    """Result: tuple[Pending, ...], oldest first."""

    right: ClassVar[Right | None] = Right.DECIDE
    looks: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AnnounceDecisions(OrganizersRequest):
    """Tell the authors of these entries what was decided. Result: tuple[str, ...], those that were told."""

    right: ClassVar[Right | None] = Right.DECIDE
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListReviewers(OrganizersRequest):
    """Who could review this entry. Result: tuple[Reviewer, ...], those with the least to do first."""

    right: ClassVar[Right | None] = Right.DECIDE
    looks: ClassVar[bool] = True
    reference: str


@dataclass(frozen=True, slots=True)
class Assign(OrganizersRequest):
    """Give an entry to a reviewer, or take it back from them. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.DECIDE
    reference: str
    person: int
    given: bool = True


@dataclass(frozen=True, slots=True)
class SetAside(OrganizersRequest):
    """Withdraw at the author's wish, mark as a test or as spam, or reinstate. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.DECIDE
    reference: str
    action: Action


@dataclass(frozen=True, slots=True)
class MergeEntry(OrganizersRequest):
    """Let an entry lead to another one. Result: Trouble or None."""

    right: ClassVar[Right | None] = Right.DECIDE
    reference: str
    into: str
