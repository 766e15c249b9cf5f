"""What the machine knows when a person does something: plain values, loaded before a step, kept after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.review import Correction, Dossier
from dialogs.domain.events import FileRef
from dialogs.domain.roles import Role
from dialogs.domain.scores import Rubric
from dialogs.domain.values.geneva import GENEVA_NAME

__all__ = [
    "Answer",
    "AnswerStatus",
    "Call",
    "CallState",
    "Conversation",
    "Draft",
    "Entry",
    "Person",
    "Position",
    "State",
]


class AnswerStatus(StrEnum):
    """How a question stands answered."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    COLLECTING = "collecting"  # a long text or files still being sent: kept, not yet confirmed


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a draft.

    `value` is plain JSON: a code, a list of codes, a bool, a text, an int, `YYYY-MM`, or a list of file ids.
    `ref` is the person's message that gave it (for editing by editing); `by` the id of who gave it;
    `pieces` are the separate messages of a long text, joined by blank lines in `value`.
    `language` is the language of a text, whatever its author reads; None for what has no words of its own.
    """

    value: Any
    at: datetime
    given: AnswerStatus = AnswerStatus.ANSWERED
    ref: str | None = None
    by: int | None = None
    pieces: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry in the making. `answers` and `aside` are keyed by question key: `title`, `targets@4`.

    `aside` holds answers that a change made meaningless: they come back when the change is undone.
    `revises` is the reference of the entry that this draft updates, `previous` that entry's answers.
    `discarded` is when its person discarded it (a day to undo), `files` the files its answers name, by id.

    A colleague who was handed `sections` of somebody else's draft has the answers of those only. `context` holds the
    values that their conditions and options hang on, by question key: they count, and are never shown.
    """

    id: str
    call: str
    version: str
    started: datetime
    touched: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict)
    revises: str | None = None
    previous: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, FileRef] = field(default_factory=dict)
    discarded: datetime | None = None
    corrects: int | None = None  # the round of review that it answers
    language: str = "en"  # the language its texts are written in
    owner: int | None = None  # None: the person themselves; else a colleague handed us a section
    handed: tuple[str, ...] = ()  # sections that are with a colleague now
    sections: tuple[str, ...] = ()  # sections we may fill (empty: all)
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_handed(self) -> bool:
        """Whether this is somebody else's draft, of which we were handed sections."""
        return self.owner is not None


class CallState(StrEnum):
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Call:
    """A yearly call. `opens` and `closes` are moments (aware, UTC); it is open from `opens` up to and
    including `closes`. `year` is that of the report and of the references, `version` the questionnaire's.
    `late_until`: a late code reopened it for this person until then. `report` and `event` are what it feeds, `zone` the
    IANA time zone in which organizers say its moments. `rubric`: by what reviewers score entries, where they do.
    """

    code: str
    year: int
    opens: datetime
    closes: datetime
    version: str
    late_until: datetime | None = None
    report: str = ""
    event: str = ""
    zone: str = GENEVA_NAME
    rubric: Rubric | None = None

    def state(self, at: datetime) -> CallState:
        """How the call stands for something sent at `at`: sent in time counts, whenever it is read."""
        if at < self.opens:
            return CallState.ANNOUNCED
        end = max(self.closes, self.late_until) if self.late_until else self.closes
        return CallState.OPEN if at <= end else CallState.CLOSED


@dataclass(frozen=True, slots=True)
class Entry:
    """A completed entry, as far as a conversation shows it. `reference` such as `WSIS-2027-000123`; `edition` the
    version of the questionnaire that its answers follow, empty where nobody knows; `languages` those of its texts.
    """

    reference: str
    title: str
    organisation: str
    country: str | None
    call: str
    submitted: datetime
    answers: Mapping[str, Any] = field(default_factory=dict)
    mine: bool = True
    open_to_changes: bool = False
    state: EntryState = EntryState.RECEIVED
    merged_into: str | None = None
    edition: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """`language` None: not yet chosen, the app's own is used. `zone` is an IANA name. `consent` the version
    of the consent text agreed to. `reminders` is all, last or none, `snoozed` the moment before which none comes,
    `declined_call` the call of "not this year". `access` is the access mode, `news` whether announcements come.
    """

    id: int
    language: str = "en"
    language_chosen: bool = False
    zone: str | None = None
    consent: str | None = None
    reminders: str = "all"
    access: bool = False
    name: str = ""
    news: bool = True
    snoozed: datetime | None = None
    declined_call: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where in the conversation a person is: a row of the machine's table, with its arguments."""

    name: str = "welcome"
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """All that the machine remembers of a person between two events, as plain JSON values.

    `stamp` counts the screens shown: the newest one's choices are heard. `misses` counts bad answers in a
    row at one question. `last` is when the person last did something. `asked` names the position and question of the
    newest screen, `since` is the stamp of the first screen in a row that showed it.
    """

    position: Position = Position()
    draft: str | None = None
    stamp: int = 0
    misses: int = 0
    last: datetime | None = None
    trail: tuple[Position, ...] = ()  # where to return to: help, language, look-ups
    asked: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything a step may look at, and nothing else. `calls` begin with the one that counts now. `role` is the
    person's among the organizers, as the store knows it at this moment. `known` are answers by question that a list of
    the organizers offers, for someone who followed their personal link. `corrections` are what the person is asked
    about their entries, by reference; `dossier` is the entry that a reviewer has before them.
    `only`: this browser was opened by a letter, for this draft alone (`dialogs.letter_scope`).
    """

    person: Person
    state: State = State()
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    calls: tuple[Call, ...] = ()
    role: Role | None = None
    known: Mapping[str, Any] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    dossier: Dossier | None = None
    only: str | None = None

    @property
    def correction(self) -> Correction | None:
        """What the open draft is to answer; None when it answers nothing, or not any more."""
        return self.correction_of(self.draft)

    def correction_of(self, draft: Draft | None) -> Correction | None:
        """The round that a draft answers, while it is open."""
        if draft is None or draft.corrects is None:
            return None
        return next((each for each in self.corrections.values() if each.round == draft.corrects), None)

    @property
    def draft(self) -> Draft | None:
        """The draft that is open now."""
        return self.drafts.get(self.state.draft) if self.state.draft else None

    @property
    def call(self) -> Call | None:
        """The call that counts now: the open one, else the one that has just closed, else the next."""
        return self.calls[0] if self.calls else None
