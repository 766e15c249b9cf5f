"""What can be wrong with what the command line was asked for."""

from __future__ import annotations

__all__ = ["AnnouncementError"]


class AnnouncementError(ValueError):
    """What is wrong, in one line that says what to do."""
