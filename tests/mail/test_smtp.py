"""What a mail server does to a letter, and what the courier makes of it: nothing lost, nothing sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP

from bot.channels.mail.letter import Action, Letter, Paragraph, Sender, message
from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp_post import SmtpPost
from bot.delivery.outgoing import ChannelRefused, Delivered, Failed, Later, Unknown
from bot.rate_limit import Budget
from dialogs.domain.notice import Cause
from tests.mail.mailbox import Answer, Mailbox

SENDER = Sender("stocktaking@example.org", "WSIS Stocktaking")
READER = "amina@lakenet.org"
PATIENCE = 1.0


def letter(to: str = READER, id: str = "1") -> EmailMessage:
    said = Letter(
        "Hello", "en", "ltr", (Paragraph("text", "Hello", "Hello"),), (), ("us",), Action("Stop", "https://x.example/s")
    )
    return message(said, SENDER, to, id=id, one_click="https://x.example/s", at=datetime.now(UTC))


def post_to(port: int, *, smtps: bool = False, clear: bool = True) -> SmtpPost:
    server = MailServer("127.0.0.1", port, smtps, clear)
    return SmtpPost(server, SENDER.address, Budget(400), patience=PATIENCE)


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with Mailbox() as opened:
        yield opened


def dies(server: SMTP, reader: str) -> str | None:
    """The connection is gone before the server could say what it did."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
    return "250 taken"


async def test_letters_follow_each_other_on_one_connection(mailbox: Mailbox) -> None:
    post = post_to(mailbox.port)
    said = [await post.send(READER, letter(id=str(number))) for number in range(3)]
    await post.close()
    assert said == [Delivered(None)] * 3
    assert len({each["Message-ID"] for each in mailbox.letters}) == 3
    assert letter(id="1")["Message-ID"] == mailbox.letters[1]["Message-ID"]


@pytest.mark.parametrize(
    ("at_reader", "at_letter", "outcome"),
    [
        ("550 5.1.1 no such user", None, Failed(Cause.NOT_FOUND)),
        ("550 no such user", None, Failed(Cause.NOT_FOUND)),
        ("550 5.2.1 disabled", None, Failed(Cause.DEACTIVATED)),
        ("552 5.2.2 the mailbox is full", None, Failed(Cause.UNREACHABLE)),
        ("550 5.7.1 we do not know you", None, Failed(Cause.REFUSED)),
        ("451 4.7.1 greylisted, come again", None, Later(60.0)),
        (None, "554 5.7.1 looks like spam", Failed(Cause.REFUSED)),
        (None, "452 4.3.1 no room now", Later(60.0)),
    ],
)
@pytest.mark.feature("L8")
async def test_a_refusal_is_told_by_what_it_means(
    mailbox: Mailbox, at_reader: str | None, at_letter: str | None, outcome: Failed | Later
) -> None:
    mailbox.at_reader, mailbox.at_letter = lambda *_: at_reader, lambda *_: at_letter
    post = post_to(mailbox.port)
    said = await post.send(READER, letter())
    assert type(said) is type(outcome)
    if isinstance(said, Failed) and isinstance(outcome, Failed):
        assert said.cause is outcome.cause
    mailbox.at_reader = mailbox.at_letter = lambda *_: None
    assert await post.send("ben@lakenet.org", letter("ben@lakenet.org")) == Delivered(None)  # others are not held up
    await post.close()
    assert mailbox.readers == ["ben@lakenet.org"]


@pytest.mark.parametrize(("how", "after"), [(dies, 0.0), (lambda *_: None, 2 * PATIENCE)], ids=["dies", "dawdles"])
@pytest.mark.feature("L8")
async def test_a_letter_that_may_have_arrived_is_uncertain(mailbox: Mailbox, how: Answer, after: float) -> None:
    mailbox.at_letter, mailbox.dawdling = how, after
    post = post_to(mailbox.port)
    assert isinstance(await post.send(READER, letter()), Unknown)
    mailbox.at_letter, mailbox.dawdling = lambda *_: None, 0.0
    assert await post.send(READER, letter(id="2")) == Delivered(None)
    await post.close()


@pytest.mark.feature("L8")
async def test_where_nothing_can_be_sent_the_channel_is_refused(mailbox: Mailbox) -> None:
    mailbox.at_reader = lambda *_: "421 4.3.2 closing"
    for post in (
        post_to(mailbox.port),  # it is closing
        post_to(mailbox.port, smtps=True, clear=False),  # it speaks no TLS
        post_to(mailbox.port, clear=False),  # it offers no STARTTLS: letters do not go in the clear
        post_to(9),  # there is none
    ):
        with pytest.raises(ChannelRefused):
            await post.send(READER, letter())
        await post.close()
    assert not mailbox.letters


async def test_a_password_is_in_no_complaint(mailbox: Mailbox) -> None:
    server = MailServer.of(f"smtp://anna:s%40cret@127.0.0.1:{mailbox.port}")
    assert server.password == "s@cret"
    post = SmtpPost(server, SENDER.address, Budget(400), patience=PATIENCE)
    with pytest.raises(ChannelRefused) as refused:
        await post.send(READER, letter())
    assert "s@cret" not in str(refused.value) and "s%40cret" not in str(refused.value)


async def test_connections_that_were_closed_meanwhile_cost_no_letter(mailbox: Mailbox) -> None:
    post = post_to(mailbox.port)
    await post.send(READER, letter())
    await mailbox.hang_up()
    await asyncio.sleep(0.1)
    assert await post.send(READER, letter(id="2")) == Delivered(None)
    await post.close()
    assert len(mailbox.letters) == 2
