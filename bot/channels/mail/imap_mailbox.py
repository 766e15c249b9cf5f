"""The mailbox that answers and returned letters come to, read over IMAP (RFC 3501).

Only what nobody has seen yet is fetched, at most so many bytes of it, without marking it. It is marked as seen once it
is kept; a message that is not for us stays unseen, for people who read the mailbox. A process that dies between the two
finds the message again, and keeps it once.
"""

from __future__ import annotations

import asyncio
import contextlib
import imaplib
import logging
import ssl
from collections.abc import Callable
from datetime import datetime

from bot.channels.mail.incoming import LONGEST
from bot.channels.mail.server import ImapServer
from bot.services.incoming_mail import Taken, take_in
from storage.engine.database import Database

__all__ = ["ImapMailbox", "MailboxRefused", "check"]

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds that the server may take for each of its answers."""
AT_ONCE = 50
"""Messages that are looked at in one round."""


class MailboxRefused(Exception):
    """Why the mailbox cannot be read, in one line without a secret."""


class ImapMailbox:
    """Takes in what comes to a mailbox, a round at a time."""

    def __init__(self, server: ImapServer, database: Database, now: Callable[[], datetime]) -> None:
        self._server, self._database, self._now = server, database, now
        self._left: set[bytes] = set()
        self._refusal = ""

    async def round(self) -> int:
        """Take in what nobody has seen yet; how many messages that was. A mailbox that cannot be read is said once."""
        try:
            connection = await asyncio.to_thread(_open, self._server)
        except MailboxRefused as refusal:
            if str(refusal) != self._refusal:
                log.warning("answers by mail cannot be read: %s", refusal)
            self._refusal = str(refusal)
            return 0
        self._refusal, taken = "", 0
        try:
            for uid in await asyncio.to_thread(self._unseen, connection):
                content = await asyncio.to_thread(self._content, connection, uid)
                if content and await take_in(self._database, content, self._now()) is not Taken.LEFT:
                    await asyncio.to_thread(connection.uid, "STORE", uid.decode(), "+FLAGS.SILENT", "(\\Seen)")
                    taken += 1
                else:
                    self._left.add(uid)
        except (imaplib.IMAP4.error, OSError) as error:
            log.warning("answers by mail could not all be read: %s", type(error).__name__)
        finally:
            await asyncio.to_thread(_close, connection)
        return taken

    def _unseen(self, connection: imaplib.IMAP4) -> list[bytes]:
        """UIDs of what nobody has seen, oldest first, without those that were left before."""
        _, found = connection.uid("SEARCH", "UNSEEN", "UNDELETED")
        uids = (found[0] or b"").split() if found else []
        self._left &= set(uids)
        return [uid for uid in uids if uid not in self._left][:AT_ONCE]

    def _content(self, connection: imaplib.IMAP4, uid: bytes) -> bytes:
        _, found = connection.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{LONGEST}>)")
        return next((bytes(each[1]) for each in found if isinstance(each, tuple)), b"")


async def check(server: ImapServer) -> None:
    """Sign in, open the folder, and read nothing. MailboxRefused: why that cannot be done."""
    await asyncio.to_thread(lambda: _close(_open(server)))


def _open(server: ImapServer) -> imaplib.IMAP4:
    connection: imaplib.IMAP4 | None = None
    try:
        tls = ssl.create_default_context(cafile=server.trusted or None)
        if server.imaps:
            connection = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=tls, timeout=PATIENCE)
        else:
            connection = imaplib.IMAP4(server.host, server.port, timeout=PATIENCE)
            connection.starttls(tls)
        connection.login(server.user, server.password)
        answer, _ = connection.select(f'"{server.folder}"')
    except ssl.SSLCertVerificationError as error:
        raise MailboxRefused(f"its certificate is refused: {error.verify_message}") from None
    except imaplib.IMAP4.error:
        _close(connection)  # what a server says may repeat what it was told
        raise MailboxRefused("it refuses TLS, the user or the password") from None
    except OSError as error:
        _close(connection)
        raise MailboxRefused(f"{type(error).__name__}: {error}"[:200]) from None
    if answer != "OK":
        _close(connection)
        raise MailboxRefused("it has no such folder")
    return connection


def _close(connection: imaplib.IMAP4 | None) -> None:
    if connection is not None:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            connection.logout()
