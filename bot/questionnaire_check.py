"""Questionnaire files with mistakes: one that is in use stops the start, all others are named and left out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from bot.questionnaires.edition import IN_DATABASE
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.loader import QuestionnaireError
from storage.calls import calls
from storage.engine.database import Database
from storage.tables import DraftRow

__all__ = ["UnusableQuestionnaireError", "check_questionnaires", "faulty_files", "users_of"]

log = logging.getLogger(__name__)


class UnusableQuestionnaireError(Exception):
    """A questionnaire that calls or drafts are on has mistakes, in one line that says what to do."""


async def check_questionnaires(database: Database, now: datetime) -> None:
    """Refuse to start when a faulty file is in use; warn, one line for each, of those that nobody uses."""
    for name, error in loader.faults().items():
        users = await database.read(lambda session, name=name: users_of(session, _version(name), now))  # type: ignore[misc]
        if not users:
            log.warning("%s: it is left out", _summary(name, error))
        else:
            raise UnusableQuestionnaireError(
                f"{_summary(name, error)}. {', '.join(users)} need it: mend it (stocktaking questionnaire lint names "
                "every mistake), or give the call another version (stocktaking calls describe)"
            )
    if not loader.versions():
        raise UnusableQuestionnaireError("there is no questionnaire that can be used (see: stocktaking doctor)")


def faulty_files() -> Iterator[str]:
    """A line for each file with mistakes."""
    for name, error in loader.faults().items():
        yield _summary(name, error)


def _summary(name: str, error: QuestionnaireError) -> str:
    first, *others = error.mistakes
    more = f", and {len(others)} more" if others else ""
    return f"the questionnaire {name} cannot be used ({first}{more})"


def users_of(session: Session, version: str, now: datetime) -> list[str]:
    """Who is on a version: calls by their codes, and unsent drafts."""
    known = {call.code: call for call in (*calls.every(session, now), calls.current(session, now, loader.edition_of))}
    users = [f"call {code}" for code, call in sorted(known.items()) if call.version == version]
    drafts = select(DraftRow.id).where(DraftRow.version == version, col(DraftRow.submitted).is_(None))
    return [*users, *(["unsent drafts"] if session.exec(drafts.limit(1)).first() else [])]


def _version(name: str) -> str:
    """The version that a file would be; none for one that is called otherwise, as it never was one."""
    if name.endswith(IN_DATABASE):
        return name.removesuffix(IN_DATABASE)
    stem, _, suffix = name.rpartition(".")
    return stem if suffix == "yaml" else ""
