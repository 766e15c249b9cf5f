"""Requests of the help desk."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.inbox import (
    AnswerByReply,
    AnswerLetter,
    AssignLetter,
    CloseLetter,
    Desk,
    Helper,
    InboxMessage,
    ListHelpers,
    ListLetters,
    ReadLetter,
)
from storage.messaging import desk, inbox
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _list(context: RequestContext, request: ListLetters) -> Desk:
    return desk.page(context.session, context.person, request.shown, request.skip, request.limit)


def _helpers(context: RequestContext, request: ListHelpers) -> tuple[Helper, ...]:
    return desk.helpers(context.session)


def _assign(context: RequestContext, request: AssignLetter) -> InboxMessage | None:
    return desk.assign(context.session, context.person, request.letter, request.person, context.now)


def _close(context: RequestContext, request: CloseLetter) -> InboxMessage | None:
    act = desk.close if request.closed else desk.reopen
    return act(context.session, context.person, request.letter, context.now)


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
    ListHelpers: _helpers,
    AssignLetter: _assign,
    CloseLetter: _close,
    ReadLetter: _read,
    AnswerLetter: _answer,
    AnswerByReply: _by_reply,
}
