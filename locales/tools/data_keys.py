"""Keys that come from data rather than from code: the questionnaire, what is known, what people may type."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.knowledge import action_lines, countries, goals, prizes
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.linter import texts_of
from dialogs.text_input import INTENTS

__all__ = ["from_data"]


def from_data() -> Iterator[tuple[str, str]]:
    """Every such key, with what needs it."""
    for version, questionnaire in loader.versions().items():
        yield from ((key, f"questionnaire {version}, {where}") for where, key in texts_of(questionnaire))
    for code in (*action_lines.LINES, *action_lines.SUBLINES):
        yield from ((f"action_line.{code}{part}", "Action Lines") for part in ("", ".short", ".plain"))
    for goal, targets in goals.TARGETS.items():
        yield from ((key, "goals") for key in (f"goal.{goal}", *(f"target.{target}" for target in targets)))
    yield from ((f"region.{code}", "regions") for code in (*countries.REGIONS, countries.WORLD))
    yield from ((f"prize_category.{number}", "prizes") for number in prizes.CATEGORIES.values())
    yield from ((f"intent.{name}", "what people type") for name in INTENTS)
