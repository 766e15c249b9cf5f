"""From a row of the ledger to a letter, at the last moment before it is sent: is it still wanted, and how does
this reader read it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.delivery.ledger import Elsewhere, Parcel, Postponed, Skipped
from bot.delivery.mail_composer import MailComposer
from bot.delivery.outgoing import Attachment, Button, Failed, OutgoingMessage
from bot.delivery.screen_message import letter_of
from bot.scheduling import system_notices
from bot.scheduling.reminders import Reminders
from dialogs.account.topics import button
from dialogs.domain.announcements.fields import LINK, filled, has_fields
from dialogs.domain.channels import MAIL, TELEGRAM, Reached
from dialogs.domain.notice import NoticeKind
from dialogs.domain.reminders.rules import Skip, Wait
from dialogs.screens import Screen
from locales.words import Words
from storage.announcements import announcements, audiences, reader_values
from storage.announcements.audiences import THE_CHANNEL, Audience
from storage.mail import mailboxes
from storage.messaging import notices, reach
from storage.messaging.deliveries import Claimed
from storage.messaging.notices import Notice
from storage.people import people
from storage.tables import PersonRow

__all__ = ["Composer", "personal", "plan", "returned"]


LARGEST = 50_000_000
"""Bytes of a file that a bot may send (Telegram's limit for documents)."""


class Composer:
    """Called for each claimed row, in the transaction that claims it."""

    def __init__(self, words: Words, reminders: Reminders, mail: MailComposer | None = None) -> None:
        self._words = words
        self._reminders = reminders
        self._mail = mail
        self._texts: dict[tuple[int, int], Mapping[str, str]] = {}

    def __call__(self, session: Session, claimed: Claimed, now: datetime) -> Parcel | Postponed | Skipped | Elsewhere:
        notice = notices.get(session, claimed.notice)
        if claimed.person == THE_CHANNEL:
            return self._post(session, notice)
        if notice.kind == NoticeKind.MAIL_CONFIRM.value:
            return self._mail.confirmation(session, claimed, now) if self._mail else Skipped("unreachable")
        if notice.kind == NoticeKind.TEST.value:
            return self._test(session, notice, claimed, now)
        where = reach.reached(session, claimed.person, notice.topic)
        if where is None:
            return Skipped("unreachable")
        if where.channel != claimed.channel:
            return Elsewhere(where.channel)
        if notice.kind == NoticeKind.REMINDER.value:
            return self._reminder(session, notice, claimed, where, now)
        if notice.kind == NoticeKind.ANNOUNCEMENT.value:
            return self._announcement(session, notice, claimed, where, now)
        return self._news(session, notice, claimed, where, now)

    def _test(self, session: Session, notice: Notice, claimed: Claimed, now: datetime) -> Parcel | Skipped:
        """An announcement to its author alone."""
        address = people.address(session, claimed.person, TELEGRAM)
        if address is None:
            return Skipped("unreachable")
        texts = personal(session, notices.texts(session, claimed.notice), claimed.person, now)
        return Parcel(int(address), self.letter(notice, texts, str(notice.audience["language"])))

    def letter(self, notice: Notice, texts: Mapping[str, str], language: str) -> OutgoingMessage:
        """An announcement as a reader of this language gets it, with the way out below it."""
        read_in, html = announcements.text_for(texts, language, notice.language)
        stop = Button(self._words.say(button(notice.topic), language), f"|news:stop:{notice.topic}")
        return OutgoingMessage(html, (*_links(notice, read_in), (stop,)), _attachment(notice.file))

    def post(self, notice: Notice, texts: Mapping[str, str]) -> OutgoingMessage:
        """An announcement as a channel gets it: in the language for everyone, and nobody can stop it there."""
        read_in, html = announcements.text_for(texts, notice.language, notice.language)
        html = filled(html, {"link": LINK}, read_in)  # everybody reads it: what is said of nobody
        return OutgoingMessage(html, _links(notice, read_in), _attachment(notice.file))

    def _post(self, session: Session, notice: Notice) -> Parcel | Skipped:
        channel = str(notice.audience.get("channel") or "")
        if not channel:
            return Skipped("no_longer_meant")
        address = int(channel) if channel.lstrip("-").isdigit() else channel
        return Parcel(address, self.post(notice, self._texts_of(session, notice)), notice.revision)

    def anew(self, session: Session, notice: int, person: int, now: datetime) -> OutgoingMessage:
        """What a message that was sent says by now. Empty: it says nothing any more, and is only to be deleted."""
        found, reader = notices.get(session, notice), session.get_one(PersonRow, person)
        if found.kind == NoticeKind.ANNOUNCEMENT.value:
            texts = personal(session, notices.texts(session, notice), person, now)
            return self.letter(found, texts, reader.language)
        screen = system_notices.screen_of(session, found, person)
        return (
            letter_of(screen, self._words, reader.language, reader.zone) if screen is not None else OutgoingMessage("")
        )

    def _announcement(
        self, session: Session, notice: Notice, claimed: Claimed, where: Reached, now: datetime
    ) -> Parcel | Skipped:
        if not audiences.holds(session, Audience.of(notice.audience), notice.topic, claimed.person):
            return Skipped("no_longer_meant")
        language = session.get_one(PersonRow, claimed.person).language
        texts = personal(session, self._texts_of(session, notice), claimed.person, now)
        if where.channel == MAIL:
            assert self._mail is not None  # it is what claims rows of mail
            return self._mail.announcement(session, claimed, notice, texts, where.address, now)
        return Parcel(int(where.address), self.letter(notice, texts, language), notice.revision)

    def _screen(
        self,
        session: Session,
        notice: Notice,
        claimed: Claimed,
        where: Reached,
        now: datetime,
        screen: Screen,
        reads: tuple[str, str | None],
    ) -> Parcel | Skipped:
        """A screen that somebody is shown unasked, in the language and zone that they read in."""
        if where.channel == MAIL:
            assert self._mail is not None  # it is what claims rows of mail
            return self._mail.screen(session, claimed, notice, screen, reads, where.address, now)
        letter = replace(letter_of(screen, self._words, *reads), attachment=_file_of(notice))
        return Parcel(int(where.address), letter, notice.revision)

    def _reminder(
        self, session: Session, notice: Notice, claimed: Claimed, where: Reached, now: datetime
    ) -> Parcel | Postponed | Skipped:
        wanted = self._reminders.decide(session, notice.key, claimed.person, now)
        if isinstance(wanted, Wait):
            return Postponed(wanted.until)
        if isinstance(wanted, Skip):
            return Skipped(wanted.why.value)
        reads = (wanted.language, wanted.zone)
        return self._screen(session, notice, claimed, where, now, wanted.screen, reads)

    def _news(
        self, session: Session, notice: Notice, claimed: Claimed, where: Reached, now: datetime
    ) -> Parcel | Postponed | Skipped:
        """What the service itself has to say: a close that moved, a letter to the organizers, their answer."""
        screen = system_notices.screen_of(session, notice, claimed.person)
        if screen is None:
            return Skipped("no_longer_meant")
        morning = system_notices.not_before(session, notice, claimed.person, now)
        if morning > now:
            return Postponed(morning)
        reader = session.get_one(PersonRow, claimed.person)
        return self._screen(session, notice, claimed, where, now, screen, (reader.language, reader.zone))

    def _texts_of(self, session: Session, notice: Notice) -> Mapping[str, str]:
        """The texts, read once for each revision: there are thousands of readers for each."""
        key = (notice.id or 0, notice.revision)
        if key not in self._texts:
            self._texts = {key: notices.texts(session, key[0])}
        return self._texts[key]


def personal(session: Session, texts: Mapping[str, str], person: int, now: datetime) -> Mapping[str, str]:
    """The texts with a reader's values in their fields."""
    if not any(map(has_fields, texts.values())):
        return texts
    values = reader_values.values_of(session, person, now)
    return {language: filled(html, values, language) for language, html in texts.items()}


def plan(session: Session, notice: int, now: datetime) -> bool:
    """Write the next slice of an announcement's people; reminders are written by their own sweep."""
    if notices.get(session, notice).kind == NoticeKind.REMINDER.value:
        return True
    return audiences.plan(session, notice, now)


def returned(session: Session, claimed: Claimed, upshot: Failed, now: datetime) -> None:
    """Remember that this person cannot be written to until they come back."""
    if claimed.channel == MAIL:
        mailboxes.came_back(session, claimed.person)
        return
    address = people.address(session, claimed.person, TELEGRAM)
    if address is not None:
        people.reachable(session, TELEGRAM, address, False)


def _links(notice: Notice, language: str) -> tuple[tuple[Button, ...], ...]:
    """The links below an announcement, with their words in the language of its text."""
    return tuple(
        (Button(announcements.text_for(each["label"], language, notice.language)[1], url=each["url"]),)
        for each in notice.buttons
    )


def _file_of(notice: Notice) -> Attachment | None:
    """The file that goes with news of the service; None when it has none, it is gone, or no bot may send it."""
    if notice.file is None:
        return None
    path = Path(notice.file["path"])
    return _attachment(notice.file) if path.is_file() and path.stat().st_size <= LARGEST else None


def _attachment(file: Mapping[str, Any] | None) -> Attachment | None:
    if file is None:
        return None
    return Attachment(Path(file["path"]), bool(file.get("picture")), file.get("remote"))
