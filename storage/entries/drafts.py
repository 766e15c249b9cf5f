"""Drafts: loaded whole, kept answer by answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from dialogs.domain.conversation import Answer, Draft
from dialogs.domain.effects import AnswerGiven, DraftStarted
from dialogs.domain.entries.portion import Portions
from dialogs.domain.events import FileRef
from storage.engine.json_rows import JsonRows
from storage.engine.prepared import execute, table_of
from storage.entries import answers, rights, shared_drafts
from storage.tables import AnswerRow, DraftRow, FileRow, HandOverRow

__all__ = ["OF_PERSON", "Count", "counts", "give", "of_person", "own", "start"]

DRAFTS, FILES, HAND_OVERS = table_of(DraftRow), table_of(FileRow), table_of(HandOverRow)

FOUND = (
    *DRAFTS.c,
    exists().where(FILES.c.draft_id == DRAFTS.c.id).label("has_files"),
    exists()
    .where(HAND_OVERS.c.draft_id == DRAFTS.c.id, HAND_OVERS.c.colleague.is_not(None), ~HAND_OVERS.c.revoked)
    .label("is_away"),
)
OF_PERSON = JsonRows("drafts", FOUND, DRAFTS, DRAFTS.c.person_id == bindparam("person"), DRAFTS.c.submitted.is_(None))
"""The unsent drafts of a person."""
BY_ID = columns(*FOUND).where(DRAFTS.c.id == bindparam("id"))

SMALL = 3
"""Groups smaller than this are hidden among the others: a number must not point at a person."""


def of_person(session: Session, person: int, found: Any, portions: Portions) -> dict[str, Draft]:
    """A person's unsent drafts by id, with their portion of those of which a colleague handed them sections.

    `found` has the texts of `OF_PERSON` and `answers.OF_PERSON`, and whether anybody handed them any.
    """
    mine = OF_PERSON.read(found.drafts)
    rights.note_own(session, person, [row.id for row in mine])
    handed = shared_drafts.of_colleague(session, person, portions) if found.is_colleague else {}
    given = answers.by_draft(answers.OF_PERSON.read(found.answers)) if mine else {}
    return {**_as_drafts(session, mine, given), **handed}


def own(session: Session, id: str) -> Draft:
    """A draft as its author has it."""
    return _as_drafts(session, [execute(session, BY_ID, {"id": id}).one()], {id: answers.of_draft(session, id)})[id]


def _as_drafts(
    session: Session, rows: Sequence[Row[Any]], given: Mapping[str, Mapping[str, Answer]]
) -> dict[str, Draft]:
    """The drafts of these rows. What few drafts have is looked up for those that have it."""
    away = _away(session, [row.id for row in rows if row.is_away])
    files = _files(session, rows) if any(row.has_files or row.previous for row in rows) else {}
    return {row.id: _as_draft(row, given.get(row.id, {}), files.get(row.id, {}), away.get(row.id, ())) for row in rows}


def _as_draft(
    row: Row[Any],
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


def _away(session: Session, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Sections of these drafts that a colleague is in now."""
    if not ids:
        return {}
    rows = select(HandOverRow).where(
        col(HandOverRow.draft_id).in_(ids),
        col(HandOverRow.colleague).is_not(None),
        col(HandOverRow.revoked).is_(False),
    )
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in session.exec(rows):
        found[row.draft_id] += (row.section,)
    return found


def _files(session: Session, rows: Sequence[Row[Any]]) -> dict[str, dict[str, FileRef]]:
    """The files of each draft: its own, and those of the entry it revises."""
    before = {draft.id: _named(draft) for draft in rows}
    named = frozenset().union(*before.values())
    own = col(FileRow.draft_id).in_([draft.id for draft in rows])
    wanted = select(FileRow).where(own | col(FileRow.id).in_(named) if named else own)
    found: dict[str, dict[str, FileRef]] = defaultdict(dict)
    for row in session.exec(wanted):
        file = FileRef(row.id, row.source, row.name, row.kind, row.size)
        for draft in rows:
            if row.draft_id == draft.id or row.id in before[draft.id]:
                found[draft.id][row.id] = file
    return found


def _named(draft: Row[Any]) -> frozenset[str]:
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
        answers.keep(session, effect.id, key, answer)
    for file in effect.files.values():
        _keep_file(session, effect.id, file)


def give(session: Session, effect: AnswerGiven) -> None:
    """Keep an answer, and the file that comes with it."""
    if effect.file is not None:
        _keep_file(session, effect.draft, effect.file)
    answers.keep(session, effect.draft, effect.key, effect.answer)
    answers.touch(session, effect.draft, effect.answer.at)


def languages(session: Session, draft: str) -> dict[str, str]:
    """The languages of a draft's texts, by key."""
    rows = select(AnswerRow.key, AnswerRow.language).where(AnswerRow.draft_id == draft).order_by(AnswerRow.key)
    return {key: language for key, language in session.exec(rows) if language is not None}


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
