"""What is changed in a snapshot before it takes a place: it does not know what was sent after it was made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from dialogs.domain.notice import NoticeKind, NoticeState
from storage.announcements.messaging_settings import terms
from storage.messaging.notices import Notice

__all__ = ["hold_back", "move_folder"]


def hold_back(session: Session, now: datetime) -> list[int]:
    """Let no announcement go on by itself: those being sent are paused, those whose time has come are drafts again.

    Otherwise everybody who was written to after the backup would be written to once more. Returns their numbers.
    """
    found = session.exec(select(Notice).where(Notice.kind == NoticeKind.ANNOUNCEMENT.value)).all()
    held = []
    for notice in found:
        if notice.state == NoticeState.RUNNING:
            notice.state = NoticeState.PAUSED.value
        elif notice.state == NoticeState.SCHEDULED and notice.due <= now:
            notice.state = NoticeState.DRAFT.value
        else:
            continue
        held.append(notice.id or 0)
    return held


def move_folder(session: Session, files: Path) -> None:
    """Let announcements find their pictures in the folder of files of this machine."""
    before = terms(session).folder
    for notice in session.exec(select(Notice).where(col(Notice.file).is_not(None))):
        path = Path((notice.file or {}).get("path") or "")
        if before and path.is_relative_to(before):
            notice.file = {**(notice.file or {}), "path": str(files / path.relative_to(before))}
