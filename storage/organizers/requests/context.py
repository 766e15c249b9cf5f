"""What carrying out an organizer's request needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from storage.organizers import organizers

__all__ = ["Handler", "RequestContext"]


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The turn's transaction, and who acts in it. `token` makes fresh secrets."""

    session: Session
    person: int
    now: datetime
    token: Callable[[], str]

    def record(self, action: str, subject: str = "", **details: Any) -> None:
        """Write what is being done into the log. `details` are plain JSON values; moments as ISO text."""
        organizers.record(self.session, self.person, action, subject, self.now, **details)


Handler = Callable[[RequestContext, Any], Any]
"""How a kind of request is carried out. It records what it does, unless it only reads."""
