"""Drafts: loaded whole, kept answer by answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from dialogs.domain.conversation import Answer, Draft
from dialogs.domain.effects import AnswerGiven, AnswerRemoved, DraftStarted
from dialogs.domain.events import FileRef
from dialogs.domain.portion import Portions
from storage.entries import shared_drafts
from storage.entries.answer_values import as_answer
from storage.tables import AnswerRow, DraftRow, FileRow, HandOverRow, HistoryRow

__all__ = ["Count", "counts", "give", "of_person", "own", "remove", "start"]

SMALL = 3
"""Groups smaller than this are hidden among the others: a number must not point at a person."""


def of_person(session: Session, person: int, portions: Portions) -> dict[str, Draft]:
    """A person's unsent drafts by id, with their portion of those of which a colleague handed them sections."""
    mine = session.exec(select(DraftRow).where(DraftRow.person_id == person, col(DraftRow.submitted).is_(None))).all()
    session.info["drafts"] = mine  # held until the turn ends, for the answer that is kept in one of them
    ids = [row.id for row in mine]
    answers, files, away = _answers(session, ids), _files(session, mine), _away(session, ids)
    own = {row.id: _as_draft(row, answers[row.id], files[row.id], away[row.id]) for row in mine}
    return {**own, **shared_drafts.of_colleague(session, person, portions)}


def own(session: Session, id: str) -> Draft:
    """A draft as its author has it."""
    row = session.get_one(DraftRow, id)
    return _as_draft(row, _answers(session, [id])[id], _files(session, [row])[id], _away(session, [id])[id])


def _as_draft(
    row: DraftRow,
    answers: Mapping[str, Answer],
    files: Mapping[str, FileRef],
    away: tuple[str, ...],
) -> Draft:
    return Draft(
        id=row.id,
        call=row.call,
        version=row.version,
        started=row.started,
        touched=row.touched,
        answers=answers,
        revises=row.revises,
        previous=row.previous or {},
        files=files,
        discarded=row.discarded,
        corrects=row.corrects,
        language=row.language,
        handed=away,
    )


def _away(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Sections of these drafts that a colleague is in now."""
    rows = select(HandOverRow).where(
        col(HandOverRow.draft_id).in_(list(ids)),
        col(HandOverRow.colleague).is_not(None),
        col(HandOverRow.revoked).is_(False),
    )
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in session.exec(rows):
        found[row.draft_id] += (row.section,)
    return found


def _answers(session: Session, ids: Iterable[str]) -> dict[str, dict[str, Answer]]:
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    for row in session.exec(select(AnswerRow).where(col(AnswerRow.draft_id).in_(list(ids)))):
        found[row.draft_id][row.key] = as_answer(row)
    return found


def _files(session: Session, rows: Sequence[DraftRow]) -> dict[str, dict[str, FileRef]]:
    """The files of each draft: its own, and those of the entry it revises."""
    before = {draft.id: _named(draft) for draft in rows}
    named = frozenset().union(*before.values())
    own = col(FileRow.draft_id).in_([draft.id for draft in rows])
    wanted = select(FileRow).where(own | col(FileRow.id).in_(named) if named else own)
    found: dict[str, dict[str, FileRef]] = defaultdict(dict)
    for row in session.exec(wanted) if rows else ():
        file = FileRef(row.id, row.source, row.name, row.kind, row.size)
        for draft in rows:
            if row.draft_id == draft.id or row.id in before[draft.id]:
                found[draft.id][row.id] = file
    return found


def _named(draft: DraftRow) -> frozenset[str]:
    """What may be files' ids in the answers of the entry that a draft revises."""
    values = (draft.previous or {}).values()
    return frozenset(str(id) for value in values if isinstance(value, list) for id in value)


def start(session: Session, person: int, effect: DraftStarted) -> None:
    """Begin a draft with the answers that are known."""
    session.add(
        DraftRow(
            id=effect.id,
            person_id=person,
            call=effect.call,
            version=effect.version,
            language=effect.language,
            started=effect.at,
            touched=effect.at,
            revises=effect.revises,
            previous=dict(effect.previous),
            corrects=effect.corrects,
        )
    )
    session.flush()
    for key, answer in effect.answers.items():
        _keep(session, effect.id, key, answer)
    for file in effect.files.values():
        _keep_file(session, effect.id, file)


def give(session: Session, effect: AnswerGiven) -> None:
    """Keep an answer, and that it was given."""
    if effect.file is not None:
        _keep_file(session, effect.draft, effect.file)
    _keep(session, effect.draft, effect.key, effect.answer)
    _touch(session, effect.draft, effect.answer.at)


def languages(session: Session, draft: str) -> dict[str, str]:
    """The languages of a draft's texts, by key."""
    rows = select(AnswerRow.key, AnswerRow.language).where(AnswerRow.draft_id == draft).order_by(AnswerRow.key)
    return {key: language for key, language in session.exec(rows) if language is not None}


def remove(session: Session, effect: AnswerRemoved) -> None:
    """Take an answer back; the history keeps it."""
    row = session.get(AnswerRow, (effect.draft, effect.key))
    if row is not None:
        _remember(session, effect.draft, effect.key, row.value, effect.at, row.by, row.given, removed=True)
        session.delete(row)
        session.flush()
    _touch(session, effect.draft, effect.at)


def _touch(session: Session, draft: str, at: datetime) -> None:
    row = session.get(DraftRow, draft)
    if row is not None:
        row.touched = at


def _keep(session: Session, draft: str, key: str, answer: Answer) -> None:
    values: dict[str, Any] = {
        "value": answer.value,
        "at": answer.at,
        "given": answer.given.value,
        "ref": answer.ref,
        "by": answer.by,
        "pieces": list(answer.pieces) or None,
        "language": answer.language,
    }
    row = session.get(AnswerRow, (draft, key))
    if row is None:
        session.add(AnswerRow(draft_id=draft, key=key, **values))
    else:
        row.sqlmodel_update(values)
    _remember(session, draft, key, answer.value, answer.at, answer.by, answer.given.value)


def _remember(
    session: Session, draft: str, key: str, value: Any, at: datetime, by: int | None, given: str, removed: bool = False
) -> None:
    session.add(HistoryRow(draft_id=draft, key=key, value=value, at=at, by=by, given=given, removed=removed))


def _keep_file(session: Session, draft: str, file: FileRef) -> None:
    if session.get(FileRow, (file.id, draft)) is None:
        session.add(
            FileRow(id=file.id, draft_id=draft, source=file.source, name=file.name, kind=file.kind, size=file.size)
        )
        session.flush()


@dataclass(frozen=True, slots=True)
class Count:
    """How many drafts of a call were last touched at a question. `question` "few": groups too small to show."""

    call: str
    question: str
    drafts: int

    def __str__(self) -> str:
        return f"{self.call}  {self.question:<20} {self.drafts:>6}"


def counts(session: Session) -> list[Count]:
    """Unsent drafts by the question answered last. Nobody reads a draft: numbers only, small groups hidden."""
    groups = Counter[tuple[str, str]]()
    for call, key, number in session.execute(_last_keys()):
        groups[call, key.partition("@")[0] if key else "nothing yet"] += number
    shown = [Count(call, question, number) for (call, question), number in sorted(groups.items()) if number >= SMALL]
    few = Counter[str]()
    for (call, _), number in groups.items():
        few[call] += number if number < SMALL else 0
    return [*shown, *(Count(call, "few", number) for call, number in sorted(few.items()) if number)]


def _last_keys() -> Select[str, str | None, int]:
    """Unsent drafts by the key of their newest answer, counted. One look into the answers' index for each draft."""
    newest = (
        columns(col(AnswerRow.key))
        .where(col(AnswerRow.draft_id) == col(DraftRow.id))
        .order_by(col(AnswerRow.at).desc(), col(AnswerRow.key).desc())
        .limit(1)
        .correlate(DraftRow)
        .scalar_subquery()
    )
    unsent = columns(col(DraftRow.call), newest.label("key")).where(
        col(DraftRow.submitted).is_(None), col(DraftRow.corrects).is_(None), col(DraftRow.discarded).is_(None)
    )
    each = unsent.subquery()
    return columns(each.c.call, each.c.key, func.count()).group_by(each.c.call, each.c.key)
