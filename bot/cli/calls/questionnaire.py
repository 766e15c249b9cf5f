"""The questionnaire for reading: as text or JSON; what is wrong with it; and drafts in numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.app import App
from dialogs.domain.messages import Code, Message, Value
from dialogs.domain.questionnaire import Condition, Limits, Question, Questionnaire
from dialogs.questionnaire.options import every_option
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.linter import lint
from locales.words import Words
from storage.entries import drafts

__all__ = ["FORMATS", "describe", "drafts_in_numbers", "findings", "findings_in", "findings_in_all"]

FORMATS = ("text", "json")


def describe(questionnaire: Questionnaire, language: str, form: str) -> str:
    """The whole questionnaire, in `form` text or json, with its words in `language`."""
    data = as_data(questionnaire, Words.ours(), language)
    return json.dumps(data, ensure_ascii=False, indent=2) if form == "json" else "\n".join(_as_lines(data))


GAPS = ("goal", "goals", "mdgs")
"""What questions say of a person's own answers."""


def as_data(questionnaire: Questionnaire, words: Words, language: str) -> dict[str, Any]:
    """Sections and questions as plain values."""

    def say(value: Value) -> str:
        return words.say(value, language)

    def question(question: Question) -> dict[str, Any]:
        ask = Message(question.ask.key, {"year": Code(questionnaire.version[:4]), **dict.fromkeys(GAPS, Code("…"))})
        return {
            "id": question.id,
            "kind": question.kind.value,
            "required": question.required,
            "text": say(ask),
            "label": say(question.label),
            "limits": _limits(question.limits),
            "options": [{"code": option.code, "label": say(option.label)} for option in every_option(question)],
            "ask_if": _condition(question.ask_if),
            "repeat_for": question.repeat_for,
        }

    sections = [
        {
            "id": section.id,
            "title": say(section.title),
            "ask_if": _condition(section.ask_if),
            "questions": [question(asked) for asked in section.questions],
        }
        for section in questionnaire.sections
    ]
    return {"version": questionnaire.version, "language": language, "sections": sections}


def _limits(limits: Limits) -> dict[str, Any]:
    names = Limits.__dataclass_fields__
    return {name: str(v) if name == "not_before" else v for name in names if (v := getattr(limits, name)) is not None}


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    if condition is None:
        return None
    return {fact: {test: value} for fact, test, value in condition.clauses}


def _as_lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield f"Questionnaire {data['version']}"
    for section in data["sections"]:
        yield f"\n{section['title']} [{section['id']}]{_if(section['ask_if'])}"
        for question in section["questions"]:
            needed = "required" if question["required"] else "optional"
            limits = ", ".join(f"{name} {value}" for name, value in question["limits"].items())
            kind = ", ".join(part for part in (question["kind"], needed, limits) if part)
            yield f"  {question['id']} ({kind}){_if(question['ask_if'])}"
            yield f"    {question['text']}"
            for option in question["options"]:
                yield f"      {option['code']}: {option['label']}"


def _if(condition: Mapping[str, Any] | None) -> str:
    if not condition:
        return ""
    clauses = (f"{fact} {test} {json.dumps(v)}" for fact, rule in condition.items() for test, v in rule.items())
    return " if " + " and ".join(clauses)


def findings_in_all() -> list[str]:
    """What is to be mended in any of our questionnaires and their texts, one line each."""
    mistakes = [f"{name}: {each}" for name, error in loader.faults().items() for each in error.mistakes]
    found = {version: findings(questionnaire) for version, questionnaire in loader.versions().items()}
    several = len(found) > 1
    return mistakes + [f"{version}: {each}" if several else each for version in found for each in found[version]]


def findings_in(file: Path) -> list[str]:
    """What is to be mended in a file and its texts. QuestionnaireError: it is no questionnaire yet."""
    questionnaire = loader.load(file)
    mistake = loader.misnamed(file, questionnaire)
    return [*([str(mistake)] if mistake else []), *findings(questionnaire)]


def findings(questionnaire: Questionnaire) -> list[str]:
    """What is to be mended in the questionnaire and its texts, one line each."""
    words = Words.ours()
    known = {language: words.keys(language) for language in words.languages}
    return [str(finding) for finding in lint(questionnaire, known, words.say)]


async def drafts_in_numbers(app: App) -> str:
    """Counts of drafts by call and section."""
    return "\n".join(str(count) for count in await app.database.read(drafts.counts)) or "No drafts."
