"""Letters that come back after they were taken: as causes in the ledger, and only for who knows the letter's secret."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from bot.services.incoming_mail import Taken, take_in
from dialogs.domain.notice import NoticeState
from storage.announcements import announcements, audiences
from storage.announcements.audiences import EVERYONE
from tests.delivery.test_courier import reach
from tests.driver import ON_ONE_ENGINE, Stage
from tests.mail.mailbox import Mailbox
from tests.mail.test_announced_by_both import Messenger, announced, courier_of, some_people

NOTICE = """From: MAILER-DAEMON@mx.example.org
To: stocktaking@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; one@example.org
Action: {action}
Status: {status}

--b
Content-Type: {kind}

{returned}
--b--
"""


def returned(letter: EmailMessage, *, action: str = "failed", status: str = "5.1.1", whole: bool = False) -> bytes:
    """The notice of a server that could not deliver a letter."""
    text = letter.as_string(policy=SMTP.clone(linesep="\n", max_line_length=None))
    text = text if whole else text.partition("\n\n")[0] + "\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    return NOTICE.format(action=action, status=status, kind=kind, returned=text).encode()


@ON_ONE_ENGINE
@pytest.mark.feature("L5")
async def test_a_letter_that_came_back_has_failed_and_its_address_is_written_to_no_more(stage: Stage) -> None:
    now, database = stage.clock.now(), stage.database
    await database.write(lambda session: some_people(session, now))
    notice = await database.write(lambda session: announced(session, now))
    async with Mailbox() as mailbox:
        courier = courier_of(stage, Messenger(), mailbox.port)
        working = asyncio.create_task(courier.run())
        try:
            await reach(database, notice, NoticeState.DONE)
        finally:
            courier.stop()
            await working
    letter = mailbox.letters[mailbox.readers.index("one@example.org")]

    async def noted(content: bytes) -> bool:
        return await take_in(database, content, now) is Taken.BOUNCE

    secret = letter["List-Unsubscribe"].rpartition("/stop")[0].rpartition("/")[2]
    assert not await noted(returned(letter, action="delayed", status="4.4.1"))
    assert not await noted(returned(letter).replace(secret.encode(), b"x" * len(secret)))
    assert not await noted(b"Subject: out of office\n\nI am away.")
    assert not await noted(b"\xff" * 1000)
    assert await database.read(lambda session: audiences.count(session, EVERYONE, "news")) == 6

    assert await noted(returned(letter))
    assert not await noted(returned(letter, whole=True))  # once is enough
    progress = await database.read(lambda session: announcements.progress(session, notice, rate=30, now=now))
    assert progress.failed == {"not_found": 1} and progress.by_mail == 2
    assert await database.read(lambda session: audiences.count(session, EVERYONE, "news")) == 5

    # A full mailbox says nothing against the address; a complaint of its reader does.
    other = mailbox.letters[mailbox.readers.index("two@example.org")]
    assert await noted(returned(other, status="5.2.2", whole=True))
    assert await database.read(lambda session: audiences.count(session, EVERYONE, "news")) == 5
    third = mailbox.letters[mailbox.readers.index("rather@example.org")]
    complaint = returned(third, whole=True).replace(b"delivery-status", b"feedback-report")
    assert await noted(complaint)
    progress = await database.read(lambda session: announcements.progress(session, notice, rate=30, now=now))
    assert progress.failed == {"not_found": 1, "unreachable": 1, "blocked": 1}
