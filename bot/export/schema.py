"""The JSON Schema (2020-12) of exported entries, made from the questionnaires' editions: what each answer can be."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from dialogs.domain.questionnaire import Question, QuestionKind, Questionnaire
from dialogs.questionnaire.derived import FOLLOWING
from dialogs.questionnaire.source import loader

__all__ = ["schema"]

TEXT: Mapping[str, Any] = {"type": "string"}
MOMENT: Mapping[str, Any] = {"type": "string", "format": "date-time"}
MONTH = r"[12]\d{3}-(0[1-9]|1[0-2])"

FILE: Mapping[str, Any] = {
    "type": "object",
    "required": ["id", "name", "kind", "path"],
    "properties": {
        "id": {**TEXT, "description": "As the answers name it."},
        "name": TEXT,
        "kind": {"type": ["string", "null"], "description": "Its media type."},
        "path": {"type": ["string", "null"], "description": "Where its bytes are; null while they are on their way."},
    },
    "additionalProperties": False,
}

ENTRY: Mapping[str, Mapping[str, Any]] = {
    "reference": {**TEXT, "pattern": "^[A-Z]+-[0-9A-Za-z-]+$"},
    "version": {"type": "integer", "minimum": 1},
    "call": {**TEXT, "description": "The call it was sent to."},
    "edition": {**TEXT, "description": "The edition of the questionnaire that it answers."},
    "submitted": {**MOMENT, "description": "When its author sent this version."},
    "received": {**MOMENT, "description": "When it reached us."},
    "language": {"type": ["string", "null"], "description": "What most of it is written in, BCP 47."},
    "languages": {"type": "object", "additionalProperties": TEXT, "description": "Of its texts, by question."},
    "files": {"type": "array", "items": FILE},
    "answers": {"type": "object", "description": "By question; of one that is asked once a goal, by goal."},
}

VALUES: Mapping[QuestionKind, Mapping[str, Any]] = {
    QuestionKind.ONE: TEXT,
    QuestionKind.SEVERAL: {"type": "array", "items": TEXT, "uniqueItems": True},
    QuestionKind.YES_NO: {"type": "boolean"},
    QuestionKind.TEXT: TEXT,
    QuestionKind.LONG_TEXT: TEXT,
    QuestionKind.EMAIL: {**TEXT, "format": "email"},
    QuestionKind.URL: {**TEXT, "format": "uri"},
    QuestionKind.NUMBER: {"type": "integer"},
    QuestionKind.MONTH: {**TEXT, "pattern": f"^{MONTH}$"},
    QuestionKind.DATE: {**TEXT, "pattern": rf"^({MONTH}|[12]\d{{3}})$"},
    QuestionKind.COUNTRY: TEXT,
    QuestionKind.COUNTRIES: {"type": "array", "items": TEXT, "uniqueItems": True},
    QuestionKind.FILE: {"type": "array", "items": TEXT},
    QuestionKind.ITEMS: {"type": "array", "items": TEXT},
    QuestionKind.PLACE: {"type": "object"},
}


CODES: Mapping[str, Any] = {"type": "array", "items": TEXT, "uniqueItems": True}


def schema() -> dict[str, Any]:
    """Of what `stocktaking entries export --format json` writes, without labels."""
    editions = dict(sorted(loader.versions().items()))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Entries of the WSIS Stocktaking register",
        "type": "array",
        "items": {
            "type": "object",
            "required": list(ENTRY),
            "properties": {name: dict(value) for name, value in ENTRY.items()},
            "additionalProperties": False,
            "allOf": [_answered(edition) for edition in editions],
        },
        "$defs": {_name(edition): _answers(questionnaire) for edition, questionnaire in editions.items()},
    }


def _name(edition: str) -> str:
    return f"answers-{edition}"


def _answered(edition: str) -> dict[str, Any]:
    """That an entry of an edition has answers to its questions alone."""
    return {
        "if": {"properties": {"edition": {"const": edition}}},
        "then": {"properties": {"answers": {"$ref": f"#/$defs/{_name(edition)}"}}},
    }


def _answers(questionnaire: Questionnaire) -> dict[str, Any]:
    """Of its questions, and what follows from answers or stays of an older entry without being asked."""
    every = {id: question for each in loader.versions().values() for id, question in each.by_id.items()}
    unasked = [id for id in (*questionnaire.carried, *FOLLOWING) if id not in questionnaire.by_id]
    properties = {id: _answer(question) for id, question in questionnaire.by_id.items()}
    properties |= {id: _answer(every[id]) if id in every else dict(CODES) for id in unasked}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _answer(question: Question) -> dict[str, Any]:
    """Codes are those of every edition: an update keeps the answers of its time, and some codes follow from others."""
    value = dict(VALUES[question.kind])
    if question.codes:
        option = {"enum": list(_codes(question.id))}
        value = {**value, "items": option} if value["type"] == "array" else {**value, **option}
    if question.repeat_for:
        return {"type": "object", "additionalProperties": value}
    return value


def _codes(id: str) -> tuple[str, ...]:
    """All codes that any edition offers for a question, each once."""
    asked = (edition.by_id[id].codes for edition in loader.versions().values() if id in edition.by_id)
    return tuple(dict.fromkeys(chain.from_iterable(asked)))
