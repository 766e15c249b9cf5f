"""The mail servers that the settings name: the one that letters are handed to, and the one that answers come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

__all__ = ["ImapServer", "MailServer"]

PORTS = {"smtps": 465, "smtp": 587, "imaps": 993, "imap": 143}
SMTP, IMAP = ("smtps", "smtp"), ("imaps", "imap")


@dataclass(frozen=True, slots=True)
class MailServer:
    """`smtps`: TLS from the first byte. Else the connection begins in the clear and must change to TLS (STARTTLS)
    before anything is said, `clear` excepted. The certificate is checked in both cases; `trusted` is a file of
    certificates to trust instead of the system's.
    """

    host: str
    port: int
    smtps: bool
    clear: bool = False
    user: str = ""
    password: str = ""
    trusted: str = ""

    @classmethod
    def of(cls, url: str, *, clear: bool = False, trusted: str = "") -> MailServer:
        """From `smtps://user:password@host:465` or `smtp://...`. ValueError: it is no such address."""
        parts = urlsplit(url)
        if parts.scheme not in SMTP or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("must be an address such as smtps://user:password@mail.example.org")
        port = parts.port or PORTS[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if clear and (user or password):
            raise ValueError("must hold no user and password where STOCKTAKING_MAIL_WITHOUT_TLS is set")
        return cls(parts.hostname, port, parts.scheme == "smtps", clear, user, password, trusted)


@dataclass(frozen=True, slots=True)
class ImapServer:
    """`imaps`: TLS from the first byte, else by STARTTLS. The certificate is checked in both cases; `trusted` is a file
    of certificates to trust instead of the system's.
    """

    host: str
    port: int
    imaps: bool
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    trusted: str = ""

    @classmethod
    def of(cls, url: str, *, trusted: str = "") -> ImapServer:
        """From `imaps://user:password@host:993/folder`. ValueError: it is no such address."""
        parts = urlsplit(url)
        if parts.scheme not in IMAP or not parts.hostname or not parts.username or not parts.password:
            raise ValueError("must be an address such as imaps://user:password@mail.example.org/INBOX")
        folder, port = unquote(parts.path.strip("/")) or "INBOX", parts.port or PORTS[parts.scheme]
        user, password = unquote(parts.username), unquote(parts.password)
        if any(not each.isascii() or not each.isprintable() for each in (folder, user, password)):
            raise ValueError("must hold printable ASCII signs only")
        return cls(parts.hostname, port, parts.scheme == "imaps", user, password, folder, trusted)
