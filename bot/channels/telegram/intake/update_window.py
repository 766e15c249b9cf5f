"""Which updates are in hand, and how far Telegram can be told that they are taken.

Telegram forgets every update below the offset it is asked with. So the offset stays at the lowest one that is not
finished, though higher ones may be, and Telegram goes on sending what lies from there on: at most a hundred updates,
which bounds what can be in hand. What is stuck is kept elsewhere after a while (`parked_updates`).
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Window"]


class Window:
    """Updates from the offset on that have come, and whether they are finished."""

    def __init__(self) -> None:
        self._finished: dict[int, bool] = {}
        self.offset = 0

    @property
    def is_empty(self) -> bool:
        """Whether everything that came is finished."""
        return not self._finished

    def enter(self, ids: Iterable[int]) -> list[int]:
        """Take these in hand; those that were not yet, in order."""
        fresh = [id for id in dict.fromkeys(ids) if id >= self.offset and id not in self._finished]
        self._finished.update(dict.fromkeys(fresh, False))
        return fresh

    def finish(self, id: int) -> None:
        """This one need not come again. It may be said twice."""
        if id not in self._finished:
            return
        self._finished[id] = True
        for lowest in sorted(self._finished):
            if not self._finished[lowest]:
                return
            del self._finished[lowest]
            self.offset = lowest + 1
