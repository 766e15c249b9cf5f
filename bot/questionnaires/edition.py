"""An edition as a whole: its structure as a file has it, and what it says in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from dialogs.domain.questionnaire import Questionnaire
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.edition_texts import Texts, text_keys
from dialogs.questionnaire.source.loader import QuestionnaireError
from dialogs.questionnaire.source.yaml_source import Mistake, Mistakes, open_text
from locales.words import SOURCE, Words
from storage.calls.editions import KeptEdition

__all__ = [
    "IN_DATABASE",
    "Edition",
    "as_text",
    "built_in_edition",
    "differing",
    "kept_edition",
    "missing_in",
    "read_structure",
]


IN_DATABASE = " (in the database)"
"""What stands behind the version where a file would have its name."""


@dataclass(frozen=True, slots=True)
class Edition:
    """`structure`: plain values, as a file has them; `texts`: by message key, then by language."""

    version: str
    structure: Mapping[str, Any]
    texts: Texts
    questionnaire: Questionnaire


def built_in_edition(version: str, words: Words) -> Edition:
    """An edition that comes with the program. QuestionnaireError: there is none such that can be used."""
    questionnaire = loader.version(version)
    return _edition((loader.HERE / f"{version}.yaml").read_text("utf-8"), {}, questionnaire, words)


def kept_edition(kept: KeptEdition, words: Words) -> Edition:
    """An edition that organizers made. QuestionnaireError: this program cannot use it."""
    return _edition(kept.structure, kept.texts, read_structure(kept.version, kept.structure), words)


def _edition(text: str, own: Texts, questionnaire: Questionnaire, words: Words) -> Edition:
    texts = {key: own.get(key) or _of_catalogues(key, words) for key in text_keys(questionnaire)}
    return Edition(questionnaire.version, yaml.safe_load(text), texts, questionnaire)


def _of_catalogues(key: str, words: Words) -> dict[str, str]:
    said = {language: "".join(words.forms(language, key)[-1:]) for language in words.languages}
    return {language: text for language, text in said.items() if text}


def read_structure(version: str, text: str) -> Questionnaire:
    """The questionnaire in a kept text. QuestionnaireError lists what this program does not take of it."""
    mistakes, name = Mistakes(), Path(f"{version}{IN_DATABASE}")
    source = open_text(text, mistakes)
    questionnaire = loader.questionnaire_of(source) if source is not None else None
    if questionnaire is not None and questionnaire.version != version:
        mistakes.add(1, "version", f"it is kept as {version}, and calls itself {questionnaire.version}")
    if questionnaire is None or mistakes.found:
        raise QuestionnaireError(name, mistakes.found or [Mistake(1, "", "it cannot be read")])
    return _without_lines(questionnaire)


def _without_lines(questionnaire: Questionnaire) -> Questionnaire:
    """The same; its lines are those of no file that anybody has."""
    sections = tuple(
        replace(section, questions=tuple(replace(each, line=0) for each in section.questions))
        for section in questionnaire.sections
    )
    by_id = {question.id: question for section in sections for question in section.questions}
    return replace(questionnaire, sections=sections, by_id=by_id)


def as_text(structure: Mapping[str, Any]) -> str:
    """A structure as it is kept: YAML, as a file has it."""
    return str(yaml.safe_dump(dict(structure), allow_unicode=True, sort_keys=False, width=110))


def differing(texts: Texts, words: Words) -> Texts:
    """The texts that the catalogues say otherwise or lack, with those that belong to them: see `with_own_texts`."""
    groups: dict[str, list[str]] = {}
    for key in texts:
        groups.setdefault(_group(key), []).append(key)
    kept = (keys for keys in groups.values() if any(dict(texts[key]) != _of_catalogues(key, words) for key in keys))
    return {key: dict(texts[key]) for keys in kept for key in keys}


def _group(key: str) -> str:
    """What a text belongs to: a question's own words stand apart from its label, help, reason and example."""
    family, name, part = key.split(".", 2)
    return key if family == "question" and part == "ask" else f"{family}.{name}"


def missing_in(texts: Texts, languages: tuple[str, ...]) -> dict[str, int]:
    """How many texts each language lacks."""
    lacking = {language: sum(not said.get(language) for said in texts.values()) for language in languages}
    return {language: count for language, count in lacking.items() if count and language != SOURCE}
