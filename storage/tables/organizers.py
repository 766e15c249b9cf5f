"""The organizers: their roles, invitations, the log of what they did, and their menus in Telegram."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Column, Field, SQLModel

from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["DeskAnswerRow", "InvitationRow", "LogRow", "NamedOrganizerRow", "OrganizerMenuRow", "OrganizerRow"]


class OrganizerRow(SQLModel, table=True):
    """A person with a role (`dialogs.domain.roles.Role`), by invitation. `by`: who gave it, if a person did."""

    __tablename__ = "organizers"

    person_id: int = Field(sa_column=Column(BigId, primary_key=True, autoincrement=False))
    role: str
    by: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    since: datetime = Field(sa_type=UtcMoment)


class NamedOrganizerRow(SQLModel, table=True):
    """A Telegram id that the settings name: whoever is there is an owner, also before their first word."""

    __tablename__ = "organizers_named"

    address: str = Field(primary_key=True)


class InvitationRow(SQLModel, table=True):
    """A one-time link to become an organizer; only its hash is kept."""

    __tablename__ = "organizer_invitations"

    token: str = Field(primary_key=True)
    role: str
    by: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    until: datetime = Field(sa_type=UtcMoment)
    used_by: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))


class LogRow(SQLModel, table=True):
    """What an organizer did. Without `person_id`: the command line or the settings. Never changed, never deleted."""

    __tablename__ = "organizer_log"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    at: datetime = Field(sa_type=UtcMoment)
    person_id: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    action: str
    subject: str = ""
    details: Any = Field(default=None, sa_type=Json, nullable=True)


class OrganizerMenuRow(SQLModel, table=True):
    """A Telegram chat whose menu lists an organizer's commands, for the role it was made for."""

    __tablename__ = "organizer_menus"

    address: str = Field(primary_key=True)
    role: str


class DeskAnswerRow(SQLModel, table=True):
    """An organizer's answer to what somebody wrote. `seen`: their pages have shown it."""

    __tablename__ = "organizer_answers"

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    message_id: int = Field(sa_column=Column(BigId, index=True, nullable=False))
    person_id: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    text: str
    at: datetime = Field(sa_type=UtcMoment)
    seen: bool = False
