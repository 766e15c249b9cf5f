"""Comments on the entries of a zero draft: taken in from mail, kept, listed for organizers, closed when done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from dialogs.domain.report import Comment
from storage.organizers import organizers
from storage.tables import EntryRow, ReportCommentRow

__all__ = ["close", "listed", "references", "take_in"]

LOOKED_UP = 500
"""References that one look into the database is about."""


def references(session: Session, wanted: Sequence[str]) -> set[str]:
    """Those of these references that entries have."""
    found: set[str] = set()
    for start in range(0, len(wanted), LOOKED_UP):
        some = list(wanted[start : start + LOOKED_UP])
        found.update(session.exec(select(EntryRow.reference).where(col(EntryRow.reference).in_(some))))
    return found


def take_in(session: Session, who: int | None, comments: Iterable[Comment], now: datetime) -> int:
    """Keep these comments; how many were new. The same words of the same person about an entry are kept once."""
    new = 0
    for comment in comments:
        same = select(ReportCommentRow.id).where(
            ReportCommentRow.reference == comment.reference,
            ReportCommentRow.who == comment.who,
            ReportCommentRow.text == comment.text,
        )
        if session.exec(same).first() is None:
            row = ReportCommentRow(
                reference=comment.reference, who=comment.who, text=comment.text, at=comment.at or now, taken_in=now
            )
            session.add(row)
            session.flush()
            new += 1
    if new:
        organizers.record(session, who, "report_comments", "", now, count=new)
    return new


def listed(session: Session, call: str, *, closed: bool = False) -> list[ReportCommentRow]:
    """The comments on a call's entries, by entry and moment; `closed`: those that are done too."""
    query = (
        select(ReportCommentRow)
        .join(EntryRow, col(EntryRow.reference) == col(ReportCommentRow.reference))
        .where(EntryRow.call == call)
        .order_by(col(ReportCommentRow.reference), col(ReportCommentRow.at), col(ReportCommentRow.id))
    )
    if not closed:
        query = query.where(col(ReportCommentRow.closed).is_(None))
    return list(session.exec(query))


def close(session: Session, who: int | None, ids: Sequence[int], now: datetime) -> list[int]:
    """Note that these comments are done; which of them there are not. Those that were closed before stay so."""
    rows = {
        row.id: row for row in session.exec(select(ReportCommentRow).where(col(ReportCommentRow.id).in_(list(ids))))
    }
    missing = [id for id in ids if id not in rows]
    news = [row for row in rows.values() if row.closed is None]
    if missing:
        return missing
    for row in news:
        row.closed = now
    if news:
        organizers.record(session, who, "report_comments_closed", "", now, count=len(news))
    return []
