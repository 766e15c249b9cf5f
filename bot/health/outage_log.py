"""A database that is away, in the log: few lines, however many wait for it.

Everybody who wants something of it meanwhile is told the same, hundreds of times a second. So all lines about a
DatabaseUnavailable, whoever writes them, share one allowance: a line a second for each cause, without a traceback.
"""

from __future__ import annotations

import logging
import time

__all__ = ["OutageLog"]

UNAVAILABLE = "DatabaseUnavailable"
"""Known by its name: to import it takes longer than most commands."""

GAP = 1.0
"""Seconds between two lines about the same cause."""


class OutageLog(logging.Filter):
    """Lets one line a second through for each cause; it says how many were like it."""

    def __init__(self, gap: float = GAP) -> None:
        super().__init__()
        self._gap = gap
        self._said: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written. A line about anything else always is."""
        error = _about(record)
        if error is None:
            return True
        cause, now = str(error), time.monotonic()
        at, left_out = self._said.get(cause, (-self._gap, 0))
        if now - at < self._gap:
            self._said[cause] = (at, left_out + 1)
            return False
        self._said[cause] = (now, 0)
        also = f" ({left_out} more lines like it were left out)" if left_out else ""
        said = "" if error in _values(record) else f": {cause}"
        record.msg, record.args = f"{record.getMessage()}{said}{also}", ()
        record.exc_info = record.exc_text = None
        return True


def _about(record: logging.LogRecord) -> object | None:
    """The failure of the database that a line is about."""
    raised = record.exc_info[1] if record.exc_info else None
    kinds = ((value, type(value).__mro__) for value in (raised, *_values(record)))
    return next((value for value, mro in kinds if any(kind.__name__ == UNAVAILABLE for kind in mro)), None)


def _values(record: logging.LogRecord) -> tuple[object, ...]:
    return record.args if isinstance(record.args, tuple) else ()
