"""Requests for figures: how a call stands, in numbers that point at nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.questionnaire import Questionnaire
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild

__all__ = ["GROUPINGS", "REST", "Figures", "ReadFigures", "Season", "sections_of"]

GROUPINGS = ("regions", "countries", "lines", "goals", "kinds", "languages", "prizes", "consent")
"""What entries are counted by."""

REST = "rest"
"""Stands for the groups that are too small to be shown, all together."""

Counts = tuple[tuple[str, int], ...]
Sections = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Season:
    """A call as it went, by day since it opened: how many drafts had been begun and entries sent by then.

    `opens` is the day it opened (ISO), `days` how many it is open; a point is there for each day with a change.
    """

    call: str
    opens: str
    days: int
    drafts: tuple[tuple[int, int], ...] = ()
    entries: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """How a call stands on a day (the `today`-th since it opened). Groups below `least` are in `rest` or absent.

    `drafts` that were begun, `entries` that were sent (None: too few to say). `groups`: entries by each of `GROUPINGS`;
    an entry with two goals counts for both; `before_groups` are those of the last call. `funnel`: drafts that came to
    each section; `stops`: unsent ones by the section where they stopped. `minutes`: the median of the time that sending
    took, without pauses. `full`: of what was sent nothing is hidden, as whoever looks may read it all; of drafts it is.
    `at`: the moment (ISO) they are of.
    """

    call: str
    today: int
    least: int
    drafts: int | None
    entries: int | None
    season: Season
    before: Season | None
    groups: Mapping[str, Counts]
    funnel: Counts
    stops: Counts
    minutes: int | None = None
    full: bool = False
    at: str = ""
    before_groups: Mapping[str, Counts] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Figures:
        """From what `as_json` gave, also after JSON made lists of its tuples."""
        more = {
            "season": _season(data["season"]),
            "before": _season(data["before"]) if data["before"] else None,
            "groups": {name: _pairs(counts) for name, counts in data["groups"].items()},
            "before_groups": {name: _pairs(counts) for name, counts in data.get("before_groups", {}).items()},
            "funnel": _pairs(data["funnel"]),
            "stops": _pairs(data["stops"]),
        }
        return rebuild(cls, {**data, **more})


def _season(data: Mapping[str, Any]) -> Season:
    return rebuild(Season, {**data, "drafts": _pairs(data["drafts"]), "entries": _pairs(data["entries"])})


def _pairs(lists: Any) -> Any:
    return tuple(tuple(pair) for pair in lists)


def sections_of(questionnaire: Questionnaire) -> Sections:
    """The sections in their order, with their questions' ids."""
    return tuple((section.id, tuple(q.id for q in section.questions)) for section in questionnaire.sections)


@dataclass(frozen=True, slots=True)
class ReadFigures(OrganizersRequest):
    """Result: Figures of the call of this code (None: the newest), or None when there is no such call."""

    right: ClassVar[Right | None] = Right.FIGURES
    looks: ClassVar[bool] = True
    sections: Sections
    call: str | None = None
