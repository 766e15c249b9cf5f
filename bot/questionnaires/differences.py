"""What an edition asks otherwise than another one, in words that an organizer reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.questionnaires.edition import Edition
from bot.questionnaires.layout import LIMITS, QUESTIONS, SECTIONS, Cell
from bot.questionnaires.workbook_writer import shown
from locales.words import SOURCE

__all__ = ["differences"]

NOT_SAID = ("section", "id", "basis", "words", "asked_as")
"""Columns whose changes are told otherwise, or are for nobody to see."""


def differences(old: Edition, new: Edition) -> list[str]:
    """A line for each thing that changed: sections, questions, options, texts, rules."""
    return [
        *_sections(old, new),
        *_questions(old, new),
        *_options(old, new),
        *_texts(old, new),
        *_rules(old, new),
    ]


def _sections(old: Edition, new: Edition) -> Iterator[str]:
    before, after = _by_id(old.structure["sections"]), _by_id(new.structure["sections"])
    yield from (f"Section {id} is new." for id in after if id not in before)
    yield from (f"Section {id} is gone." for id in before if id not in after)
    yield from _order("Sections", before, after)
    for id in after:
        if id in before:
            yield from (f"Section {id}: {each}" for each in _fields(before[id], after[id], SECTIONS))


def _questions(old: Edition, new: Edition) -> Iterator[str]:
    before, after = _flat(old), _flat(new)
    taken_over = {move["from"]: move["to"] for move in new.structure.get("moves", ())}
    for id, question in after.items():
        if id not in before:
            needed = "required" if question["required"] else "optional"
            what = f"{question['kind']}, {needed}"
            yield f"Question {_named(new, id)} is new, in the section {question['section']}: {what}."
    for id in before:
        if id not in after:
            into = taken_over.get(id)
            yield f"Question {_named(old, id)} is gone{f'; its answers go to {_named(new, into)}' if into else ''}."
    yield from _order("Questions", before, after)
    for id in after:
        if id in before:
            name = _named(new, id)
            if before[id]["section"] != after[id]["section"]:
                yield f"Question {name} moved from {before[id]['section']} to {after[id]['section']}."
            yield from (f"Question {name}: {each}" for each in _fields(before[id], after[id], QUESTIONS))


def _options(old: Edition, new: Edition) -> Iterator[str]:
    before, after = old.structure.get("lists", {}), new.structure.get("lists", {})
    for name, codes in after.items():
        if name not in before:
            yield f"List {name} is new: {', '.join(codes)}."
            continue
        added = [code for code in codes if code not in before[name]]
        gone = [code for code in before[name] if code not in codes]
        if added:
            yield f"List {name} has more: {', '.join(_option(new, name, code) for code in added)}."
        if gone:
            yield f"List {name} has no more: {', '.join(_option(old, name, code) for code in gone)}."
        yield from _order(f"Options of {name}", before[name], codes)
    yield from (f"List {name} is gone." for name in before if name not in after)


def _texts(old: Edition, new: Edition) -> Iterator[str]:
    for key, said in new.texts.items():
        before = old.texts.get(key)
        if before is None or before == said:
            continue
        family, name, part = key.split(".", 2)
        languages = [language for language in {**said, **before} if said.get(language) != before.get(language)]
        english = f": {before[SOURCE]!r}, now {said[SOURCE]!r}" if SOURCE in languages else ""
        yield f"Text of {family} {name}, {part}, is another in {', '.join(languages)}{english}."


def _rules(old: Edition, new: Edition) -> Iterator[str]:
    before, after = old.structure.get("scopes", {}), new.structure.get("scopes", {})
    for answer in {**before, **after}:
        if before.get(answer) != after.get(answer):
            now = ", ".join(after.get(answer, ())) or "nothing"
            yield f"What changed, {answer}: opens {now}, before {', '.join(before.get(answer, ())) or 'nothing'}."
    if old.structure.get("required_first", False) != new.structure.get("required_first", False):
        first = new.structure.get("required_first", False)
        yield "What is required is asked first." if first else "Questions are asked in their order."


def _fields(before: Mapping[str, Any], after: Mapping[str, Any], columns: Mapping[str, Cell]) -> Iterator[str]:
    for name, cell in columns.items():
        one, other = shown(cell, before.get(name)), shown(cell, after.get(name))
        if name not in NOT_SAID and one != other:
            what = "limit " + name if name in LIMITS else name
            yield f"{what} is {other or 'not set any more'}, before {one or 'not set'}."


def _order(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """Whether those that are in both come in another order."""
    one, other = list(before), list(after)
    kept, now = [each for each in one if each in other], [each for each in other if each in one]
    if kept != now:
        yield f"{what} come in another order."


def _by_id(parts: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(part["id"]): part for part in parts}


def _flat(edition: Edition) -> dict[str, dict[str, Any]]:
    return {
        str(question["id"]): {**question, **question.get("limits", {}), "section": section["id"]}
        for section in edition.structure["sections"]
        for question in section["questions"]
    }


def _named(edition: Edition, id: str) -> str:
    """A question by its short English name and its id."""
    question = edition.questionnaire.by_id.get(id)
    label = edition.texts.get(question.label.key, {}).get(SOURCE) if question is not None else None
    return f"“{label}” ({id})" if label else id


def _option(edition: Edition, name: str, code: str) -> str:
    label = edition.texts.get(f"option.{name}.{code}", {}).get(SOURCE, "")
    return f"{code} ({label})" if label else code
