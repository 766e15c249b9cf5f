"""One thing that the doctor looked at."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do. With advice it is worth a note even when nothing is wrong."""

    wrong: bool
    what: str
    advice: str = ""

    def __str__(self) -> str:
        mark = "MEND" if self.wrong else "note" if self.advice else "ok  "
        return f"{mark}  {self.what}{'. ' + self.advice if self.advice else ''}"
