"""News of a review, put into the ledger for one person: it reaches them once, by message or on their page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from dialogs.domain.notice import NoticeKind
from storage.messaging import audiences, notices

__all__ = ["deliver"]


def deliver(session: Session, kind: NoticeKind, about: str, readers: Iterable[int | None], now: datetime) -> None:
    """Tell these people; nobody is told where nobody is left to be told."""
    known = [person for person in readers if person is not None]
    if known:
        audiences.add(session, notices.service(session, kind, about, now), known, now)
