"""What the courier carries, and what became of it: plain values, known to no library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

__all__ = ["Attachment", "Button", "Cause", "Delivered", "Failed", "OutgoingMessage", "Unknown", "Upshot"]


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


class Cause(StrEnum):
    """Why a message did not arrive. All of these are final."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NOT_FOUND = "not_found"
    NOT_STARTED = "not_started"
    MIGRATED = "migrated"
    REFUSED = "refused"  # Telegram did not like the message itself
    UNREACHABLE = "unreachable"  # Telegram could not be reached after all tries
    TOO_LATE = "too_late"  # too old to be edited or deleted

    @property
    def of_the_person(self) -> bool:
        """The person cannot be written to at all, until they come back."""
        return self in (Cause.BLOCKED, Cause.DEACTIVATED, Cause.NOT_FOUND, Cause.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram has it, under this message id; `remote` is the id of the file that went with it."""

    message: int
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


Upshot = Delivered | Failed | Unknown
