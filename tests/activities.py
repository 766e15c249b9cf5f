"""Real activities, entered by a walk that any channel can take: question in, words to type out.

walk = Walk(ACTIVITIES["aponjon"])
await person.says(walk.says(question))       # again and again, until the check
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

__all__ = ["ACTIVITIES", "Activity", "Walk"]


@dataclass(frozen=True)
class Activity:
    """What is typed at each question (by goal where it is asked once a goal), and what the export has instead of it."""

    key: str
    answers: Mapping[str, Any]
    exported: Mapping[str, Any]

    @property
    def entered(self) -> dict[str, Any]:
        """All answers as the export must show them: texts as they were typed, the rest in codes."""
        typed = {question: said for question, said in self.answers.items() if said != "skip"}
        return {question: value for question, value in {**typed, **self.exported}.items() if value is not None}

    def is_exported(self, entry: Mapping[str, Any]) -> None:
        """Whether an exported entry is this activity: each answer as it was given, none missing, none more."""
        assert dict(entry["answers"]) == self.entered


class Walk:
    """One walk through the questionnaire. A question that comes once a goal comes in the goals' order."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity
        self._repeated: dict[str, Iterator[str]] = {
            question: iter([by_goal[goal] for goal in sorted(by_goal, key=int)])
            for question, by_goal in activity.answers.items()
            if isinstance(by_goal, Mapping)
        }

    def says(self, question: str) -> str:
        """What is typed at this question."""
        if question in self._repeated:
            return next(self._repeated[question])
        return str(self.activity.answers[question])


def _read() -> dict[str, Activity]:
    found = yaml.safe_load((Path(__file__).parent / "activities.yaml").read_text(encoding="utf-8"))
    return {item["key"]: Activity(item["key"], item["answers"], item["exported"]) for item in found}


ACTIVITIES = _read()
"""By key: `ceibal`, `aponjon`, `x_road`."""
