"""Requests of the help desk."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.inbox import AnswerByReply, AnswerLetter, InboxMessage, ListLetters, ReadLetter
from storage.messaging import inbox
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _list(context: RequestContext, request: ListLetters) -> tuple[InboxMessage, ...]:
    return inbox.letters(context.session, request.limit)


def _read(context: RequestContext, request: ReadLetter) -> InboxMessage | None:
    return inbox.letter(context.session, request.letter)


def _answer(context: RequestContext, request: AnswerLetter) -> InboxMessage | None:
    return inbox.answer(context.session, context.person, request.letter, request.text, context.now)


def _by_reply(context: RequestContext, request: AnswerByReply) -> InboxMessage | None:
    letter = inbox.by_message(context.session, context.person, request.message)
    if letter is None:
        return None
    return inbox.answer(context.session, context.person, letter, request.text, context.now)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    ListLetters: _list,
    ReadLetter: _read,
    AnswerLetter: _answer,
    AnswerByReply: _by_reply,
}
