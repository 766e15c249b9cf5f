"""Followed searches: whoever follows one is told of published entries that are new in it, once a day at most.

What is told is looked up when it is sent: an entry that is not public by then is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pyroaring import BitMap
from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import Session, col, select

from dialogs.domain.entries.followed_search import MOST, Followed
from dialogs.domain.notice import NoticeKind
from dialogs.domain.organizers.entry_search import Wanted
from dialogs.questionnaire.register import EntryQuery
from storage.announcements import audiences
from storage.messaging import notices
from storage.search import public, query
from storage.search.public import PublicEntry
from storage.tables.follows import FollowRow

__all__ = ["begin", "end", "forget", "is_owed", "news_of", "of_person", "query_of", "tell"]

DAY = timedelta(days=1)
"""Between two messages to a person."""


def query_of(wanted: Wanted) -> EntryQuery:
    """What the index is asked for."""
    values = (("line", wanted.line), ("goal", wanted.goal), ("country", wanted.country), ("year", wanted.call))
    return EntryQuery(wanted.words, tuple((facet, (value,)) for facet, value in values if value))


def of_person(session: Session, person: int) -> tuple[Followed, ...]:
    """What a person follows, oldest first."""
    return tuple(Followed(row.id or 0, Wanted.of(row.wanted)) for row in _rows(session, person))


def _rows(session: Session, person: int) -> Sequence[FollowRow]:
    return session.exec(select(FollowRow).where(FollowRow.person_id == person).order_by(col(FollowRow.id))).all()


def begin(session: Session, person: int, wanted: Wanted, now: datetime) -> None:
    """Follow a search from now on; one that is followed already, and the one above `MOST`, change nothing."""
    rows = _rows(session, person)
    if len(rows) >= MOST or any(row.wanted == wanted.as_json() for row in rows):
        return
    found = query.search(session, query_of(wanted))
    row = FollowRow(person_id=person, wanted=wanted.as_json(), begun=now, known=_kept(found.entries))
    row.looked = query.version(session)
    row.news = _kept(BitMap())
    session.add(row)
    session.flush()


def end(session: Session, person: int, id: int) -> None:
    """Follow it no more."""
    session.execute(delete(FollowRow).where(col(FollowRow.person_id) == person, col(FollowRow.id) == id))


def forget(session: Session, person: int) -> None:
    session.execute(delete(FollowRow).where(col(FollowRow.person_id) == person))


def _owed(session: Session, now: datetime) -> tuple[ColumnElement[bool], ...]:
    rested = or_(col(FollowRow.told).is_(None), col(FollowRow.told) <= now - DAY)
    return (col(FollowRow.looked) != query.version(session), rested)


def is_owed(session: Session, now: datetime) -> bool:
    """Whether `tell` would have anything to look at."""
    return session.exec(select(FollowRow.id).where(*_owed(session, now)).limit(1)).first() is not None


def tell(session: Session, now: datetime, limit: int = 100) -> int:
    """Put news into the ledger for those who have not had any for a day; to how many people."""
    version = query.version(session)
    there = select(FollowRow.person_id).where(*_owed(session, now)).distinct().limit(limit)
    told = 0
    for person in session.exec(there).all():
        batch = f"{person}:{now:%Y%m%dT%H%M%S%f}"
        rows = session.exec(
            select(FollowRow).where(FollowRow.person_id == person).order_by(col(FollowRow.id)).with_for_update()
        ).all()
        if any(row.told is not None and row.told > now - DAY for row in rows):
            continue  # another search of theirs had news less than a day ago
        looked = [_look(session, row, version) for row in rows]
        if not any(looked):
            continue
        for row, news in zip(rows, looked, strict=True):
            row.told, row.news, row.batch = now, _kept(news), batch
        session.flush()
        notice = notices.service(session, NoticeKind.FOLLOWED, batch, now)
        told += audiences.add(session, notice, [person], now)
    return told


def _look(session: Session, row: FollowRow, version: int) -> BitMap:
    """What is new in a search, which is known from now on."""
    found = query.search(session, query_of(Wanted.of(row.wanted))).entries
    known = BitMap.deserialize(row.known)
    row.known, row.looked = _kept(known | found), version
    return found - known


def news_of(session: Session, person: int, batch: str, limit: int) -> list[tuple[Followed, int, list[PublicEntry]]]:
    """Of each search that a message is about: how many entries are new and public now, and the newest of them."""
    told = []
    for row in _rows(session, person):
        if row.batch != batch:
            continue
        wanted = Wanted.of(row.wanted)
        new = BitMap.deserialize(row.news) & query.search(session, query_of(wanted)).entries
        if new:
            newest = sorted(new, reverse=True)[:limit]
            told.append((Followed(row.id or 0, wanted), len(new), list(public.some(session, newest))))
    return told


def _kept(entries: BitMap) -> bytes:
    return bytes(entries.serialize())
