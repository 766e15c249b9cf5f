"""Requests of the help desk."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizing.requests.base import OrganizersRequest
from dialogs.organizing.requests.desk import AnswerByReply, AnswerLetter, Letter, ListLetters, ReadLetter
from storage import desk
from storage.organizing.office import Office, Way

__all__ = ["WAYS"]


def _list(office: Office, request: ListLetters) -> tuple[Letter, ...]:
    return desk.letters(office.session, request.limit)


def _read(office: Office, request: ReadLetter) -> Letter | None:
    return desk.letter(office.session, request.letter)


def _answer(office: Office, request: AnswerLetter) -> Letter | None:
    return desk.answer(office.session, office.person, request.letter, request.text, office.now)


def _by_reply(office: Office, request: AnswerByReply) -> Letter | None:
    letter = desk.by_message(office.session, office.person, request.message)
    if letter is None:
        return None
    return desk.answer(office.session, office.person, letter, request.text, office.now)


WAYS: Mapping[type[OrganizersRequest], Way] = {
    ListLetters: _list,
    ReadLetter: _read,
    AnswerLetter: _answer,
    AnswerByReply: _by_reply,
}
