"""Handing one letter to the mail server, and telling what became of it.

    nothing can be handed over at all (no connection, TLS, password, our address is refused)  -> ChannelRefused
    the server asks to come again (4xx: greylisting, a full queue)                             -> Later
    the server refuses this reader or this letter (5xx)                                        -> Failed
    the connection breaks after the letter went on the wire                                    -> Unknown
    the server took it                                                                         -> Delivered

A server that took a letter and lost the connection before saying so has it: so what is Unknown is never sent again by
itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib
from aiosmtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from bot.channels.mail.bounce import cause_of
from bot.channels.mail.letter import WIRE
from bot.channels.mail.server import MailServer
from bot.channels.mail.signature import Signer
from bot.delivery.outgoing import ChannelRefused, Delivered, Failed, Later, Unknown, Upshot
from bot.rate_limit import Budget, Ticket
from dialogs.domain.notice import Cause

__all__ = ["SmtpPost"]

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds that the server may take for each of its answers."""
IDLE = 20.0
"""Seconds after which a connection is not used again: servers hang up on those that say nothing."""
AGAIN = 60.0
"""Seconds until the first further try of what was put off; the ledger lets them grow."""
CLOSING = 421
ENHANCED = re.compile(r"^\D*([245]\.\d{1,3}\.\d{1,3})\b")

PLAIN_CODES = {550: Cause.NOT_FOUND, 551: Cause.NOT_FOUND, 553: Cause.NOT_FOUND, 552: Cause.UNREACHABLE}
"""What the codes of a refused reader mean, for servers that give no enhanced ones (RFC 5321, 4.2.3)."""


@dataclass(slots=True)
class _Line:
    """An open connection, and since when nothing was said on it."""

    client: aiosmtplib.SMTP
    since: float


class SmtpPost:
    """The courier's side of a mail server. `sender` is the address that letters come back to."""

    def __init__(
        self,
        server: MailServer,
        sender: str,
        budget: Budget,
        *,
        signer: Signer | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._signer = signer
        self._server = server
        self._sender = sender
        self._budget = budget
        self._patience = patience
        self._idle: list[_Line] = []

    async def check(self) -> None:
        """Connect and sign in, and send nothing. ChannelRefused: why that cannot be done."""
        self._idle.append(_Line(await self._line(fresh=True), time.monotonic()))

    async def close(self) -> None:
        """Hang up."""
        while self._idle:
            await self._hang_up(self._idle.pop().client)

    async def send(self, address: str, letter: EmailMessage, *, slip: Ticket | None = None) -> Upshot:
        """Send when it is its turn. ChannelRefused, Withdrawn: nothing was sent."""
        body = letter.as_bytes(policy=WIRE)
        if self._signer is not None:
            body = await asyncio.to_thread(self._signer.signed, body)
        async with self._budget.turn(None, slip or Ticket()):
            client = await self._addressed(address)
            if not isinstance(client, aiosmtplib.SMTP):
                return client
            return await self._handed_over(client, body)

    async def _addressed(self, address: str) -> aiosmtplib.SMTP | Upshot:
        """A connection on which the server waits for a letter to this address; or why it does not."""
        for fresh in (False, True):
            client = await self._line(fresh=fresh)
            try:
                await client.mail(self._sender)
                await client.rcpt(address)
            except SMTPResponseException as error:
                return await self._refused(client, error)
            except (SMTPException, OSError) as error:
                client.close()
                if fresh:
                    raise ChannelRefused(f"the connection broke ({type(error).__name__})") from None
                continue  # one that was kept open had been closed by the server
            else:
                return client
        raise AssertionError("unreachable: a fresh connection answers or raises")

    async def _handed_over(self, client: aiosmtplib.SMTP, body: bytes) -> Upshot:
        try:
            await client.data(body)
        except SMTPResponseException as error:
            return await self._refused(client, error)
        except (SMTPException, OSError) as error:
            client.close()
            return Unknown(f"no answer came ({type(error).__name__})")
        self._idle.append(_Line(client, time.monotonic()))
        return Delivered(None)

    async def _refused(self, client: aiosmtplib.SMTP, error: SMTPResponseException) -> Upshot:
        """What a refusal means; the connection goes on when the server lets it."""
        said = f"{error.code} {' '.join(error.message.split())}"[:200]
        of_the_reader = isinstance(error, SMTPRecipientRefused)
        if error.code == CLOSING or not (of_the_reader or isinstance(error, SMTPDataError)):
            client.close()
            if 400 <= error.code < 500 and error.code != CLOSING:
                return Later(AGAIN, said)
            raise ChannelRefused(said) from None
        try:
            await client.rset()
        except (SMTPException, OSError):
            client.close()
        else:
            self._idle.append(_Line(client, time.monotonic()))
        if error.code < 500:
            return Later(AGAIN, said)
        return Failed(_cause(error) if of_the_reader else Cause.REFUSED, said)

    async def _line(self, *, fresh: bool) -> aiosmtplib.SMTP:
        """A connection that is ready: one that was used a moment ago, else a new one."""
        while self._idle and not fresh:
            line = self._idle.pop()
            if line.client.is_connected and time.monotonic() - line.since < IDLE:
                return line.client
            await self._hang_up(line.client)
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            timeout=self._patience,
            use_tls=server.smtps,
            start_tls=not (server.smtps or server.clear),
            tls_context=None if server.clear else ssl.create_default_context(cafile=server.trusted or None),
            local_hostname=self._sender.rpartition("@")[2],
        )
        try:
            await client.connect()
            if server.user:
                await client.login(server.user, server.password)
        except (TimeoutError, SMTPException, OSError) as error:
            client.close()
            raise ChannelRefused(_without_secret(error)) from None
        return client

    async def _hang_up(self, client: aiosmtplib.SMTP) -> None:
        with contextlib.suppress(SMTPException, OSError, asyncio.TimeoutError):
            async with asyncio.timeout(2):
                await client.quit()
        client.close()


def _without_secret(error: Exception) -> str:
    """What happened; of a refused password only the code, as servers like to repeat what they were told."""
    if isinstance(error, SMTPResponseException):
        return f"{type(error).__name__} {error.code}"
    if isinstance(error, (SMTPTimeoutError, SMTPServerDisconnected)):
        return type(error).__name__
    refused = _certificate(error)
    if refused is not None:
        return f"its certificate is refused: {refused.verify_message}"
    return f"{type(error).__name__}: {error}"[:200]


def _certificate(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The refusal of a certificate that an error comes from."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error


def _cause(error: SMTPResponseException) -> Cause:
    found = ENHANCED.match(error.message)
    if found is not None:
        return cause_of(found[1])
    return PLAIN_CODES.get(error.code, Cause.REFUSED)
