"""What is kept for a time only: what is older goes, a slice at a time, so that no conversation waits for it.

An unfinished entry is warned of first, and goes only when its person has had the warning for a month and neither worked
on it since nor said that it is to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_
from sqlmodel import Session, col, delete, select

from dialogs.domain.notice import NoticeKind, NoticeState
from storage.announcements import audiences
from storage.contacts import sent_lists
from storage.messaging import notices
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.tables import (
    AnswerRow,
    CallRow,
    DeskAnswerRow,
    DraftRow,
    FileRow,
    HandOverRow,
    HistoryRow,
    LogRow,
    OrganizerMessageRow,
    TranscriptRow,
    UnwantedFileRow,
)

__all__ = ["STEPS", "Periods", "of_draft", "removal_of"]

SLICE = 500
"""Rows that one transaction takes away."""
WARNED_BEFORE = timedelta(days=60)
"""How long before an unfinished entry goes its person is told."""
AT_LEAST = timedelta(days=30)
"""How long they have had the warning at the least, however late it was sent."""
UNDO = timedelta(days=30)
"""How long a discarded entry is kept: it can be had back for a day."""


@dataclass(frozen=True, slots=True)
class Periods:
    """How long things are kept: an unfinished entry since its call closed and since it was last worked on; the others
    since they were written, or over.
    """

    drafts: timedelta
    transcripts: timedelta
    letters: timedelta
    deliveries: timedelta
    log: timedelta


def removal_of(touched: datetime, closes: datetime | None, periods: Periods) -> datetime:
    """When an unfinished entry would go by its age alone."""
    return max(touched, closes or touched) + periods.drafts


def warn(session: Session, now: datetime, periods: Periods) -> int:
    """Tell people of unfinished entries that will go; how many were told now."""
    old = _abandoned(now - periods.drafts + WARNED_BEFORE)
    found = select(DraftRow, CallRow.closes).outerjoin(CallRow, col(CallRow.code) == col(DraftRow.call))
    # Every process runs this. One that another is warning of at this moment is skipped; should it have finished between
    # our look and our lock, the key of the warning is taken, and all of this is done again.
    found = found.where(*old, ~_warned()).order_by(col(DraftRow.touched)).limit(SLICE)
    rows = session.exec(found.with_for_update(of=DraftRow, skip_locked=True)).all()
    for draft, closes in rows:
        goes = max(removal_of(draft.touched, closes, periods), now + AT_LEAST)
        notice = notices.service(session, NoticeKind.STALE, f"{draft.id}:{draft.touched.isoformat()}", now)
        notices.get(session, notice).audience = {"draft": draft.id, "goes": goes.isoformat()}
        audiences.add(session, notice, [draft.person_id], now)
    session.flush()
    return len(rows)


def remove_drafts(session: Session, now: datetime, periods: Periods) -> int:
    """Delete unfinished entries whose people were told, and discarded ones; how many."""
    base = select(DraftRow.id).outerjoin(CallRow, col(CallRow.code) == col(DraftRow.call))
    stale = base.where(*_abandoned(now - periods.drafts), _warned(now - AT_LEAST))
    discarded = select(DraftRow.id).where(col(DraftRow.submitted).is_(None), col(DraftRow.discarded) < now - UNDO)
    # One that somebody is working on at this moment is locked by their turn: it is looked at again in the next run.
    rows = (each.limit(SLICE).with_for_update(of=DraftRow, skip_locked=True) for each in (stale, discarded))
    ids = [id for each in rows for id in session.exec(each)]
    _erase(session, ids)
    return len(ids)


def _abandoned(before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Never sent, not discarded, and neither worked on nor in an open call since then."""
    return (
        col(DraftRow.submitted).is_(None),
        col(DraftRow.discarded).is_(None),
        col(DraftRow.touched) < before,
        or_(col(CallRow.closes).is_(None), col(CallRow.closes) < before),
    )


def _warned(before: datetime | None = None) -> ColumnElement[bool]:
    """Whether the person was told (before then) that this entry will go, after they last worked on it."""
    about = literal(f"{NoticeKind.STALE.value}:") + col(DraftRow.id) + literal(":")
    told = and_(
        col(Notice.kind) == NoticeKind.STALE.value,
        func.substr(col(Notice.key), 1, func.length(about)) == about,
        col(Notice.created) > col(DraftRow.touched),
    )
    return exists().where(told if before is None else and_(told, col(Notice.created) <= before))


def _erase(session: Session, ids: Iterable[str]) -> None:
    """Delete drafts with all that hangs on them; files that no other draft or entry names go from the folder too."""
    ids = list(ids)
    mine = select(FileRow.id).where(col(FileRow.draft_id).in_(ids))
    shared = set(session.exec(select(FileRow.id).where(col(FileRow.id).in_(mine), col(FileRow.draft_id).not_in(ids))))
    for file in set(session.exec(mine)) - shared:
        session.merge(UnwantedFileRow(id=file))
    session.flush()
    for table in (HandOverRow, AnswerRow, HistoryRow, FileRow):
        session.execute(delete(table).where(col(table.draft_id).in_(ids)))
    session.execute(delete(DraftRow).where(col(DraftRow.id).in_(ids)))


def of_draft(session: Session, notice: Notice) -> tuple[DraftRow, datetime] | None:
    """The entry that a warning is about and when it goes; None when that is not true any more."""
    row = session.get(DraftRow, str(notice.audience.get("draft")))
    if row is None or row.submitted or row.discarded or row.touched > notice.created:
        return None
    return row, datetime.fromisoformat(str(notice.audience["goes"]))


def remove_transcripts(session: Session, now: datetime, periods: Periods) -> int:
    return _remove(session, TranscriptRow, col(TranscriptRow.at) < now - periods.transcripts)


def remove_letters(session: Session, now: datetime, periods: Periods) -> int:
    """Letters to the organizers whose last word, theirs or ours, is old, with their answers."""
    before = now - periods.letters
    newer = exists().where(
        col(DeskAnswerRow.message_id) == col(OrganizerMessageRow.id), col(DeskAnswerRow.at) >= before
    )
    old = select(OrganizerMessageRow.id).where(col(OrganizerMessageRow.at) < before, ~newer).limit(SLICE)
    ids = list(session.exec(old))
    session.execute(delete(DeskAnswerRow).where(col(DeskAnswerRow.message_id).in_(ids)))
    session.execute(delete(OrganizerMessageRow).where(col(OrganizerMessageRow.id).in_(ids)))
    return len(ids)


def remove_deliveries(session: Session, now: datetime, periods: Periods) -> int:
    """Who got which message, of messages that were over long ago."""
    over = select(Notice.id).where(
        col(Notice.state).in_([NoticeState.DONE.value, NoticeState.STOPPED.value]),
        func.coalesce(col(Notice.finished), col(Notice.created)) < now - periods.deliveries,
    )
    return _remove(session, Delivery, col(Delivery.notice_id).in_(over))


def remove_log(session: Session, now: datetime, periods: Periods) -> int:
    return _remove(session, LogRow, col(LogRow.at) < now - periods.log)


def remove_lists(session: Session, now: datetime, periods: Periods) -> int:
    """Lists of contacts that were read, with their rows that were to be mended: a day is enough to mend them."""
    return sent_lists.remove_read(session, now, SLICE)


def _remove(session: Session, table: Any, which: ColumnElement[bool]) -> int:
    ids = list(session.exec(select(table.id).where(which).limit(SLICE)))
    session.execute(delete(table).where(col(table.id).in_(ids)))
    return len(ids)


STEPS: Mapping[str, Callable[[Session, datetime, Periods], int]] = {
    "people told of unfinished entries": warn,
    "unfinished entries": remove_drafts,
    "lines of conversations": remove_transcripts,
    "letters": remove_letters,
    "deliveries": remove_deliveries,
    "lines of the log": remove_log,
    "lists of contacts": remove_lists,
}
"""By what they take away. Each does a slice and returns how much that was; fewer than SLICE: there is no more."""
