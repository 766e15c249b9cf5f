"""The Prizes: how far entries have come, what was announced, scores and votes."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.engine.types import UtcMoment

__all__ = ["PrizeScoreRow", "PrizeVoteRow", "StandingRow"]


class StandingRow(SQLModel, table=True):
    """A nominated entry in its category of a call. `state`: `dialogs.domain.entries.prize.Standing`, without
    `submitted`; `announced`: the furthest of its steps that everybody may see.
    """

    __tablename__ = "prize_standings"

    reference: str = Field(primary_key=True)
    call: str = Field(index=True)
    category: int
    state: str
    announced: str | None = None
    changed: datetime = Field(sa_type=UtcMoment)


class PrizeScoreRow(SQLModel, table=True):
    """What a juror gave an entry for a criterion."""

    __tablename__ = "prize_scores"

    reference: str = Field(primary_key=True)
    juror: str = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    score: int


class PrizeVoteRow(SQLModel, table=True):
    """How many votes an entry got in the public vote, which is held elsewhere."""

    __tablename__ = "prize_votes"

    reference: str = Field(primary_key=True)
    votes: int
