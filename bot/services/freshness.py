"""Authors of published entries are asked, by one message and not at night, whether what they say is still true."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from dialogs.domain.messages import Code, M, Moment
from dialogs.domain.notice import NoticeKind
from dialogs.screens import Choice, Kind, Line, Screen, Style
from storage.engine.database import Database
from storage.entries import freshness
from storage.messaging.notices import Notice
from storage.tables import EntryRow

__all__ = ["SCREENS", "ask_authors"]


async def ask_authors(database: Database, now: datetime) -> int:
    """Put into the ledger what is owed by now; how many questions. Nothing is written when nothing is."""
    if not await database.read(lambda session: freshness.is_owed(session, now)):
        return 0
    return await database.write(lambda session: freshness.ask(session, now))


def still_true(session: Session, notice: Notice, person: int) -> Screen | None:
    """The question, with its three answers; None when it does not stand any more."""
    reference = notice.key.split(":")[1]
    entry = session.get(EntryRow, reference)
    if entry is None or not freshness.is_asked(entry, person):
        return None
    lines = (
        Line(Kind.TITLE, M("still.title", title=entry.title)),
        Line(Kind.TEXT, M("still.since", reference=Code(reference), date=Moment(entry.received, date_only=True))),
    )
    ways = (
        Choice(f"still:yes:{reference}", M("choice.still_true"), Style.PRIMARY),
        Choice(f"still:update:{reference}", M("choice.update_this")),
        Choice(f"still:withdraw:{reference}", M("choice.withdraw", reference=Code(reference))),
    )
    return Screen("news/still_true", lines, tuple((way,) for way in ways))


SCREENS = {NoticeKind.STILL_TRUE: still_true}
