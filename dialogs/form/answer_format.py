"""How answers look when they are shown back: in the check, in the receipt, beside a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dialogs.domain.conversation import Draft
from dialogs.domain.messages import Code, Listing, M, Message, Size, Value
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.domain.values.dates import date_shown
from dialogs.knowledge.action_lines import number_of
from dialogs.questionnaire.options import option_label
from dialogs.questionnaire.source import loader

__all__ = ["answer_brief", "answer_shown", "draft_name", "option_shown", "place_shown", "shortened"]

CODED = {
    "action_lines",
    "sublines",
    "chosen_lines",
    "suggested_goals",
    "other_goals",
    "goals_by_fit",
    "chosen_goals",
    "targets",
}
"""Lists whose codes people know: shown with the label."""

SHORT_NAMED = {"action_lines", "sublines", "chosen_lines"}
"""Lists whose labels are sentences, and have a short name beside them."""


def answer_shown(question: Question, value: Any, draft: Draft) -> Value:
    """An answer as its person reads it; `Not provided` when there is none."""
    if value is None or value == [] or value == "":
        return M("answer.none")
    return SHOWN.get(question.kind, _text)(question, value, draft)


def answer_brief(question: Question, value: Any, draft: Draft) -> Value:
    """An answer in a line: the beginning of a long text, action lines by their short names."""
    if question.options in SHORT_NAMED and value:
        codes = value if isinstance(value, (list, tuple)) else [value]
        return Listing(tuple(_short_line(str(code)) for code in codes))
    return shortened(answer_shown(question, value, draft))


def _short_line(code: str) -> Value:
    return M("choice.coded", code=Code(number_of(code)), label=Message(f"action_line.{code}.short"))


def option_shown(question: Question, code: str) -> Value:
    """A chosen option: `C3 Access to information`, `C7 E-health`."""
    name = _offering(question, code).options or ""
    label = option_label(name, code)
    return M("choice.coded", code=Code(number_of(code)), label=label) if name in CODED else label


def _offering(question: Question, code: str) -> Question:
    """The question as the newest edition that offers this code asks it: entries are shown long after their edition."""
    if not question.codes or code in question.codes:
        return question
    asked = (edition.by_id[question.id] for edition in loader.versions().values() if question.id in edition.by_id)
    return next((each for each in reversed(tuple(asked)) if code in each.codes), question)


def shortened(value: Value, limit: int = 80) -> Value:
    """The beginning of a long text, for lists; other values as they are."""
    if isinstance(value, str) and len(value) > limit:
        return value[:limit].rstrip() + "…"
    return value


def draft_name(draft: Draft) -> Value:
    """A draft is called after what it is about: its title, else its organisation, else its day."""
    for key in ("title", "org_name"):
        answer = draft.answers.get(key)
        value = answer.value if answer else draft.previous.get(key)
        if value:
            return shortened(str(value), 60)
    return M("draft.unnamed")


def _text(question: Question, value: Any, draft: Draft) -> Value:
    return str(value)


def _one(question: Question, value: Any, draft: Draft) -> Value:
    return option_shown(question, str(value))


def _several(question: Question, value: Any, draft: Draft) -> Value:
    return Listing(tuple(option_shown(question, str(code)) for code in value))


def _yes_no(question: Question, value: Any, draft: Draft) -> Value:
    return M("choice.yes") if value else M("choice.no")


def _number(question: Question, value: Any, draft: Draft) -> Value:
    return int(value)


def _month(question: Question, value: Any, draft: Draft) -> Value:
    return date_shown(str(value))


def _code(question: Question, value: Any, draft: Draft) -> Value:
    return Code(str(value))


def _files(question: Question, value: Any, draft: Draft) -> Value:
    found = [draft.files[id] for id in value if id in draft.files]
    return Listing(tuple(M("answer.file", name=Code(file.name), size=Size(file.size)) for file in found))


def _items(question: Question, value: Any, draft: Draft) -> Value:
    return Listing(tuple(str(item) for item in value))


def _place(question: Question, value: Any, draft: Draft) -> Value:
    return place_shown(value)


def place_shown(value: Mapping[str, Any]) -> Value:
    """A place by its name, its coordinates, or both."""
    name = str(value.get("name") or "")
    if "latitude" not in value:
        return name
    coordinates = Code(f"{value['latitude']}, {value['longitude']}")
    return M("answer.place", name=name, coordinates=coordinates) if name else coordinates


SHOWN: Mapping[QuestionKind, Callable[[Question, Any, Draft], Value]] = {
    QuestionKind.ONE: _one,
    QuestionKind.SEVERAL: _several,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONTH: _month,
    QuestionKind.DATE: _month,
    QuestionKind.EMAIL: _code,
    QuestionKind.URL: _code,
    QuestionKind.COUNTRY: _one,
    QuestionKind.COUNTRIES: _several,
    QuestionKind.FILE: _files,
    QuestionKind.ITEMS: _items,
    QuestionKind.PLACE: _place,
}
