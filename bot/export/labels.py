"""Exported codes as labels: what `C7-ehea`, `KE` and `true` are called in a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.domain.messages import Code, M, Message, Value
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.domain.values.dates import date_shown
from dialogs.form.answer_format import option_shown
from dialogs.knowledge.action_lines import number_of
from dialogs.questionnaire.source import loader
from locales.words import Words

__all__ = ["Labels"]

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
"""Marks that keep directions apart on a page; a cell or a string stands alone."""


@dataclass(frozen=True)
class Labels:
    """The words of one language for everything that is exported as a code."""

    words: Words
    language: str

    def of(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The record with its answers' codes replaced by labels. People's own words stay as they are."""
        editions = loader.versions()
        questions = {id: question for edition in editions.values() for id, question in edition.by_id.items()}
        if record["edition"] in editions:  # a code is called what it was called where it was chosen
            questions |= editions[record["edition"]].by_id
        answers = {
            id: self._answer(questions[id], value, record) if id in questions else value
            for id, value in record["answers"].items()
        }
        return {**record, "answers": answers}

    def titles(self, questions: Iterable[Question]) -> list[str]:
        """What stands over the columns."""
        return [self._say(question.label) for question in questions]

    def option(self, question: Question, code: str) -> str:
        """What an option is called."""
        return self._say(option_shown(question, code))

    def fact(self, column: str, code: str) -> str:
        """What a line or a goal is called; a Millennium Goal has its number."""
        if column == "mdgs":
            return code
        if column in ("final_goals", "from_mdg"):
            return self._say(M("choice.coded", code=Code(code), label=Message(f"goal.{code}")))
        return self._say(M("choice.coded", code=Code(number_of(code)), label=Message(f"action_line.{code}")))

    def _answer(self, question: Question, value: Any, record: Mapping[str, Any]) -> Any:
        if isinstance(value, Mapping):
            return {member: self._answer(question, item, record) for member, item in value.items()}
        if isinstance(value, list) and question.kind is QuestionKind.FILE:
            names = {file["id"]: file["name"] for file in record["files"]}
            return [names.get(id, id) for id in value]
        if isinstance(value, list):
            return [self._say(option_shown(question, str(code))) for code in value]
        if isinstance(value, bool):
            return self._say(M("choice.yes") if value else M("choice.no"))
        if question.kind in (QuestionKind.MONTH, QuestionKind.DATE):
            return self._say(date_shown(str(value)))
        return self._say(option_shown(question, str(value))) if question.options else value

    def _say(self, value: Value) -> str:
        return self.words.say(value, self.language).translate(ISOLATES)
