"""Why a report cannot be made, in one line that says what to do."""

from __future__ import annotations

__all__ = ["ReportError"]


class ReportError(Exception):
    """Shown to whoever asked for the report."""
