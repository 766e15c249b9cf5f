"""Requests of the help desk: what people wrote, and answering it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right

__all__ = [
    "AnswerByReply",
    "AnswerLetter",
    "Answered",
    "AssignLetter",
    "CloseLetter",
    "Desk",
    "DeskList",
    "Helper",
    "InboxMessage",
    "ListHelpers",
    "ListLetters",
    "ReadLetter",
]


class DeskList(StrEnum):
    """The lists of the help desk."""

    WAITING = "waiting"  # neither answered nor closed
    MINE = "mine"  # of those, what one takes care of oneself
    DONE = "done"  # answered or closed


@dataclass(frozen=True, slots=True)
class Answered:
    """An organizer's answer: by whom, what and when."""

    person: int | None
    name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """What a person wrote to the organizers, in their language, with the answers so far, oldest first."""

    id: int
    person: int
    name: str
    language: str
    text: str
    at: datetime
    answers: tuple[Answered, ...] = ()
    assignee: int | None = None  # the organizer who takes care of it
    assignee_name: str = ""
    closed: datetime | None = None  # without an answer


@dataclass(frozen=True, slots=True)
class Helper:
    """An organizer who answers letters."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of a list. `number`: how many it has; `waiting` and `mine`: how many are in these."""

    shown: DeskList
    number: int
    waiting: int
    mine: int
    letters: tuple[InboxMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class ListLetters(OrganizersRequest):
    """Result: Desk, what waits the longest first, what is done the newest first."""

    right: ClassVar[Right | None] = Right.HELP
    looks: ClassVar[bool] = True
    shown: DeskList = DeskList.WAITING
    skip: int = 0
    limit: int = 8


@dataclass(frozen=True, slots=True)
class ListHelpers(OrganizersRequest):
    """Result: tuple[Helper, ...], by name."""

    right: ClassVar[Right | None] = Right.HELP
    looks: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AssignLetter(OrganizersRequest):
    """Let an organizer take care of a letter; None: nobody. Result: Letter, or None when it or they are gone."""

    right: ClassVar[Right | None] = Right.HELP
    letter: int
    person: int | None


@dataclass(frozen=True, slots=True)
class CloseLetter(OrganizersRequest):
    """Close a letter without an answer, or (`closed` False) let it wait again. Result: Letter, or None: it is gone."""

    right: ClassVar[Right | None] = Right.HELP
    letter: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class ReadLetter(OrganizersRequest):
    """Result: Letter, or None when it is gone (its person asked to be forgotten)."""

    right: ClassVar[Right | None] = Right.HELP
    letter: int


@dataclass(frozen=True, slots=True)
class AnswerLetter(OrganizersRequest):
    """Send an answer to who wrote a letter. Result: Letter with this answer, or None when it is gone."""

    right: ClassVar[Right | None] = Right.HELP
    letter: int
    text: str


@dataclass(frozen=True, slots=True)
class AnswerByReply(OrganizersRequest):
    """Answer the letter that was delivered as this message of one's channel. Result as of AnswerLetter; None also when
    that message bears no letter."""

    right: ClassVar[Right | None] = Right.HELP
    message: str
    text: str
