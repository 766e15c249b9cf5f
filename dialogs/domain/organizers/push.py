"""Requests about pushing entries to receivers outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dialogs.domain.entries.entry_event import EntryEvent
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right

__all__ = [
    "DeadLetter",
    "DropDead",
    "PushState",
    "ReadPush",
    "ReceiverState",
    "ReplayAll",
    "ReplayDead",
    "ResumeReceiver",
]


@dataclass(frozen=True, slots=True)
class ReceiverState:
    """A receiver with how much waits for it, was sent, could not be delivered. `stopped`: it said that it is gone."""

    name: str
    waiting: int
    sent: int
    dead: int
    stopped: bool


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that could not be delivered. `cause`: what the last try came to, a status or a kind of error."""

    id: int
    receiver: str
    reference: str
    version: int
    event: EntryEvent
    at: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class PushState:
    receivers: tuple[ReceiverState, ...] = ()
    dead: tuple[DeadLetter, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPush(OrganizersRequest):
    """Result: PushState, with the newest of what could not be delivered."""

    right: ClassVar[Right | None] = Right.DECIDE


@dataclass(frozen=True, slots=True)
class ReplayDead(OrganizersRequest):
    """Send one again. Result: PushState."""

    right: ClassVar[Right | None] = Right.DECIDE
    id: int = 0


@dataclass(frozen=True, slots=True)
class ReplayAll(OrganizersRequest):
    """Send all of them again. Result: PushState."""

    right: ClassVar[Right | None] = Right.DECIDE


@dataclass(frozen=True, slots=True)
class DropDead(OrganizersRequest):
    """Have one not sent. Result: PushState."""

    right: ClassVar[Right | None] = Right.DECIDE
    id: int = 0


@dataclass(frozen=True, slots=True)
class ResumeReceiver(OrganizersRequest):
    """Tell a receiver again that was stopped. Result: PushState."""

    right: ClassVar[Right | None] = Right.DECIDE
    name: str = ""
