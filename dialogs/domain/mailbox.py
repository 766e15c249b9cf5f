"""What a conversation and the store say to each other about letters by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["AllowMail", "DeclineMail", "LookAtMail", "MailRequest", "MailStanding"]


@dataclass(frozen=True, slots=True)
class MailStanding:
    """How somebody stands to letters. `offered`: the service can send any. `address` empty: they were never asked.

    `elsewhere`: messages reach them in another app.
    """

    offered: bool
    address: str = ""
    agreed: bool = False
    confirmed: bool = False
    news: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class LookAtMail:
    """Result: MailStanding."""


@dataclass(frozen=True, slots=True)
class AllowMail:
    """Letters may come to this address, announcements too when `news`. Result: MailStanding."""

    address: str
    news: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class DeclineMail:
    """No letters (any more). Result: MailStanding."""

    address: str
    at: datetime


MailRequest = LookAtMail | AllowMail | DeclineMail
