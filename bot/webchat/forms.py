"""What a browser posts, as what the person did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from dialogs.events import Chose, Commanded, Event, Odd, Said

__all__ = ["LONGEST", "event_of", "update_of"]

LONGEST = 20_000
"""Characters of a text that are taken: several times the longest answer there is."""

UPDATE = re.compile(r"[\w-]{8,64}")
COMMAND = re.compile(r"/(\w{1,32})(?:\s+(.*))?", re.DOTALL)


def update_of(form: Mapping[str, object], fresh: str) -> str:
    """The form's own id, under which it counts once; a fresh one when it bears none."""
    update = str(form.get("update", ""))
    return update if UPDATE.fullmatch(update) else fresh


def event_of(form: Mapping[str, object], at: datetime) -> Event:
    """A choice, a command, or a text."""
    if form.get("choice"):
        return Chose(str(form["choice"])[:200], str(form.get("place", ""))[:40], at)
    if form.get("command"):
        return Commanded(str(form["command"])[:40], at)
    text = str(form.get("text", ""))[:LONGEST].replace("\r\n", "\n")
    command = COMMAND.fullmatch(text.strip())
    if command is not None:
        return Commanded(command[1], at, command[2] or "")
    return Said(text, at) if text.strip() else Odd("empty", at)
