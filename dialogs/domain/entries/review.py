"""What review speaks of: an entry as a reviewer has it before them, what its author was asked, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.events import FileRef
from dialogs.domain.scores import Scoring

__all__ = [
    "ASSIGNED",
    "CLAIM",
    "GRACE",
    "LONGEST_COMMENT",
    "MOST_COMMENTS",
    "REMINDED",
    "USUAL_DUE",
    "Comment",
    "Correction",
    "Dossier",
    "Happened",
    "Listed",
    "Outcome",
    "Reviewer",
    "Said",
    "Trouble",
]

CLAIM = timedelta(hours=72)
"""How long an entry is a reviewer's before it is offered to others again. Anything they do to it begins it anew."""
ASSIGNED = timedelta(days=14)
"""How long an entry is kept for the reviewers to whom it was given, before it is offered to the others again."""
GRACE = timedelta(days=7)
"""How long after the due date an author can still answer, while nothing is decided."""
USUAL_DUE = timedelta(days=14)
REMINDED = (timedelta(days=-2), timedelta(days=1))
"""When an author is reminded, counted from the due date."""
LONGEST_COMMENT = 4_096
"""Characters of a comment or a message: what a text on Telegram can have."""
MOST_COMMENTS = 60
"""Answers marked in one round: the longest questionnaire has fewer questions."""


class Outcome(StrEnum):
    """How a round ended."""

    ANSWERED = "answered"
    DECIDED = "decided"  # the reviewer did not wait
    WITHDRAWN = "withdrawn"  # the entry was withdrawn, or set aside


class Trouble(StrEnum):
    """Why a deed was not done. Nothing has changed then."""

    GONE = "gone"  # there is no such entry, or none that this person may see
    TAKEN = "taken"  # another reviewer has it
    CHANGED = "changed"  # a newer version came in meanwhile
    NOT_NOW = "not_now"  # its state does not allow it
    PAST = "past"  # a due date that is over
    NOBODY = "nobody"  # the author asked to be forgotten: nobody can be asked
    EMPTY = "empty"  # nothing to do it with
    CRITERIA = "criteria"  # a score that is none by the criteria of the call
    INTEREST = "interest"  # the reviewer that is meant has an interest in it, or is no reviewer
    TOO_LATE = "too_late"  # what is to be undone was not the last thing that happened


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reviewer wants changed in an answer. `language`: as `dialogs.text.language_detection` takes it."""

    key: str
    text: str
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Correction:
    """A round as its author has it: what they were asked, and until when. `round` is its number."""

    round: int
    reference: str
    due: datetime
    questionnaire: str  # the version in which the entry was sent
    comments: tuple[Comment, ...]

    def is_open(self, at: datetime) -> bool:
        """Whether an answer that was sent at `at` is in time."""
        return at <= self.due + GRACE

    def comment(self, key: str) -> Comment | None:
        return next((comment for comment in self.comments if comment.key == key), None)


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of an entry's history. `person` None: the command line, or somebody who was forgotten."""

    id: int
    at: datetime
    action: str
    old: EntryState
    new: EntryState
    version: int
    person: int | None = None
    name: str = ""
    by_author: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A message between a reviewer and the author."""

    text: str
    at: datetime
    by_author: bool
    language: str = "und"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who could review an entry. `load`: how many entries they have to review; `assigned`: this one too."""

    person: int
    name: str
    load: int
    assigned: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in a list. Nothing of it is about a person."""

    reference: str
    title: str
    organisation: str
    country: str
    language: str
    state: EntryState
    received: datetime
    due: datetime | None = None
    mine: bool = False
    reviewer: str = ""
    version: int = 1
    assigned: tuple[str, ...] = ()  # names of the reviewers for whom it is kept
    scored: bool = False  # this reviewer has scored it, or abstained
    score: float | None = None  # of all who scored it; only where this reviewer may know


@dataclass(frozen=True, slots=True)
class Dossier:
    """An entry whole, as a reviewer sees it. `before` are the answers of the version to compare with, which is that
    of the last round or else the one before the newest; empty at the first. `mine`: this reviewer has claimed it.
    """

    reference: str
    state: EntryState
    version: int
    call: str
    questionnaire: str
    title: str
    language: str
    submitted: datetime
    answers: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, FileRef] = field(default_factory=dict)
    similar: tuple[tuple[str, str], ...] = ()
    comments: tuple[Comment, ...] = ()
    due: datetime | None = None
    marked: tuple[Comment, ...] = ()  # for a round that was not begun yet
    said: tuple[Said, ...] = ()
    history: tuple[Happened, ...] = ()
    mine: bool = False
    taken: bool = False  # another reviewer has claimed it
    has_author: bool = True
    author_language: str = "en"
    words: str = ""  # of a decision that was not announced: what the author will read with it
    publish: bool = False
    merged_into: str = ""  # the entry that a merged one leads to
    assigned: tuple[str, ...] = ()  # names of the reviewers for whom it is kept
    scoring: Scoring | None = None  # where its call asks for scores
    undoable: bool = False  # what happened last was this reviewer's, and can be taken back
