"""What waits, who waits and how many days are left, said at the head of the menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dialogs.domain.messages import M, Moment
from dialogs.domain.organizers.overview import Waiting
from dialogs.screens import Kind, Line

__all__ = ["kept", "lines"]

COUNTED = {
    "letters": "console.letters",
    "free": "queue.free",
    "asked": "queue.asked",
    "pending": "queue.pending",
    "undelivered": "overview.undelivered",
    "untranslated": "overview.untranslated",
}
"""What waits, by how it is said; nothing is said of what there is none of."""


def kept(waiting: Waiting) -> dict[str, Any]:
    """What the menu remembers of it, as plain values."""
    found = {name: value for name, value in asdict(waiting).items() if value is not None}
    return {**found, "oldest": waiting.oldest.isoformat()} if waiting.oldest is not None else found


def lines(waiting: Mapping[str, Any]) -> Iterator[Line]:
    """What waits, a line each; or that nothing does."""
    for name in ("entries", "drafts"):
        if name in waiting:
            yield Line(Kind.ITEM, M(f"calls.{name}", waiting[name]))
    some = False
    for name, key in COUNTED.items():
        if waiting.get(name):
            some = True
            yield Line(Kind.ITEM, M(key, waiting[name]))
            if name == "letters" and "oldest" in waiting:
                yield Line(Kind.HINT, M("overview.oldest", at=Moment(datetime.fromisoformat(waiting["oldest"]))))
    if not some:
        yield Line(Kind.HINT, M("overview.nothing"))
