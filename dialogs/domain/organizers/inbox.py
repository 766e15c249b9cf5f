"""Requests of the help desk: what people wrote, and answering it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right

__all__ = ["AnswerByReply", "AnswerLetter", "Answered", "InboxMessage", "ListLetters", "ReadLetter"]


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


@dataclass(frozen=True, slots=True)
class ListLetters(OrganizersRequest):
    """Result: tuple[Letter, ...], the unanswered first, then the newest; at most `limit`."""

    right: ClassVar[Right | None] = Right.HELP
    limit: int = 8


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
