"""An announcement to people in Telegram and people with letters: each is counted and gets it once, by their way."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime

import pytest
from sqlmodel import Session

from bot.channels.mail.letter import Sender
from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp_post import SmtpPost
from bot.delivery.composer import Composer, plan, returned
from bot.delivery.courier import Courier, Lane
from bot.delivery.ledger import Ledger
from bot.delivery.mail_composer import MailComposer
from bot.delivery.outgoing import Delivered, OutgoingMessage
from bot.rate_limit import Budget, Ticket
from bot.scheduling.reminders import Reminders
from dialogs.domain.channels import MAIL, TELEGRAM
from dialogs.domain.notice import NoticeState
from dialogs.questionnaire.source import loader
from storage.announcements import announcements, audiences
from storage.announcements.audiences import EVERYONE
from storage.engine.database import Database
from storage.mail import mailboxes
from storage.messaging import notices
from storage.people import people
from storage.tables import AccountRow, MailboxRow
from tests.delivery.test_courier import reach, url_of
from tests.driver import WORDS, Stage
from tests.mail.mailbox import Mailbox, html_of

TEXTS = {"en": "The call is <b>open</b>.", "ar": "باب المشاركة مفتوح."}


class Messenger:
    """Stands for Telegram: who got how many."""

    def __init__(self) -> None:
        self.got: Counter[int] = Counter()

    async def send(self, address: int, letter: OutgoingMessage, *, slip: Ticket | None = None) -> Delivered:
        self.got[address] += 1
        return Delivered(sum(self.got.values()))


def _letters(session: Session, person: int, address: str, now: datetime, *, news: bool, first: bool = False) -> None:
    row = MailboxRow(person_id=person, address=address, asked=now, agreed=True, confirmed=now, news=news, first=first)
    session.add_all([row, AccountRow(channel=MAIL, address=address, person_id=person)])


def some_people(session: Session, now: datetime) -> None:
    """Four in Telegram; of these one has letters too, and one wants them rather. Three have letters alone, of which two
    want announcements; one did not confirm their address.
    """
    chats = [people.arrive(session, TELEGRAM, str(100 + each), language="en", now=now) for each in range(4)]
    _letters(session, chats[2], "both@example.org", now, news=True)
    _letters(session, chats[3], "rather@example.org", now, news=True, first=True)
    alone = [people.arrive(session, "web", f"w{each}", language="ar", now=now) for each in range(4)]
    _letters(session, alone[0], "one@example.org", now, news=True)
    _letters(session, alone[1], "two@example.org", now, news=True)
    _letters(session, alone[2], "no-news@example.org", now, news=False)
    session.add(MailboxRow(person_id=alone[3], address="open@example.org", asked=now, agreed=True, news=True))


def announced(session: Session, now: datetime) -> int:
    id = announcements.compose(session, author=1, texts=TEXTS, audience=EVERYONE.as_json(), now=now)
    notices.get(session, id).state = NoticeState.SCHEDULED.value
    return id


def courier_of(stage: Stage, messenger: Messenger, port: int) -> Courier:
    sender = Sender("stocktaking@example.org", "WSIS Stocktaking")
    composer = Composer(
        WORDS, Reminders(stage.database, loader.versions()), MailComposer(WORDS, sender, "https://x.example")
    )
    ledger, budget = Ledger(stage.database, composer, returned=returned), Budget(400)
    post = SmtpPost(MailServer("127.0.0.1", port, smtps=False, clear=True), sender.address, budget, patience=5)
    lanes = [Lane(TELEGRAM, messenger, Budget(400)), Lane(MAIL, post, budget, workers=2)]
    return Courier(ledger, lanes, plan, url=url_of(stage.database), now=stage.clock.now)


@pytest.mark.feature("L2", "L8")
async def test_each_gets_it_once_by_their_way_and_a_mail_server_that_is_down_stops_letters_alone(stage: Stage) -> None:
    now, database, messenger = stage.clock.now(), stage.database, Messenger()
    await database.write(lambda session: some_people(session, now))
    notice = await database.write(lambda session: announced(session, now))
    assert await database.read(lambda session: audiences.count(session, EVERYONE, "news")) == 6

    async with Mailbox() as mailbox:
        mailbox.at_reader = lambda *_: "421 4.3.2 the disk is full"
        courier = courier_of(stage, messenger, mailbox.port)
        working = asyncio.create_task(courier.run())
        try:
            await _stands(database, notice, now, sent=3, left=3)
            assert not mailbox.letters

            mailbox.at_reader = lambda *_: None
            await reach(database, notice, NoticeState.DONE)
        finally:
            courier.stop()
            await working
    assert messenger.got == Counter({100: 1, 101: 1, 102: 1})
    assert sorted(mailbox.readers) == ["one@example.org", "rather@example.org", "two@example.org"]
    arabic = mailbox.letters[mailbox.readers.index("one@example.org")]
    assert TEXTS["ar"] in html_of(arabic) and 'dir="rtl"' in html_of(arabic)
    progress = await database.read(lambda session: announcements.progress(session, notice, rate=30, now=now))
    assert (progress.sent, progress.by_mail, progress.left) == (6, 3, 0)
    assert await database.read(lambda session: announcements.is_over(session, notice, now))


@pytest.mark.feature("L8")
async def test_an_address_that_is_refused_for_good_is_not_written_to_again(stage: Stage) -> None:
    now, database = stage.clock.now(), stage.database
    await database.write(lambda session: some_people(session, now))
    notice = await database.write(lambda session: announced(session, now))
    async with Mailbox() as mailbox:
        mailbox.at_reader = lambda _, reader: "550 5.1.1 no such user" if reader.startswith("one") else None
        courier = courier_of(stage, Messenger(), mailbox.port)
        working = asyncio.create_task(courier.run())
        try:
            await reach(database, notice, NoticeState.DONE)
        finally:
            courier.stop()
            await working
    progress = await database.read(lambda session: announcements.progress(session, notice, rate=30, now=now))
    assert progress.failed == {"not_found": 1} and progress.by_mail == 2
    assert await database.read(lambda session: audiences.count(session, EVERYONE, "news")) == 5
    who = await database.read(lambda session: people.person_at(session, MAIL, "one@example.org"))
    standing = await database.read(lambda session: mailboxes.look(session, who or 0))
    assert standing.agreed and not standing.confirmed  # their settings offer to confirm it anew


async def _stands(database: Database, notice: int, now: datetime, *, sent: int, left: int) -> None:
    """Wait until so many are sent, and so many wait."""
    async with asyncio.timeout(60):
        while True:
            found = await database.read(lambda session: announcements.progress(session, notice, rate=30, now=now))
            if (found.sent, found.left) == (sent, left):
                return
            await asyncio.sleep(0.05)
