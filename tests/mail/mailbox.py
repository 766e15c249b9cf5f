"""A real SMTP server in a thread of its own, that does to letters what servers do: takes, refuses, puts off, dies.

async with Mailbox() as mailbox:
    async with Service(folder, **mailbox.settings()) as service:
        letter = await mailbox.letter(1)
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from ssl import SSLContext

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.service import free_port

__all__ = ["Mailbox", "html_of", "link_of", "plain_of", "settings"]

PATIENCE = 60.0
LINK = re.compile(r"https?://\S+/letter/([\w-]+)(?=\s)")

Answer = Callable[[SMTP, str], str | None]
"""What a server says to a letter for this reader; None: it takes it."""


def settings(mailbox: Mailbox, port: int) -> dict[str, str]:
    """Settings of a service at this port that hands its letters to the mailbox."""
    return {
        "http_port": str(port),
        "public_url": f"http://127.0.0.1:{port}",
        "mail_url": f"smtp://127.0.0.1:{mailbox.port}",
        "mail_without_tls": "true",
        "mail_sender": "stocktaking@example.org",
        "mail_reply_to": "desk@example.org",
        "site_owner": "International Telecommunication Union",
    }


class Mailbox:
    """All letters that came, in order. `at_reader` and `at_letter` answer RCPT and the end of DATA.

    `tls`: it speaks TLS, from the first byte (`smtps`) or after STARTTLS. `wires` are the letters as bytes.
    """

    def __init__(self, tls: SSLContext | None = None, *, smtps: bool = False) -> None:
        self.port = free_port()
        self.letters: list[EmailMessage] = []
        self.wires: list[bytes] = []
        self.readers: list[str] = []
        self.tried, self.dawdling = 0, 0.0
        self.open: set[SMTP] = set()
        self.at_reader: Answer = lambda server, reader: None
        self.at_letter: Answer = lambda server, reader: None
        how = {"ssl_context": tls} if smtps else {"tls_context": tls, "require_starttls": tls is not None}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **how)

    async def __aenter__(self) -> Mailbox:
        await asyncio.to_thread(self._controller.start)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._controller.stop)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tried += 1
        self.open.add(server)
        refusal = self.at_reader(server, address)
        if refusal is not None:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        await asyncio.sleep(self.dawdling)
        refusal = self.at_letter(server, envelope.rcpt_tos[0])
        if refusal is not None and not refusal.startswith("250"):
            return refusal
        found = message_from_bytes(content, policy=POLICY)
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        self.wires.append(content)
        self.readers.append(envelope.rcpt_tos[0])
        return refusal or "250 OK"

    async def hang_up(self) -> None:
        """Close every connection, as servers do with those that say nothing for a while."""
        for server in list(self.open):
            if server.transport is not None:
                server.loop.call_soon_threadsafe(server.transport.close)
        self.open.clear()

    async def letter(self, number: int) -> EmailMessage:
        """The letter with this number, from 1, once it is there."""
        until = time.monotonic() + PATIENCE
        while len(self.letters) < number:
            assert time.monotonic() < until, f"{len(self.letters)} letters came, not {number}"
            await asyncio.sleep(0.05)
        return self.letters[number - 1]


def plain_of(letter: EmailMessage) -> str:
    """What a letter says as plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    """What it says as HTML."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def link_of(letter: EmailMessage) -> str:
    """The path of the letter's own link."""
    found = LINK.search(plain_of(letter))
    assert found is not None, plain_of(letter)
    return f"/letter/{found[1]}"
