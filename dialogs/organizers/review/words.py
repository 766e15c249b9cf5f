"""What a reviewer is told when something could not be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.domain.entries.review import Trouble
from dialogs.domain.messages import M, Message

__all__ = ["TROUBLES"]

TROUBLES: Mapping[Any, Message] = {
    Trouble.GONE: M("trouble.gone"),
    Trouble.TAKEN: M("trouble.taken"),
    Trouble.CHANGED: M("trouble.changed"),
    Trouble.NOT_NOW: M("trouble.not_now"),
    Trouble.PAST: M("trouble.past"),
    Trouble.NOBODY: M("trouble.nobody"),
    Trouble.EMPTY: M("trouble.empty"),
    Trouble.CRITERIA: M("trouble.criteria"),
    Trouble.INTEREST: M("trouble.interest"),
    Trouble.TOO_LATE: M("trouble.not_now"),
}
