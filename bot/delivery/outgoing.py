"""What the courier carries, and what became of it: plain values, known to no library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dialogs.domain.notice import Cause

__all__ = [
    "Attachment",
    "Button",
    "ChannelRefused",
    "Delivered",
    "Failed",
    "Later",
    "OutgoingMessage",
    "Unknown",
    "Upshot",
]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: comes back with `code`, or opens `url`."""

    label: str
    code: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a document: a file, or its bytes. `remote` is Telegram's id of it once it was uploaded."""

    source: Path | bytes
    picture: bool = False
    remote: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message, in its reader's language. `html` is Telegram's HTML."""

    html: str
    rows: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """The channel has it. `message`: its number there, where it can be changed later; `remote` is the id of the file
    that went with it.
    """

    message: int | None
    remote: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not arrive and will not. `address` is the chat's new one, when it moved."""

    cause: Cause
    detail: str = ""
    address: int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The connection broke after it was sent: it may have arrived. It must not be sent again silently."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Surely not sent, and the other side asks for another try, so many seconds from now."""

    seconds: float
    detail: str = ""


class ChannelRefused(Exception):
    """The channel does not take anything from us now: a refused token or password, a server that cannot be reached."""


Upshot = Delivered | Failed | Unknown | Later
