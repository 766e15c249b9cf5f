"""Reports that organizers asked for: kept in their order, made one at a time by whichever process comes first.

waiting ──claim──> making ──finish──> made ──expire──> expired
                     │  └───fail────> failed
                     └──release─────> waiting
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from dialogs.domain.notice import NoticeKind
from dialogs.domain.organizers.reports import Ordered
from dialogs.domain.report import OrderState
from storage.announcements import audiences
from storage.calls import calls
from storage.messaging import notices
from storage.organizers import organizers
from storage.tables import ReportOrderRow

__all__ = [
    "KEPT",
    "LIMIT",
    "claim",
    "expire",
    "fail",
    "find",
    "finish",
    "forget",
    "is_due",
    "listed",
    "order",
    "release",
]

LIMIT = timedelta(minutes=10)
"""How long making one may take. A claim that is older was its process's last: another takes the order up."""
KEPT = timedelta(days=1)
"""How long a file is kept; the data may be others by then, and it is made anew in a minute."""
LISTED = 8
FORGOTTEN = timedelta(days=90)
LONGEST_REASON = 300
"""Characters that are kept of what a library said."""

OPEN = (OrderState.WAITING.value, OrderState.MAKING.value)


def order(session: Session, who: int, call: str, language: str, form: str, draft: bool, now: datetime) -> bool:
    """Ask for a report; False when there is no such call. The same one is not asked for twice by one person."""
    if calls.find(session, call) is None:
        return False
    row = ReportOrderRow(
        person_id=who, call=call, language=language, form=form, draft=draft, state=OrderState.WAITING.value, asked=now
    )
    fields = ("person_id", "call", "language", "form", "draft")
    same = (getattr(ReportOrderRow, name) == getattr(row, name) for name in fields)
    waits = select(ReportOrderRow.id).where(*same, col(ReportOrderRow.state).in_(OPEN))
    if session.exec(waits).first() is None:
        session.add(row)
        organizers.record(session, who, "report_ordered", call, now, language=language, form=form)
    return True


def listed(session: Session) -> tuple[Ordered, ...]:
    """The last ones, newest first."""
    rows = session.exec(select(ReportOrderRow).order_by(col(ReportOrderRow.id).desc()).limit(LISTED))
    return tuple(_ordered(row) for row in rows)


def find(session: Session, id: int) -> tuple[Ordered, str] | None:
    """An order and its file's name, "" when there is none; None when there is no such order."""
    row = session.get(ReportOrderRow, id)
    return (_ordered(row), row.file) if row is not None else None


def is_due(session: Session) -> bool:
    """Whether something waits, or was left half made."""
    return (
        session.exec(select(ReportOrderRow.id).where(col(ReportOrderRow.state).in_(OPEN)).limit(1)).first() is not None
    )


def claim(session: Session, now: datetime) -> Ordered | None:
    """Take the order that waits longest; None while another is being made.

    All open orders are locked, in their order: of two processes that look at once the second sees the first's claim.
    """
    query = select(ReportOrderRow).where(col(ReportOrderRow.state).in_(OPEN)).order_by(col(ReportOrderRow.id))
    rows = session.exec(query.with_for_update()).all()
    for row in rows:
        if row.state == OrderState.MAKING.value and row.started is not None and row.started > now - LIMIT:
            return None
    if not rows:
        return None
    rows[0].state, rows[0].started = OrderState.MAKING.value, now
    session.flush()
    return _ordered(rows[0])


def release(session: Session, id: int) -> None:
    """Its process ends: the order waits for the next one."""
    row = session.get(ReportOrderRow, id)
    if row is not None and row.state == OrderState.MAKING.value:
        row.state, row.started = OrderState.WAITING.value, None


def finish(session: Session, id: int, file: str, path: str, entries: int, now: datetime) -> None:
    """It is made, and goes to who asked for it. `file`: its name below the folder of files; `path`: where it lies."""
    row = session.get(ReportOrderRow, id)
    if row is not None:  # who asked may have been forgotten meanwhile
        row.state, row.ended, row.file, row.entries = OrderState.MADE.value, now, file, entries
        _tell(session, row, now, path)


def fail(session: Session, id: int, reason: str, now: datetime) -> None:
    """It cannot be made; who asked for it is told why."""
    row = session.get(ReportOrderRow, id)
    if row is not None:
        row.state, row.ended, row.reason = OrderState.FAILED.value, now, reason[:LONGEST_REASON]
        _tell(session, row, now, "")


def expire(session: Session, now: datetime) -> None:
    """Files that were kept long enough are offered no more; old orders go."""
    old = (col(ReportOrderRow.state) == OrderState.MADE.value, col(ReportOrderRow.ended) < now - KEPT)
    session.execute(update(ReportOrderRow).where(*old).values(state=OrderState.EXPIRED.value, file=""))
    session.execute(delete(ReportOrderRow).where(col(ReportOrderRow.asked) < now - FORGOTTEN))


def forget(session: Session, person: int) -> None:
    """Somebody asked to be forgotten."""
    session.execute(delete(ReportOrderRow).where(col(ReportOrderRow.person_id) == person))


def _tell(session: Session, row: ReportOrderRow, now: datetime, path: str) -> None:
    id = notices.service(session, NoticeKind.REPORT, str(row.id), now)
    if path:
        notices.get(session, id).file = {"path": path, "picture": False}
    audiences.add(session, id, [row.person_id], now)


def _ordered(row: ReportOrderRow) -> Ordered:
    assert row.id is not None  # it was read
    state = OrderState(row.state)
    return Ordered(row.id, row.call, row.language, row.form, row.draft, state, row.asked, row.entries, row.reason)
