"""What every request of an organizer has: the right that it needs, checked where it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from dialogs.domain.roles import Right

__all__ = ["DENIED", "Denied", "OrganizersRequest"]


@dataclass(frozen=True, slots=True)
class OrganizersRequest:
    """A request that only organizers make. The store looks their role up again in the transaction that carries it
    out: who lost the right a moment ago gets `DENIED`, and is at home.

    `looks`: it changes nothing, and may look at so much that others should not wait for it.
    """

    right: ClassVar[Right | None] = None
    looks: ClassVar[bool] = False


class Denied(Enum):
    DENIED = "denied"


DENIED = Denied.DENIED
"""The result of a request whose right the person has not, or no more."""
