"""What stands in the fields of a template: options by their names, answers as they are read back."""

from __future__ import annotations

from typing import Any, Protocol

from dialogs.domain.messages import M, Value
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.form.answer_format import option_shown
from dialogs.form.offline.questions import SEVERAL

__all__ = ["Say", "field_texts", "option_text", "plain"]

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


class Say(Protocol):
    """How a value is said in the template's language."""

    def __call__(self, value: Value, /) -> str: ...


def plain(text: str) -> str:
    """Without the marks that keep directions apart: a cell is a text of its own, and is compared with what was sent."""
    return text.translate(ISOLATES)


def option_text(question: Question, code: str, say: Say) -> str:
    """An option as its list names it: `C3 Access to information`, `Kenya`, `Yes`."""
    if question.kind is QuestionKind.YES_NO:
        return plain(say(M("choice.yes") if code == "yes" else M("choice.no")))
    return plain(say(option_shown(question, code)))


def field_texts(question: Question, value: Any, say: Say) -> list[str]:
    """The texts of an answer's fields, one each; none when there is no answer."""
    if value is None or value == "" or value == []:
        return []
    if question.kind in SEVERAL:
        return [option_text(question, str(code), say) for code in value]
    if question.kind is QuestionKind.YES_NO:
        return [option_text(question, "yes" if value else "no", say)]
    if question.kind in (QuestionKind.ONE, QuestionKind.COUNTRY):
        return [option_text(question, str(value), say)]
    if question.kind is QuestionKind.ITEMS:
        return ["\n".join(map(str, value))]
    if question.kind is QuestionKind.PLACE:
        return [str(value.get("name") or f"{value.get('latitude')}, {value.get('longitude')}")]
    return [str(value)]
