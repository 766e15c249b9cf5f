"""Whoever follows a search of the register is told of what is new in it: once a day at most, and not at night."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from dialogs.account.follows import named
from dialogs.domain.messages import Code, M
from dialogs.domain.notice import NoticeKind
from dialogs.screens import Choice, Kind, Line, Screen
from storage.engine.database import Database
from storage.messaging.notices import Notice
from storage.search import follows

__all__ = ["SCREENS", "tell_followers"]

SHOWN = 5
"""Entries of a search that are named."""


async def tell_followers(database: Database, now: datetime) -> int:
    """Put news into the ledger; to how many people. Nothing is written when nothing is new."""
    if not await database.read(lambda session: follows.is_owed(session, now)):
        return 0
    return await database.write(lambda session: follows.tell(session, now))


def news(session: Session, notice: Notice, person: int) -> Screen | None:
    """What is new in each search, with a way to read it and a way to stop; None when nothing of it is public now."""
    found = follows.news_of(session, person, notice.key.partition(":")[2], SHOWN)
    if not found:
        return None
    lines, ways = [Line(Kind.TITLE, M("follows.news", sum(number for _, number, _ in found)))], list[Choice]()
    for followed, number, entries in found:
        lines.append(Line(Kind.HINT, M("follows.news_of", search=named(followed.wanted))))
        for entry in entries:
            reference = Code(entry.reference)
            lines.append(Line(Kind.ITEM, M("follows.item", reference=reference, title=entry.title)))
            label = M("choice.entry", reference=reference, title=entry.title)
            ways.append(Choice(f"follow:open:{entry.reference}", label))
        if number > len(entries):
            lines.append(Line(Kind.TEXT, M("follows.more", number - len(entries))))
    stops = [
        Choice(f"follow:stop:{followed.id}", M("choice.stop_following", search=named(followed.wanted)))
        for followed, _, _ in found
    ]
    return Screen("news/followed", tuple(lines), tuple((way,) for way in (*ways, *stops)))


SCREENS = {NoticeKind.FOLLOWED: news}
