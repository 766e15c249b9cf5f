"""Review: rounds with their comments, scores, the history of every entry, and who may not review what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Column, Field, ForeignKey, SQLModel, String, UniqueConstraint

from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["AssignmentRow", "CommentRow", "ConflictRow", "EntryHistoryRow", "ReviewMessageRow", "RoundRow", "ScoreRow"]


def _number() -> Any:
    return Column(BigId, primary_key=True, autoincrement=True)


def _of_an_entry(**options: Any) -> Any:
    """The entry that a row is about; the row goes with it."""
    return Column(String, ForeignKey("entries.reference", ondelete="CASCADE"), **{"nullable": False, **options})


class RoundRow(SQLModel, table=True):
    """A round with an author: asked about a version, until `due`. `closed` and `outcome` once it is over.

    `reminded`: how many of its reminders were sent. `draft`: the comments are still being written, nobody was told.
    """

    __tablename__ = "review_rounds"

    id: int | None = Field(default=None, sa_column=_number())
    reference: str = Field(sa_column=_of_an_entry(index=True))
    person_id: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    version: int
    asked: datetime = Field(sa_type=UtcMoment)
    due: datetime = Field(sa_type=UtcMoment)
    closed: datetime | None = Field(default=None, sa_type=UtcMoment)
    outcome: str | None = None
    reminded: int = 0
    draft: bool = False


class CommentRow(SQLModel, table=True):
    """What is wanted in the answer under a key."""

    __tablename__ = "review_comments"

    round_id: int = Field(
        sa_column=Column(
            BigId, ForeignKey("review_rounds.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
    key: str = Field(primary_key=True)
    text: str
    language: str = "und"


class EntryHistoryRow(SQLModel, table=True):
    """What happened to an entry: who did what, when, and the states before and after."""

    __tablename__ = "entry_history"

    id: int | None = Field(default=None, sa_column=_number())
    reference: str = Field(sa_column=_of_an_entry(index=True))
    at: datetime = Field(sa_type=UtcMoment)
    person_id: int | None = Field(default=None, sa_column=Column(BigId, index=True, nullable=True))
    action: str
    old: str
    new: str
    version: int
    by_author: bool = False
    details: Any = Field(default=None, sa_type=Json, nullable=True)


class ReviewMessageRow(SQLModel, table=True):
    """What a reviewer and an author write each other about an entry."""

    __tablename__ = "review_messages"

    id: int | None = Field(default=None, sa_column=_number())
    reference: str = Field(sa_column=_of_an_entry(index=True))
    person_id: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    by_author: bool
    text: str
    language: str
    at: datetime = Field(sa_type=UtcMoment)


class AssignmentRow(SQLModel, table=True):
    """An entry was given to a reviewer, `by` an organizer (None: the command line): it is kept for them until `until`.

    `batch`: what was given at once, which those to whom it was given are told in one message.
    """

    __tablename__ = "review_assignments"

    reference: str = Field(sa_column=_of_an_entry(primary_key=True))
    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False, index=True))
    by: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    at: datetime = Field(sa_type=UtcMoment)
    until: datetime = Field(sa_type=UtcMoment)
    batch: str = Field(index=True)


class ConflictRow(SQLModel, table=True):
    """A reviewer said that they have an interest in this entry: it is not offered to them again."""

    __tablename__ = "review_conflicts"

    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    reference: str = Field(sa_column=_of_an_entry(primary_key=True))


class ScoreRow(SQLModel, table=True):
    """What a reviewer gave an entry, by criterion; `given` empty: they abstained. `version`: of the entry they read.

    Once for an entry; `person_id` is empty once they asked to be forgotten.
    """

    __tablename__ = "review_scores"
    __table_args__ = (UniqueConstraint("reference", "person_id"),)

    id: int | None = Field(default=None, sa_column=_number())
    reference: str = Field(sa_column=_of_an_entry())
    person_id: int | None = Field(default=None, sa_column=Column(BigId, index=True, nullable=True))
    version: int
    at: datetime = Field(sa_type=UtcMoment)
    given: Any = Field(default=None, sa_type=Json, nullable=True)
    remark: str = ""
