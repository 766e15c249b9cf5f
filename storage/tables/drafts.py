"""Drafts, their answers with all earlier ones, their files, and sections handed to colleagues."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["AnswerRow", "DraftRow", "FileRow", "HandOverRow", "HistoryRow", "UnwantedFileRow"]


class DraftRow(SQLModel, table=True):
    """A draft. `submitted` is the reference it became; its answers then live on in the entry. `corrects` is the round
    of review that it answers.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("draft_person_call", "person_id", "call"),)

    id: str = Field(primary_key=True)
    person_id: int = Field(sa_column=Column(BigId, nullable=False))
    call: str = Field(index=True)
    version: str
    language: str = "en"
    started: datetime = Field(sa_type=UtcMoment)
    touched: datetime = Field(sa_type=UtcMoment)
    revises: str | None = None
    previous: Any = Field(default=None, sa_type=Json, nullable=True)
    discarded: datetime | None = Field(default=None, sa_type=UtcMoment)
    submitted: str | None = Field(default=None, index=True)
    corrects: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))


class AnswerRow(SQLModel, table=True):
    """The present answer under a key of a draft."""

    __tablename__ = "answers"

    draft_id: str = Field(primary_key=True, foreign_key="drafts.id")
    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_type=Json, nullable=True)
    at: datetime = Field(sa_type=UtcMoment)
    given: str
    ref: str | None = None
    by: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    pieces: Any = Field(default=None, sa_type=Json, nullable=True)
    language: str | None = None


class HistoryRow(SQLModel, table=True):
    """Every answer ever given, in order; `removed` when it was taken back."""

    __tablename__ = "answer_history"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    draft_id: str = Field(index=True, foreign_key="drafts.id")
    key: str
    value: Any = Field(default=None, sa_type=Json, nullable=True)
    at: datetime = Field(sa_type=UtcMoment)
    by: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    given: str
    removed: bool = False


class FileRow(SQLModel, table=True):
    """A file that an answer names. `source` is how its channel finds it; `kept` when its bytes are ours.
    `sha256` of them, hexadecimal; empty when they could not be read.
    """

    __tablename__ = "files"

    id: str = Field(primary_key=True)
    draft_id: str = Field(primary_key=True, index=True, foreign_key="drafts.id")
    source: str
    name: str
    kind: str
    size: int = Field(sa_column=Column(BigId, nullable=False))
    kept: bool = False
    sha256: str | None = None


class HandOverRow(SQLModel, table=True):
    """A section that is, or was, with a colleague; only the token's hash is kept."""

    __tablename__ = "hand_overs"

    token: str = Field(primary_key=True)
    draft_id: str = Field(index=True, foreign_key="drafts.id")
    section: str
    made: datetime = Field(sa_type=UtcMoment)
    colleague: int | None = Field(default=None, sa_column=Column(BigId, index=True, nullable=True))
    revoked: bool = False


class UnwantedFileRow(SQLModel, table=True):
    """A file whose bytes are to be deleted from the folder: its person asked to be forgotten."""

    __tablename__ = "unwanted_files"

    id: str = Field(primary_key=True)
