"""What waits for organizers: the first thing that they see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dialogs.domain.organizers.base import OrganizersRequest

__all__ = ["DIGEST", "ReadOverview", "Waiting"]

DIGEST = "digest"
"""The topic of the daily summary, for who wants no more of it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, of what this organizer may do something about; None where it is not for them.

    `letters` are not answered, `oldest` is when the first of them came; `free` entries wait for a reviewer, `asked`
    authors for their changes, `pending` decisions to be told; `undelivered` events for the platform were given up;
    `untranslated` announcements lack a text in a language: for who translates them and does nothing else to them.
    `entries` and `drafts` are those of the present call.
    """

    entries: int | None = None
    drafts: int | None = None
    letters: int | None = None
    oldest: datetime | None = None
    free: int | None = None
    asked: int | None = None
    pending: int | None = None
    undelivered: int | None = None
    untranslated: int | None = None

    @property
    def needs_somebody(self) -> bool:
        """Whether there is something that an organizer has to do: what authors are asked for waits for them."""
        return any((self.letters, self.free, self.pending, self.undelivered, self.untranslated))


@dataclass(frozen=True, slots=True)
class ReadOverview(OrganizersRequest):
    """Result: Waiting, by the role that the organizer has. `call`: the code of the present call."""

    looks: ClassVar[bool] = True
    call: str = ""
