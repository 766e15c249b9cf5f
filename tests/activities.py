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
    """What is typed at each question (by goal where it is asked once a goal), and codes that the export must show."""

    key: str
    answers: Mapping[str, Any]
    exported: Mapping[str, Any]

    def is_exported(self, entry: Mapping[str, Any]) -> None:
        """Whether an exported entry bears the codes of this activity."""
        found = {question: entry["answers"].get(question) for question in self.exported}
        assert found == self.exported, f"{found}, not {dict(self.exported)}"


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
