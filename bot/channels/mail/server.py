"""The mail server that letters are handed to, as `STOCKTAKING_MAIL_URL` names it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

__all__ = ["MailServer"]

PORTS = {"smtps": 465, "smtp": 587}


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
        if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("must be an address such as smtps://user:password@mail.example.org")
        port = parts.port or PORTS[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if clear and (user or password):
            raise ValueError("must hold no user and password where STOCKTAKING_MAIL_WITHOUT_TLS is set")
        return cls(parts.hostname, port, parts.scheme == "smtps", clear, user, password, trusted)
