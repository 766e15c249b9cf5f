"""Texts of the yearly report, as organizers wrote them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.engine.types import UtcMoment

__all__ = ["ReportTextRow"]


class ReportTextRow(SQLModel, table=True):
    """A text of a call's report in a language. `name`: `dialogs.domain.report.TEXTS`, or `line.` and a line's code."""

    __tablename__ = "report_texts"

    call: str = Field(primary_key=True, foreign_key="calls.code")
    name: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    text: str
    changed: datetime = Field(sa_type=UtcMoment)
