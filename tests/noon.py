"""Where it is about noon: what waits for the morning at night is due there at any hour at which the tests run."""

from __future__ import annotations

from datetime import datetime

__all__ = ["where_it_is_noon"]


def where_it_is_noon(now: datetime) -> str:
    """A zone in which it is between noon and one o'clock at this moment (UTC)."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
