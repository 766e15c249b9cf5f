"""Requests of the help desk."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizers.requests.base import OrganizersRequest
from dialogs.organizers.requests.inbox import AnswerByReply, AnswerLetter, InboxMessage, ListLetters, ReadLetter
from storage.messaging import inbox
from storage.organizers.requests.context import RequestContext, Way

__all__ = ["WAYS"]


def _list(office: RequestContext, request: ListLetters) -> tuple[InboxMessage, ...]:
    return inbox.letters(office.session, request.limit)


def _read(office: RequestContext, request: ReadLetter) -> InboxMessage | None:
    return inbox.letter(office.session, request.letter)


def _answer(office: RequestContext, request: AnswerLetter) -> InboxMessage | None:
    return inbox.answer(office.session, office.person, request.letter, request.text, office.now)


def _by_reply(office: RequestContext, request: AnswerByReply) -> InboxMessage | None:
    letter = inbox.by_message(office.session, office.person, request.message)
    if letter is None:
        return None
    return inbox.answer(office.session, office.person, letter, request.text, office.now)


WAYS: Mapping[type[OrganizersRequest], Way] = {
    ListLetters: _list,
    ReadLetter: _read,
    AnswerLetter: _answer,
    AnswerByReply: _by_reply,
}
