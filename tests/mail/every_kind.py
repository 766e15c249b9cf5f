"""A letter of every kind, in every language, as the courier would hand it over: from one year of one author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage

from sqlmodel import Session, col, select

from bot.channels.mail.letter import Sender
from bot.delivery.composer import Composer
from bot.delivery.ledger import Parcel
from bot.delivery.mail_composer import MailComposer
from bot.scheduling.reminder_screens import unfinished, update
from bot.scheduling.reminders import Reminders
from dialogs.domain.channels import MAIL
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.notice import NoticeKind
from dialogs.questionnaire.source import loader
from dialogs.screens import Screen
from storage.announcements import announcements
from storage.announcements.audiences import EVERYONE
from storage.calls import calls
from storage.messaging import inbox, notices
from storage.messaging.deliveries import Claimed
from storage.messaging.notices import Notice
from storage.people import people
from storage.reminders import deadline_notices
from storage.review import history
from storage.tables import AccountRow, CallRow, DraftRow, EntryRow, MailboxRow, PersonRow, ReviewMessageRow
from tests.driver import WORDS, Person, Stage
from tests.review.acting import asks
from tests.samples import answer_until

__all__ = ["ADDRESS", "SENDER", "SITE", "Letters", "letters"]

ADDRESS = "amina@lakenet.example"
SENDER = Sender("stocktaking@itu.example", "WSIS Stocktaking", "desk@itu.example")
SITE = "https://stocktaking.itu.example"
NEWS = {
    "ar": "باب المشاركة في دورة <b>2027</b> مفتوح.",
    "en": "The call of <b>2027</b> is open.",
    "es": "La convocatoria de <b>2027</b> está abierta.",
    "fr": "L’appel de <b>2027</b> est ouvert.",
    "ru": "Приём заявок <b>2027</b> года открыт.",
    "zh": "<b>2027</b> 年征集现已开始。",
}

Letters = dict[tuple[str, str], EmailMessage]
"""By kind and language."""


@dataclass
class _Desk:
    """Writes down what the author would get at this moment."""

    stage: Stage
    author: int
    made: Letters = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mail = MailComposer(WORDS, SENDER, SITE, owner="International Telecommunication Union")
        self.composer = Composer(WORDS, Reminders(self.stage.database, loader.versions()), self.mail)

    async def writes(self, kind: NoticeKind) -> None:
        """The newest notice of this kind, in each language."""
        now = self.stage.clock.now()

        def work(session: Session) -> None:
            newest = select(Notice.id).where(Notice.kind == kind.value).order_by(col(Notice.created).desc())
            claimed = Claimed(1, session.exec(newest).first() or 0, self.author, MAIL)
            for language in self._each_language(session):
                self._keep(kind.value, language, self.composer(session, claimed, now))

        await self.stage.database.write(work)

    async def shows(self, name: str, screen: Screen) -> None:
        """A screen that reminds."""
        now = self.stage.clock.now()

        def work(session: Session) -> None:
            notice = notices.get(session, notices.service(session, NoticeKind.REMINDER, name, now))
            notice.topic = "drafts"
            for language in self._each_language(session):
                claimed = Claimed(1, notice.id or 0, self.author, MAIL)
                made = self.mail.screen(session, claimed, notice, screen, (language, None), ADDRESS, now)
                self._keep(name, language, made)

        await self.stage.database.write(work)

    def _each_language(self, session: Session) -> Iterator[str]:
        for language in NEWS:
            session.get_one(PersonRow, self.author).language = language
            session.flush()
            yield language

    def _keep(self, name: str, language: str, made: object) -> None:
        assert isinstance(made, Parcel) and isinstance(made.letter, EmailMessage), (name, language, made)
        self.made[name, language] = made.letter


async def letters(stage: Stage, author: Person, reviewer: Person) -> Letters:
    """Every letter that an author gets in a year. The author has sent an entry; the reviewer may answer at the desk."""
    desk = _Desk(stage, author.outcome.person if author.outcome else 0)
    await _confirms(desk)
    await stage.database.write(lambda session: _said_by_the_service(session, desk))
    for kind in (NoticeKind.RECEIPT, NoticeKind.ANNOUNCEMENT):
        await desk.writes(kind)
    await author.does("contact")
    await author.says("May two organisations send one entry?")
    await stage.database.write(lambda session: _answered(session, reviewer, desk))
    await desk.writes(NoticeKind.ANSWER)
    await _reviewed(desk, reviewer)
    await _unfinished(desk, author)
    return desk.made


async def _confirms(desk: _Desk) -> None:
    """The address is given; then it is confirmed, and letters are what they want."""
    now = desk.stage.clock.now()

    def asked(session: Session) -> None:
        session.add(MailboxRow(person_id=desk.author, address=ADDRESS, asked=now, agreed=True, news=True, first=True))
        notices.service(session, NoticeKind.MAIL_CONFIRM, "1", now)

    def confirmed(session: Session) -> None:
        session.get_one(MailboxRow, desk.author).confirmed = now
        session.add(AccountRow(channel=MAIL, address=ADDRESS, person_id=desk.author))

    await desk.stage.database.write(asked)
    await desk.writes(NoticeKind.MAIL_CONFIRM)
    await desk.stage.database.write(confirmed)


def _said_by_the_service(session: Session, desk: _Desk) -> None:
    now, entry = desk.stage.clock.now(), session.exec(select(EntryRow)).one()
    notices.service(session, NoticeKind.RECEIPT, entry.reference, now)
    announcements.compose(session, author=1, texts=NEWS, audience=EVERYONE.as_json(), now=now)


def _answered(session: Session, by: Person, desk: _Desk) -> None:
    organizer = people.person_at(session, by.channel, by.name)
    (letter,) = inbox.letters(session, 5)
    assert inbox.answer(session, organizer or 0, letter.id, "Yes, name both of them.", desk.stage.clock.now())


async def _reviewed(desk: _Desk, reviewer: Person) -> None:
    """Something is to be changed, until a date that comes near."""
    await asks(reviewer, {"description": "Please say who runs it.", "org_url": "The address leads nowhere."})
    await desk.writes(NoticeKind.REVIEW_ASKED)
    now = desk.stage.clock.now()
    await desk.stage.database.write(lambda session: notices.service(session, NoticeKind.REVIEW_DUE, "1:1", now))
    await desk.writes(NoticeKind.REVIEW_DUE)

    def published(session: Session) -> None:
        entry = session.exec(select(EntryRow)).one()
        words = "Thank you, this is clear now."
        said = ReviewMessageRow(reference=entry.reference, by_author=False, text=words, language="en", at=now)
        session.add(said)
        session.flush()
        notices.service(session, NoticeKind.REVIEW_SAID, str(said.id), now)
        entry.state, entry.asked_again = EntryState.PUBLISHED.value, now
        line = history.record(session, entry, "publish", EntryState.ACCEPTED, None, now)
        session.flush()
        notices.service(session, NoticeKind.REVIEW_DECIDED, str(line.id), now)
        notices.service(session, NoticeKind.STILL_TRUE, f"{entry.reference}:1", now)

    await desk.stage.database.write(published)
    for kind in (NoticeKind.REVIEW_SAID, NoticeKind.REVIEW_DECIDED, NoticeKind.STILL_TRUE):
        await desk.writes(kind)


async def _unfinished(desk: _Desk, author: Person) -> None:
    """A second entry is begun; the close comes near, and is moved."""
    await answer_until(author, "title")
    await author.says("Weather by radio for fishing villages")
    call = await desk.stage.database.read(lambda session: calls.current(session, desk.stage.clock.now()))
    title = "Solar networks for lake villages"
    await desk.shows("reminder", unfinished("some-draft", title, 12, 35.0, call.closes))
    await desk.shows("reminder_last", unfinished("some-draft", None, 1, 35.0, call.closes, last=True))
    await desk.shows("reminder_update", update(title, call.closes))

    def moved(session: Session) -> None:
        row, now = session.get_one(CallRow, call.code), desk.stage.clock.now()
        before, row.closes = row.closes, row.closes + timedelta(days=14)
        session.flush()
        deadline_notices.close_moved(session, call.code, before, row.closes, now)

    await desk.stage.database.write(moved)
    await desk.writes(NoticeKind.CALL)

    def stale(session: Session) -> None:
        (draft,) = session.exec(select(DraftRow).where(col(DraftRow.submitted).is_(None)))
        now = desk.stage.clock.now()
        notice = notices.get(session, notices.service(session, NoticeKind.STALE, draft.id, now))
        notice.audience = {"draft": draft.id, "goes": (now + timedelta(days=30)).isoformat()}

    await desk.stage.database.write(stale)
    await desk.writes(NoticeKind.STALE)
