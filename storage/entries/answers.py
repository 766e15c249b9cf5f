"""Answers as rows: read for a step, kept after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, bindparam, delete, insert, select, update
from sqlmodel import Session

from dialogs.domain.conversation import Answer, AnswerStatus
from dialogs.domain.effects import AnswerRemoved
from storage.engine.json_rows import JsonRows
from storage.engine.prepared import bound, execute, named, table_of
from storage.tables import AnswerRow, DraftRow, HistoryRow, answer_changed

__all__ = [
    "OF_PERSON",
    "REMEMBERED",
    "as_answer",
    "by_draft",
    "keep",
    "keeping",
    "of_draft",
    "remove",
    "touch",
    "values_of",
]

ANSWERS, DRAFTS, HISTORY = table_of(AnswerRow), table_of(DraftRow), table_of(HistoryRow)

OF_PERSON = JsonRows(
    "answers",
    tuple(ANSWERS.c),
    ANSWERS.join(DRAFTS, DRAFTS.c.id == ANSWERS.c.draft_id),
    *(DRAFTS.c.person_id == bindparam("person"), DRAFTS.c.submitted.is_(None)),
)
"""The answers of all unsent drafts of a person."""

OF_DRAFT = select(ANSWERS).where(ANSWERS.c.draft_id == bindparam("draft"))
THIS = (ANSWERS.c.draft_id == bindparam("draft"), ANSWERS.c.key == bindparam("question"))
ONE, GONE = select(ANSWERS).where(*THIS), delete(ANSWERS).where(*THIS)
REMEMBER = insert(HISTORY)
REMEMBERED = ("draft_id", "key", "value", "at", "by", "given", "removed")
TOUCH = update(DRAFTS).where(DRAFTS.c.id == bindparam("draft")).values(touched=bindparam("at"))


@cache
def keeping(dialect: str) -> Insert:
    """The statement that keeps an answer, whether there was one or not, with the parameters `named` by `values_of`."""
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as insert_of
    else:
        from sqlalchemy.dialects.postgresql import insert as insert_of  # type: ignore[assignment]
    made = insert_of(ANSWERS).values({column.name: bound(column) for column in ANSWERS.c})
    changed = {column.name: made.excluded[column.name] for column in ANSWERS.c if not column.primary_key}
    return made.on_conflict_do_update(index_elements=[ANSWERS.c.draft_id, ANSWERS.c.key], set_=changed)


def as_answer(row: Any) -> Answer:
    """The answer of a row of the table."""
    pieces = tuple(row.pieces or ())
    return Answer(row.value, row.at, AnswerStatus(row.given), row.ref, row.by, pieces, row.language)


def by_draft(rows: Iterable[Any]) -> dict[str, dict[str, Answer]]:
    """Answers by draft and question key."""
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    for row in rows:
        found[row.draft_id][row.key] = as_answer(row)
    return found


def of_draft(session: Session, draft: str) -> dict[str, Answer]:
    """The answers of a draft, by question key."""
    return {row.key: as_answer(row) for row in execute(session, OF_DRAFT, {"draft": draft})}


def values_of(draft: str, key: str, answer: Answer) -> dict[str, Any]:
    """The columns of an answer's row."""
    return {
        "draft_id": draft,
        "key": key,
        "value": answer.value,
        "at": answer.at,
        "given": answer.given.value,
        "ref": answer.ref,
        "by": answer.by,
        "pieces": list(answer.pieces) or None,
        "language": answer.language,
    }


def keep(session: Session, draft: str, key: str, answer: Answer) -> None:
    """Keep an answer, and that it was given."""
    values = values_of(draft, key, answer)
    execute(session, keeping(session.get_bind().dialect.name), named(values))
    execute(session, REMEMBER, {name: values.get(name, False) for name in REMEMBERED})
    answer_changed(session.connection(), draft, key)


def remove(session: Session, effect: AnswerRemoved) -> None:
    """Take an answer back; the history keeps it."""
    this = {"draft": effect.draft, "question": effect.key}
    row = execute(session, ONE, this).one_or_none()
    if row is not None:
        kept = {"draft_id": effect.draft, "key": effect.key, "value": row.value, "by": row.by, "given": row.given}
        execute(session, REMEMBER, {**kept, "at": effect.at, "removed": True})
        execute(session, GONE, this)
        answer_changed(session.connection(), effect.draft, effect.key)
    touch(session, effect.draft, effect.at)


def touch(session: Session, draft: str, at: datetime) -> None:
    """Note when something was last done with a draft."""
    execute(session, TOUCH, {"draft": draft, "at": at})
