"""The help desk: what people write to the organizers, on its way to them, and the answers on their way back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, func
from sqlalchemy import select as rows
from sqlmodel import Session, col, delete, select, update

from dialogs.domain.notice import NoticeKind
from dialogs.domain.organizers.inbox import Answered, InboxMessage
from dialogs.domain.roles import Right
from storage.announcements import audiences
from storage.messaging import notices
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.organizers import organizers
from storage.people import people
from storage.tables import DeskAnswerRow, OrganizerMessageRow, PersonRow

__all__ = ["answer", "answered", "by_message", "forget", "letter", "letters", "receive", "seen", "unseen"]


A_DAY = 20
"""Letters of a person in a day: each goes to the phones of all organizers who answer."""


def receive(session: Session, person: int, text: str, at: datetime, now: datetime) -> bool:
    """Keep what a person wrote, and deliver it to every organizer who answers. False: it is too much for today."""
    since = col(OrganizerMessageRow.at) > now - timedelta(days=1)
    mine = select(func.count()).select_from(OrganizerMessageRow).where(OrganizerMessageRow.person_id == person, since)
    if session.exec(mine).one() >= A_DAY:
        return False
    language = session.get_one(PersonRow, person).language
    row = OrganizerMessageRow(person_id=person, text=text, language=language, at=at)
    session.add(row)
    session.flush()
    _deliver(session, NoticeKind.LETTER, row.id or 0, organizers.who_may(session, Right.HELP), now)
    return True


def letters(session: Session, limit: int) -> tuple[InboxMessage, ...]:
    """The letters, unanswered ones first, then the newest."""
    answered = exists().where(col(DeskAnswerRow.message_id) == col(OrganizerMessageRow.id))
    found = select(OrganizerMessageRow).order_by(answered, col(OrganizerMessageRow.id).desc()).limit(limit)
    return tuple(_letter(session, row) for row in session.exec(found).all())


def letter(session: Session, id: int) -> InboxMessage | None:
    """One letter with its answers; None when it is gone."""
    row = session.get(OrganizerMessageRow, id)
    return _letter(session, row) if row is not None else None


def by_message(session: Session, organizer: int, message: str) -> int | None:
    """The letter that this organizer got as this message of Telegram; None when it bears none."""
    if not message.isdigit():
        return None
    key = (
        rows(col(Notice.key))
        .join(Delivery, col(Delivery.notice_id) == col(Notice.id))
        .where(col(Delivery.person_id) == organizer, col(Delivery.message) == int(message))
        .where(col(Notice.kind) == NoticeKind.LETTER.value)
    )
    found = session.execute(key).scalar_one_or_none()
    return int(found.partition(":")[2]) if found is not None else None


def answer(session: Session, organizer: int | None, id: int, text: str, now: datetime) -> InboxMessage | None:
    """Send an answer to who wrote the letter; the other organizers' copies say that it is answered, and by whom.

    `organizer` None: the command line.
    """
    row = session.exec(select(OrganizerMessageRow).where(OrganizerMessageRow.id == id).with_for_update()).one_or_none()
    if row is None:
        return None
    made = DeskAnswerRow(message_id=id, person_id=organizer, text=text, at=now)
    session.add(made)
    session.flush()
    _deliver(session, NoticeKind.ANSWER, made.id or 0, [row.person_id], now)
    for notice in session.exec(select(Notice).where(Notice.key == f"{NoticeKind.LETTER.value}:{id}")):
        notice.revision += 1
    organizers.record(session, organizer, "answered", str(id), now)
    return _letter(session, row)


def answered(session: Session, id: int) -> tuple[OrganizerMessageRow, DeskAnswerRow] | None:
    """An answer with the letter that it answers."""
    made = session.get(DeskAnswerRow, id)
    row = session.get(OrganizerMessageRow, made.message_id) if made is not None else None
    return (row, made) if row is not None and made is not None else None


def unseen(session: Session, person: int) -> list[int]:
    """Answers to this person that their pages have not shown yet, oldest first."""
    found = (
        select(DeskAnswerRow)
        .join(OrganizerMessageRow, col(OrganizerMessageRow.id) == col(DeskAnswerRow.message_id))
        .where(OrganizerMessageRow.person_id == person, ~col(DeskAnswerRow.seen))
    )
    return [made.id or 0 for made in session.exec(found.order_by(col(DeskAnswerRow.id)))]


def seen(session: Session, id: int) -> None:
    """An answer is on its person's page now."""
    session.get_one(DeskAnswerRow, id).seen = True


def forget(session: Session, person: int) -> None:
    """Erase what a person wrote and what was answered; the organizers' copies are deleted where that is possible."""
    ids = list(session.exec(select(OrganizerMessageRow.id).where(OrganizerMessageRow.person_id == person)))
    keys = [f"{NoticeKind.LETTER.value}:{id}" for id in ids]
    for notice in session.exec(select(Notice).where(col(Notice.key).in_(keys))):
        notice.recalled = notice.created
    taken = update(OrganizerMessageRow).where(col(OrganizerMessageRow.assignee) == person)
    session.execute(taken.values(assignee=None))
    session.execute(delete(DeskAnswerRow).where(col(DeskAnswerRow.message_id).in_(ids)))
    session.execute(delete(OrganizerMessageRow).where(col(OrganizerMessageRow.person_id) == person))


def _letter(session: Session, row: OrganizerMessageRow) -> InboxMessage:
    made = select(DeskAnswerRow).where(DeskAnswerRow.message_id == row.id).order_by(col(DeskAnswerRow.id))
    answers = tuple(
        Answered(each.person_id, people.name(session, each.person_id), each.text, each.at)
        for each in session.exec(made)
    )
    name = people.name(session, row.person_id)
    care = row.assignee, people.name(session, row.assignee)
    return InboxMessage(row.id or 0, row.person_id, name, row.language, row.text, row.at, answers, *care, row.closed)


def _deliver(session: Session, kind: NoticeKind, id: int, readers: list[int], now: datetime) -> None:
    """Put it into the ledger for these people: each gets it once, whatever happens."""
    audiences.add(session, notices.service(session, kind, str(id), now), readers, now)
