"""A receipt that can be checked: what it may turn out to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["Verdict", "Verification"]


class Verdict(StrEnum):
    """What a text that is said to be a receipt turns out to be. Only `VALID` and `OLDER` are a yes."""

    VALID = "valid"
    OLDER = "older"  # valid, for a version that a newer one has followed since
    UNREADABLE = "unreadable"  # no receipt at all
    FORGED = "forged"  # not signed by this register, or changed since
    CHANGED = "changed"  # the entry or a file is not what was sent
    MISSING = "missing"  # the entry, or the receipt's place in the chain, is gone
    BROKEN = "broken"  # the receipts before and after do not fit
    ERASED = "erased"  # genuine; the entry was erased at its author's wish

    @property
    def good(self) -> bool:
        return self in (Verdict.VALID, Verdict.OLDER)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, and what the receipt says of itself where it can be believed."""

    verdict: Verdict
    reference: str = ""
    version: int = 0
    submitted: datetime | None = None
    number: int = 0
    merged_into: str | None = None  # the entry that this one's reference leads to
