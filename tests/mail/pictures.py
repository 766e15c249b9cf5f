"""Reminders by mail as a mail program shows them, for docs/pictures."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from sqlmodel import Session

from bot.delivery.ledger import Parcel
from bot.delivery.mail_composer import MailComposer
from bot.scheduling.reminder_screens import unfinished
from dialogs.domain.channels import MAIL
from dialogs.domain.notice import NoticeKind
from locales.words import Words
from storage.calls.calls import annual_call
from storage.engine.database import Database
from storage.messaging import notices
from storage.messaging.deliveries import Claimed
from tests.driver import IN_SEASON
from tests.mail.every_kind import ADDRESS, SENDER, SITE
from tests.mail.mailbox import html_of

__all__ = ["LANGUAGES", "reminders"]

LANGUAGES = ("ar", "en", "zh")


async def reminders(folder: Path, words: Words, titles: dict[str, str]) -> dict[str, str]:
    """The HTML of a reminder in each of these languages, about an entry with its title."""
    mail = MailComposer(words, SENDER, SITE, owner="International Telecommunication Union")
    database = await Database.open(f"sqlite:///{folder}/letters.sqlite3")

    def work(session: Session) -> dict[str, str]:
        return {language: _reminder(session, mail, language, title, IN_SEASON) for language, title in titles.items()}

    try:
        return await database.write(work)
    finally:
        await database.close()


def _reminder(session: Session, mail: MailComposer, language: str, title: str, now: datetime) -> str:
    notice = notices.get(session, notices.service(session, NoticeKind.REMINDER, language, now))
    notice.topic = "drafts"
    screen = unfinished("a-draft", title, 12, 35.0, annual_call(2027).closes)
    claimed = Claimed(1, notice.id or 0, 1, MAIL)
    made = mail.screen(session, claimed, notice, screen, (language, None), ADDRESS, now)
    assert isinstance(made, Parcel) and isinstance(made.letter, EmailMessage)
    return html_of(made.letter)
