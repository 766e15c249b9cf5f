"""Geneva's time, in which the calendar of a call is written: days begin and end there for everybody."""

from __future__ import annotations

from zoneinfo import ZoneInfo

__all__ = ["GENEVA", "GENEVA_NAME"]

GENEVA_NAME = "Europe/Zurich"
"""IANA's name of Geneva's time zone."""
GENEVA = ZoneInfo(GENEVA_NAME)
