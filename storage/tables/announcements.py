"""What announcing needs beside the ledger: the settings' terms, and the messages that tell organizers how far it is."""

from __future__ import annotations

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId

__all__ = ["LiveRow", "TermsRow"]


class TermsRow(SQLModel, table=True):
    """The one row of what the settings say about announcing (`storage.announcements.messaging_settings`)."""

    __tablename__ = "announcing_terms"

    id: int = Field(default=1, primary_key=True)
    rate: float
    approval: bool
    channel: str = ""
    folder: str = ""
    site: str = ""
    mail: bool = False


class LiveRow(SQLModel, table=True):
    """A person watches an announcement being sent. `message`: the one in their chat; `over`: it stays as it is, and
    `summed_up`: they have the summary.
    """

    __tablename__ = "live_messages"

    notice_id: int = Field(primary_key=True, foreign_key="notices.id")
    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    message: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    over: bool = False
    summed_up: bool = False
