"""Looking beside the turn: what a screen only shows, and may take long to find, is read before the turn that shows it.

A turn is one unit of the writer's, and on SQLite everybody waits for the writer. So a turn that begins with a look
at much (figures of a whole call, an audience of everyone, the titles of the register) is given up, the look is done on
a reading connection, and the turn is taken again with what was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dialogs.domain.effects import FindEntries, FindSimilar, Query, SearchRegister
from dialogs.domain.organizers.base import OrganizersRequest

__all__ = ["PrefetchNeeded", "Prefetched", "is_look"]


LOOKS = (FindEntries, FindSimilar, SearchRegister)
"""Everybody's requests that change nothing and look through what grows."""


@dataclass(frozen=True, slots=True)
class Prefetched:
    """What was read for a request, a moment before the turn that asks for it."""

    request: Query
    result: Any


class PrefetchNeeded(Exception):
    """The turn cannot go on in the writer: its person wants to look first."""

    def __init__(self, request: Query) -> None:
        super().__init__(type(request).__name__)
        self.request = request


def is_look(request: Query) -> bool:
    """Whether a request changes nothing and may take long."""
    if isinstance(request, OrganizersRequest):
        return request.looks
    return isinstance(request, LOOKS)
