"""The report's texts that organizers write: kept by call, name and language."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.organizers import organizers
from storage.tables.report import ReportTextRow

__all__ = ["Texts", "every", "put"]

Texts = dict[tuple[str, str], str]


def every(session: Session, call: str) -> Texts:
    """The texts of a call's report, by name and language."""
    rows = session.exec(
        select(ReportTextRow)
        .where(ReportTextRow.call == call)
        .order_by(col(ReportTextRow.name), col(ReportTextRow.language))
    )
    return {(row.name, row.language): row.text for row in rows}


def put(session: Session, who: int | None, call: str, name: str, language: str, text: str, now: datetime) -> None:
    """Keep a text in place of what was there; an empty one takes it away. It stands in the log who did it."""
    row = session.get(ReportTextRow, (call, name, language))
    if row is not None and not text:
        session.delete(row)
    elif row is not None:
        row.text, row.changed = text, now
    elif text:
        session.add(ReportTextRow(call=call, name=name, language=language, text=text, changed=now))
    organizers.record(session, who, "report_text", call, now, name=name, language=language)
