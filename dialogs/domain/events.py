"""What a person can do, whatever the app. Channels make these; the machine knows no channel.

Every event carries `at`, the moment the person *sent* it (aware, UTC): this is what counts for a deadline,
not the moment we came round to reading it. `ref` is the channel's own id of the message that the person
sent, so that editing that message later can find the answer it gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialogs.domain.offline import FilledIn

__all__ = [
    "Chose",
    "Commanded",
    "Edited",
    "Event",
    "FileRef",
    "Located",
    "Odd",
    "Outdated",
    "QueryResult",
    "Said",
    "Sent",
]


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that a person sent. `source` is how its channel finds the bytes again.

    `id` is ours (a fresh random id); `kind` is a MIME type such as `image/jpeg`; `size` is in bytes. `sent_as` is what
    an app that tells them apart calls it: `photo`, `document`, `video`, `audio`.
    """

    id: str
    source: str
    name: str
    kind: str
    size: int
    sent_as: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, typed or forwarded; `picked` from what a search offered, so that more may be picked.

    `reply`: the channel's id of our message that it replies to; `replied`: what that message says. `html`: the text
    with its formatting, when the app knows of any; `links`: the addresses behind its words. `whole`: it was written
    in a field that held the answer as it stood, and replaces it; otherwise a text may be a piece more.
    """

    text: str
    at: datetime
    ref: str | None = None
    forwarded: bool = False
    picked: bool = False
    reply: str | None = None
    html: str | None = None
    replied: str = ""
    links: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Chose:
    """A press on a choice. `stamp` is that of the screen that bore it: an old stamp is a retired button."""

    code: str
    stamp: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, photo or document. Items of one album share `album`; a caption is text that came with it, `html` the
    caption with its formatting. `filled`: what stands in it, where it may be a template that comes back."""

    file: FileRef
    at: datetime
    ref: str | None = None
    caption: str = ""
    album: str | None = None
    html: str | None = None
    filled: FilledIn | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A place, shared from a map: degrees north and east (WGS 84), and its name when it is a known one."""

    latitude: float
    longitude: float
    at: datetime
    name: str = ""
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """The person changed a message they had sent before; `ref` says which."""

    text: str
    ref: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command such as `/help`; `argument` is what stood behind it (a deep link's payload for `start`)."""

    name: str
    at: datetime
    argument: str = ""
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Odd:
    """Something that cannot be an answer: a sticker, a voice message, a contact, a poll, an empty text."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outdated:
    """A text, a file or a place that was sent under an earlier question than the open one.

    `said`: a text that replies to a message of ours, which may show which question it answers.
    """

    at: datetime
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to one of the machine's own requests (`effects.Request`), given within the same turn."""

    result: Any
    at: datetime
    carried: Any = None  # what the step that asked wanted said with the answer


Event = Said | Chose | Sent | Located | Edited | Commanded | Odd | Outdated | QueryResult
