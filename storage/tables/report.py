"""Texts of the yearly report, as organizers wrote them, the reports that they asked for, and
comments on drafts of it.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, UtcMoment

__all__ = ["ReportCommentRow", "ReportOrderRow", "ReportTextRow"]


class ReportTextRow(SQLModel, table=True):
    """A text of a call's report in a language. `name`: `dialogs.domain.report.TEXTS`, or `line.` and a line's code."""

    __tablename__ = "report_texts"

    call: str = Field(primary_key=True, foreign_key="calls.code")
    name: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    text: str
    changed: datetime = Field(sa_type=UtcMoment)


class ReportOrderRow(SQLModel, table=True):
    """A report that an organizer asked for. `state`: `dialogs.domain.report.OrderState`; `reason`: why it failed;
    `file`: its name below the folder of files, "" when there is none (any more).
    """

    __tablename__ = "report_orders"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, nullable=False, index=True))
    call: str
    language: str
    form: str
    draft: bool = False
    state: str = Field(index=True)
    asked: datetime = Field(sa_type=UtcMoment)
    started: datetime | None = Field(default=None, sa_type=UtcMoment)
    ended: datetime | None = Field(default=None, sa_type=UtcMoment)
    entries: int = 0
    reason: str = ""
    file: str = ""


class ReportCommentRow(SQLModel, table=True):
    """What somebody (`who`, in their own words) said of an entry in a zero draft. `closed`: when it was done."""

    __tablename__ = "report_comments"

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(index=True)
    who: str
    text: str
    at: datetime = Field(sa_type=UtcMoment)
    taken_in: datetime = Field(sa_type=UtcMoment)
    closed: datetime | None = Field(default=None, sa_type=UtcMoment)
