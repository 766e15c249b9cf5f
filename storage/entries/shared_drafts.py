"""Drafts as a colleague has them: the sections they were handed, the title, and nothing else that anybody can see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from dialogs.domain.conversation import Answer, Draft
from dialogs.domain.entries.portion import NAME, Portion, Portions
from dialogs.domain.events import FileRef
from dialogs.questionnaire.facts import effective
from storage.engine.prepared import execute, table_of
from storage.entries.answers import as_answer
from storage.tables import AnswerRow, DraftRow, FileRow, HandOverRow

__all__ = ["of_colleague"]


def of_colleague(session: Session, person: int, portions: Portions) -> dict[str, Draft]:
    """The drafts of others of which somebody has sections now, by id: neither sent nor discarded."""
    sections = _sections(session, person)
    if not sections:
        return {}
    rows = select(DraftRow).where(
        col(DraftRow.id).in_(list(sections)),
        col(DraftRow.person_id) != person,
        col(DraftRow.submitted).is_(None),
        col(DraftRow.discarded).is_(None),
    )
    return {row.id: _portion_of(session, row, sections[row.id], portions) for row in session.exec(rows)}


def _sections(session: Session, person: int) -> Mapping[str, tuple[str, ...]]:
    rows = select(HandOverRow).where(HandOverRow.colleague == person, col(HandOverRow.revoked).is_(False))
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in session.exec(rows):
        found[row.draft_id] += (row.section,)
    return found


def _portion_of(session: Session, row: DraftRow, sections: tuple[str, ...], portions: Portions) -> Draft:
    portion = portions(row.version, sections)
    before: Mapping[str, Any] = row.previous or {}
    answers = _answers(session, row.id, {*portion.own, *portion.needed, NAME})
    seen = {key: answer for key, answer in answers.items() if _is_seen(key, portion)}
    previous = {key: value for key, value in before.items() if _is_seen(key, portion)}
    return Draft(
        id=row.id,
        call=row.call,
        version=row.version,
        started=row.started,
        touched=row.touched,
        answers=seen,
        revises=row.revises,
        previous=previous,
        files=_files(session, [*(answer.value for answer in seen.values()), *previous.values()]),
        language=row.language,
        owner=row.person_id,
        sections=sections,
        context={name: effective(answers.get(name), before.get(name)) for name in portion.needed},
    )


def _is_seen(key: str, portion: Portion) -> bool:
    return key == NAME or portion.owns(key)


def _answers(session: Session, draft: str, questions: Collection[str]) -> dict[str, Answer]:
    """The answers to these questions, those asked once for each goal included."""
    wanted = or_(*_keys(questions))
    answers = table_of(AnswerRow)  # past the ORM, as they are kept: what a session remembers of them may be old
    rows = execute(session, columns(answers).where(answers.c.draft_id == draft, wanted))
    return {row.key: as_answer(row) for row in rows}


def _keys(questions: Collection[str]) -> Iterator[ColumnElement[bool]]:
    yield col(AnswerRow.key).in_(list(questions))
    for question in questions:
        yield col(AnswerRow.key).startswith(f"{question}@", autoescape=True)


def _files(session: Session, values: Collection[Any]) -> dict[str, FileRef]:
    """The files that these values name, by id."""
    ids = [str(id) for value in values if isinstance(value, list) for id in value]
    rows = session.exec(select(FileRow).where(col(FileRow.id).in_(ids))) if ids else ()
    return {row.id: FileRef(row.id, row.source, row.name, row.kind, row.size) for row in rows}
