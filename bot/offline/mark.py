"""How a template says what it is: a line in a hidden field, which every office program keeps as it keeps any text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.domain.offline import Cell, FilledIn, Problem

__all__ = ["LAYOUT", "Mark", "filled_in"]

LAYOUT = 1
"""How fields are laid out and keyed. A program that lays them out differently counts on."""

NAME = "stocktaking-template"
WRITTEN = re.compile(rf"{NAME}/(\d+) ([\w.-]{{1,40}}) ([\w-]{{2,12}}) ([\w-]{{0,80}})\.")


@dataclass(frozen=True, slots=True)
class Mark:
    """Of which draft a template is (empty: of none), in which edition and language."""

    version: str
    language: str
    draft: str = ""

    def __str__(self) -> str:
        return f"{NAME}/{LAYOUT} {self.version} {self.language} {self.draft}."


def filled_in(mark: str, cells: tuple[Cell, ...]) -> FilledIn:
    """What came back, by the line that was found in it."""
    found = WRITTEN.fullmatch(mark.strip())
    if found is None:
        return FilledIn(Problem.NOT_OURS)
    if int(found[1]) != LAYOUT:
        return FilledIn(Problem.OTHER_PROGRAM)
    return FilledIn(None, found[4], found[2], found[3], cells)
