"""Requests about announcements, and what is told of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from dialogs.domain.announcements.announcement import AnnouncementAction
from dialogs.domain.events import FileRef
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild

__all__ = [
    "ActionResult",
    "Approval",
    "ApproveAnnouncement",
    "AskApproval",
    "AttachFile",
    "ChangeSent",
    "Compose",
    "Launch",
    "ListAnnouncements",
    "Listed",
    "LookAt",
    "PerformAction",
    "Progress",
    "PutButtons",
    "SendBack",
    "SetAudience",
    "SetTopic",
    "Sheet",
    "TestSend",
    "Unschedule",
    "UseAgain",
    "WriteText",
]


class ActionResult(StrEnum):
    """What became of a request, for a word about it; NOTHING needs none."""

    NOTHING = ""
    COPIED = "copied"  # a new one, with all that another one has
    KEPT = "kept"
    NOT_NOW = "not_now"  # the announcement is in a state in which this cannot be done
    TESTED = "tested"
    NO_TELEGRAM = "no_telegram"  # a test goes to one's own Telegram chat, and there is none
    ASKED = "asked"  # the other organizers hear that it is to be approved
    ALONE = "alone"  # there is nobody else who could approve it
    APPROVED = "approved"
    SENT_BACK = "sent_back"  # with what a second organizer wants changed
    OWN = "own"  # one's own announcement needs somebody else's approval
    LAUNCHED = "launched"
    SCHEDULED = "scheduled"
    RECOUNT = "recount"  # the audience has another size by now than was confirmed
    BLOCKED = "blocked"
    CALLED_OFF = "called_off"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    RETRIED = "retried"
    NOTHING_TO_RETRY = "nothing_to_retry"
    RESENT = "resent"
    RECALLED = "recalled"
    EDITED = "edited"
    DISCARDED = "discarded"


class Approval(StrEnum):
    """A second organizer's word, where the settings ask for it."""

    NOT_NEEDED = "not_needed"
    MISSING = "missing"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an announcement is. `failed` and `skipped` count by cause; `finishes` None: it is not running.

    `channel`: what became of the post in the channel, "" when there is none. `opted_out`, `began` and `submitted` count
    readers who, after they got it, stopped the topic, began an entry, and sent one; `languages` those who got it.
    `by_mail`: how many of `sent` went as letters, which can be neither changed nor recalled.
    """

    sent: int
    left: int
    uncertain: int = 0
    recalled: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    started: datetime | None = None
    finished: datetime | None = None
    finishes: datetime | None = None
    channel: str = ""
    opted_out: int = 0
    began: int = 0
    submitted: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    by_mail: int = 0

    @property
    def total(self) -> int:
        """Everyone it was planned for so far."""
        settled = self.sent + self.uncertain + self.recalled
        return settled + self.left + sum(self.failed.values()) + sum(self.skipped.values())

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; moments as ISO text."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(self).items()
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Progress:
        """From what `as_json` gave."""
        moments = {name: datetime.fromisoformat(data[name]) if data.get(name) else None for name in MOMENTS}
        return rebuild(cls, {**data, **moments})


MOMENTS = ("started", "finished", "finishes")


@dataclass(frozen=True, slots=True)
class Sheet:
    """An announcement as organizers see it: plain JSON values, which a place keeps in its arguments.

    `texts`: language to HTML (`text.html_subset`); `language` is whose text everyone reads who has none in their own.
    `buttons`: `{"label": {language: words}, "url": ...}`. `file` is a file's name, "" without one. `audience` is as
    `storage.announcements.audiences.Audience.as_json` gives it, `readers` how many people that is, by their
    language, and `left_out` how many are not in it for a reason (`audiences.left_out`). `values`: the fields
    of whoever looks, where the texts have any: a real reader, and nobody else's words.
    `rate` is in messages a second. `due` and `progress` are ISO text and `Progress.as_json`.
    `channel`: the settings' channel. `earlier`: the numbers of announcements that were sent before.
    """

    id: int
    state: str
    language: str
    topic: str
    texts: Mapping[str, str]
    buttons: Sequence[Mapping[str, Any]]
    file: str
    picture: bool
    file_gone: bool
    audience: Mapping[str, Any]
    readers: Mapping[str, int]
    rate: float
    approval: str
    mine: bool
    due: str
    progress: Mapping[str, Any]
    recalled: bool = False
    channel: str = ""
    earlier: Sequence[int] = ()
    happened: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many people it goes to."""
        return sum(self.readers.values())


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list. `words` are its first ones."""

    id: int
    state: str
    words: str
    due: datetime


@dataclass(frozen=True, slots=True)
class ListAnnouncements(OrganizersRequest):
    """The newest announcements, or those before one, and one more than `limit` where there are. Result:
    tuple[Listed, ...].
    """

    right: ClassVar[Right | None] = Right.TRANSLATE
    before: int | None = None
    limit: int = 8


@dataclass(frozen=True, slots=True)
class LookAt(OrganizersRequest):
    """Result: Sheet, or None when there is no such announcement (any more)."""

    right: ClassVar[Right | None] = Right.TRANSLATE
    looks: ClassVar[bool] = True
    id: int


@dataclass(frozen=True, slots=True)
class WriteText(OrganizersRequest):
    """Write a draft's text in a language ("": take it away), with a file that came along. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.TRANSLATE
    id: int
    language: str
    html: str
    file: FileRef | None = None


@dataclass(frozen=True, slots=True)
class Compose(OrganizersRequest):
    """Begin an announcement. Result: Sheet."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    language: str


@dataclass(frozen=True, slots=True)
class UseAgain(OrganizersRequest):
    """Begin an announcement with all that another one has: last year's, for this year's call. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int


@dataclass(frozen=True, slots=True)
class AttachFile(OrganizersRequest):
    """Add a picture or document to a draft, or take it away (None). Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    file: FileRef | None


@dataclass(frozen=True, slots=True)
class PutButtons(OrganizersRequest):
    """Set a draft's buttons. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    buttons: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SetTopic(OrganizersRequest):
    """Choose what a draft is about: who does not want this topic is not in the audience. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    topic: str


@dataclass(frozen=True, slots=True)
class SetAudience(OrganizersRequest):
    """Choose to whom a draft goes. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    audience: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TestSend(OrganizersRequest):
    """Send it to oneself as its readers in a language get it. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.TRANSLATE
    id: int
    language: str


@dataclass(frozen=True, slots=True)
class AskApproval(OrganizersRequest):
    """Tell the other organizers that a draft is to be approved. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int


@dataclass(frozen=True, slots=True)
class ApproveAnnouncement(OrganizersRequest):
    """A second organizer's word. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int


@dataclass(frozen=True, slots=True)
class SendBack(OrganizersRequest):
    """A second organizer does not approve it yet, and says what should change. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Launch(OrganizersRequest):
    """Send it at a moment (None: now), to an audience of `size` people as was confirmed. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    at: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class Unschedule(OrganizersRequest):
    """Make a scheduled announcement a draft again. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int


@dataclass(frozen=True, slots=True)
class PerformAction(OrganizersRequest):
    """Pause, resume, stop, retry what failed, recall, discard. Result: Sheet, or None when it is gone."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    to: AnnouncementAction


@dataclass(frozen=True, slots=True)
class ChangeSent(OrganizersRequest):
    """Replace a text of what is being sent or was sent; messages that arrived are edited. Result: Sheet or None."""

    right: ClassVar[Right | None] = Right.ANNOUNCE
    id: int
    language: str
    html: str
