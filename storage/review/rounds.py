"""Rounds: a reviewer marks answers, the author changes those and is done once.

Comments are kept as they are written (`RoundRow.draft`); only asking begins the round. A round ends when the author is
done, when the reviewer decides without waiting, or when the entry is set aside; its reminders end with it, as each is
asked again whether it is still wanted at the moment when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from dialogs.domain.entries.entry import Action, EntryState
from dialogs.domain.entries.review import MOST_COMMENTS, REMINDED, USUAL_DUE, Comment, Correction, Outcome, Trouble
from dialogs.domain.notice import NoticeKind
from dialogs.text.language_detection import language_of
from storage.review import claims, history
from storage.review.delivery import deliver
from storage.tables import CommentRow, DraftRow, EntryRow, EntryVersionRow, PersonRow, RoundRow

__all__ = [
    "answered",
    "ask",
    "close",
    "comments",
    "corrections",
    "is_owed",
    "last_closed",
    "mark",
    "open_round",
    "remind",
    "set_due",
    "written",
]


def open_round(session: Session, reference: str) -> RoundRow | None:
    """The round that its author is asked in now."""
    return _round(session, reference, draft=False)


def written(session: Session, reference: str) -> RoundRow | None:
    """The round whose comments are being written."""
    return _round(session, reference, draft=True)


def _round(session: Session, reference: str, *, draft: bool) -> RoundRow | None:
    found = select(RoundRow).where(RoundRow.reference == reference, RoundRow.draft == draft)
    return session.exec(found.where(col(RoundRow.closed).is_(None)).order_by(col(RoundRow.id).desc())).first()


def last_closed(session: Session, reference: str) -> RoundRow | None:
    found = select(RoundRow).where(RoundRow.reference == reference, col(RoundRow.closed).is_not(None))
    return session.exec(found.order_by(col(RoundRow.id).desc())).first()


def comments(session: Session, round_: RoundRow | None) -> tuple[Comment, ...]:
    """What is wanted in it, by key."""
    if round_ is None:
        return ()
    rows = session.exec(select(CommentRow).where(CommentRow.round_id == round_.id).order_by(CommentRow.key))
    return tuple(Comment(row.key, row.text, row.language) for row in rows)


def mark(session: Session, person: int, reference: str, key: str, text: str, now: datetime) -> Trouble | None:
    """Keep a comment on an answer for the next round; an empty one takes it back."""
    row = claims.taken_up(session, person, reference, now)
    if isinstance(row, Trouble):
        return row
    if row.state != EntryState.IN_REVIEW.value:
        return Trouble.NOT_NOW
    round_ = written(session, reference) or _begin(session, row, person, now)
    found = session.get(CommentRow, (round_.id, key))
    language = language_of(text, session.get_one(PersonRow, person).language)
    if found is not None and text:
        found.text, found.language = text, language
    elif found is not None:
        session.delete(found)
    elif text:
        if len(comments(session, round_)) >= MOST_COMMENTS:
            return Trouble.NOT_NOW
        session.add(CommentRow(round_id=round_.id or 0, key=key, text=text, language=language))
    session.flush()
    return None


def _begin(session: Session, row: EntryRow, person: int | None, now: datetime) -> RoundRow:
    round_ = RoundRow(
        reference=row.reference, person_id=person, version=row.version, asked=now, due=now + USUAL_DUE, draft=True
    )
    session.add(round_)
    session.flush()
    return round_


def set_due(session: Session, person: int, reference: str, due: datetime, now: datetime) -> Trouble | None:
    """Set until when the author is asked; an author who was asked already is told the new day."""
    row = claims.taken_up(session, person, reference, now)
    if isinstance(row, Trouble):
        return row
    if due <= now:
        return Trouble.PAST
    asked = open_round(session, reference)
    round_ = asked or written(session, reference) or _begin(session, row, person, now)
    if round_.due == due:
        return None
    round_.due = due
    if asked is not None:
        round_.reminded = 0
        deliver(session, NoticeKind.REVIEW_DUE, f"{asked.id}:moved:{due:%Y%m%dT%H%M}", [row.person_id], now)
    session.flush()
    return None


def ask(
    session: Session,
    person: int | None,
    reference: str,
    version: int | None,
    now: datetime,
    *,
    besides: Iterable[Comment] = (),
    due: datetime | None = None,
) -> Trouble | None:
    """Send the comments to the author: one message. `besides`: more comments, of the command line."""
    row = claims.taken_up(session, person, reference, now, version)
    if isinstance(row, Trouble):
        return row
    if row.person_id is None:
        return Trouble.NOBODY
    round_ = written(session, reference) or _begin(session, row, person, now)
    for comment in besides:
        session.merge(
            CommentRow(round_id=round_.id or 0, key=comment.key, text=comment.text, language=comment.language)
        )
    session.flush()
    if not comments(session, round_):
        return Trouble.EMPTY
    due = due or (round_.due if round_.due > now else now + USUAL_DUE)
    if due <= now:
        return Trouble.PAST
    if history.act(session, row, Action.ASK, person, now, round=round_.id) is None:
        return Trouble.NOT_NOW
    round_.draft, round_.asked, round_.due, round_.version, round_.person_id = False, now, due, row.version, person
    deliver(session, NoticeKind.REVIEW_ASKED, str(round_.id), [row.person_id], now)
    session.flush()
    return None


def close(session: Session, row: EntryRow, outcome: Outcome, now: datetime) -> None:
    """End the round that is open, if one is, and drop comments that were never sent."""
    round_ = open_round(session, row.reference)
    if round_ is not None:
        round_.closed, round_.outcome = now, outcome.value
    unsent = written(session, row.reference)
    if unsent is not None and outcome is not Outcome.ANSWERED:
        session.delete(unsent)
    session.flush()


def answered(session: Session, row: EntryRow, draft: DraftRow, now: datetime) -> bool:
    """A new version came in: is it the answer to what was asked? Then the round ends, and its reviewer is told, once.

    Any new version ends a round: who sends an update instead of corrections has answered too.
    """
    round_ = open_round(session, row.reference)
    if round_ is None:
        return False
    close(session, row, Outcome.ANSWERED, now)
    if round_.person_id is not None:
        deliver(session, NoticeKind.REVIEW_DONE, str(round_.id), [round_.person_id], now)
    return True


def corrections(session: Session, person: int) -> dict[str, Correction]:
    """What this person is asked about their entries now, by reference."""
    mine = (
        select(RoundRow, EntryVersionRow)
        .join(EntryRow, col(EntryRow.reference) == col(RoundRow.reference))
        .outerjoin(
            EntryVersionRow,
            (col(EntryVersionRow.reference) == col(EntryRow.reference))
            & (col(EntryVersionRow.version) == col(EntryRow.version)),
        )
        .where(EntryRow.person_id == person, EntryRow.state == EntryState.CHANGES_ASKED.value)
        .where(col(RoundRow.closed).is_(None), ~col(RoundRow.draft))
        .order_by(col(RoundRow.due), col(RoundRow.id))
    )
    found = {}
    for round_, version in session.exec(mine).all():
        sent = session.get(DraftRow, version.draft_id) if version is not None else None
        questionnaire = sent.version if sent is not None else round_.reference.split("-")[1]
        found[round_.reference] = Correction(
            round_.id or 0, round_.reference, round_.due, questionnaire, comments(session, round_)
        )
    return found


def is_owed(session: Session, now: datetime) -> bool:
    """Whether `remind` would find anything."""
    return any(_reached(round_, now) > round_.reminded for round_ in session.exec(_nearing(now).limit(200)))


def _nearing(now: datetime) -> SelectOfScalar[RoundRow]:
    """Open rounds of which not every reminder was sent that could be due."""
    waiting = select(RoundRow).where(col(RoundRow.closed).is_(None), ~col(RoundRow.draft))
    waiting = waiting.where(col(RoundRow.due) <= now - min(REMINDED), col(RoundRow.reminded) < len(REMINDED))
    return waiting.order_by(col(RoundRow.reminded), col(RoundRow.due))


def _reached(round_: RoundRow, now: datetime) -> int:
    return sum(round_.due + moment <= now for moment in REMINDED)


def remind(session: Session, now: datetime, limit: int = 200) -> int:
    """Put reminders into the ledger whose time has come; how many. The later one of two that were slept through."""
    told = 0
    for round_ in session.exec(_nearing(now).limit(limit).with_for_update()).all():
        reached = _reached(round_, now)
        row = session.get(EntryRow, round_.reference)
        if reached <= round_.reminded or row is None or row.person_id is None:
            continue
        first_time = round_.reminded == 0 and round_.asked > round_.due + REMINDED[0]
        skipped = first_time and reached == 1  # asked for less than two days: they have just been told
        round_.reminded = reached
        if not skipped:
            key = f"{round_.id}:{reached}:{round_.due:%Y%m%dT%H%M}"
            deliver(session, NoticeKind.REVIEW_DUE, key, [row.person_id], now)
            told += 1
    session.flush()
    return told
