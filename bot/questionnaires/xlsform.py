"""A questionnaire as an XLSForm, for programs that collect forms without a network: ODK Collect, KoboToolbox, Enketo.

The form asks what the bot asks, in all languages. What the bot works out of answers (suggested goals, who may be
nominated) such a program does not know: those conditions are left out and named, so that their questions are asked of
everybody. Questions that are kept only for who has answered them already are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from babel import Locale

from bot.questionnaires.workbook_writer import in_order
from dialogs.domain.messages import Code, Message, Value
from dialogs.domain.questionnaire import Condition, Question, QuestionKind, Questionnaire, Section
from dialogs.questionnaire.options import every_option, option_label
from locales.words import Words

__all__ = ["write"]

K = QuestionKind
TYPES: Mapping[QuestionKind, str] = {
    K.ONE: "select_one",
    K.SEVERAL: "select_multiple",
    K.YES_NO: "select_one yes_no",
    K.TEXT: "text",
    K.LONG_TEXT: "text",
    K.EMAIL: "text",
    K.URL: "text",
    K.NUMBER: "integer",
    K.MONTH: "date",
    K.DATE: "date",
    K.COUNTRY: "select_one",
    K.COUNTRIES: "select_multiple",
    K.FILE: "file",
    K.ITEMS: "text",
    K.PLACE: "geopoint",
}
APPEARANCES = {K.LONG_TEXT: "multiline", K.ITEMS: "multiline", K.MONTH: "month-year", K.DATE: "month-year"}
PATTERNS = {K.EMAIL: r"regex(., '[^@\s]+@[^@\s]+\.[^@\s]+')", K.URL: r"regex(., '(https?://)?\S+\.\S+')"}
COUNTED = (K.SEVERAL, K.COUNTRIES)
GAPS = ("goal", "goals", "mdgs")
"""What questions say of a person's own answers."""

Row = dict[str, str]


def write(questionnaire: Questionnaire, words: Words, path: Path) -> list[str]:
    """Write the form. Returns what of the questionnaire it cannot say, a line each."""
    form = _Form(questionnaire, words)
    survey = list(form.survey())
    columns = {"survey": survey, "choices": list(form.choices()), "settings": [form.settings()]}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        for name, rows in columns.items():
            head = list(dict.fromkeys(column for row in rows for column in row))
            sheet = book.add_worksheet(name)
            for number, row in enumerate([dict(zip(head, head, strict=True)), *rows]):
                for column, title in enumerate(head):
                    if row.get(title):
                        sheet.write_string(number, column, row[title])
    return form.left_out


class _Form:
    def __init__(self, questionnaire: Questionnaire, words: Words) -> None:
        self.questionnaire, self.words = questionnaire, words
        self.named = {code: _named(code) for code in in_order(words)}
        self.left_out: list[str] = []

    def settings(self) -> Row:
        version = self.questionnaire.version
        title = f"WSIS Stocktaking {version}"
        first = next(iter(self.named.values()))
        return {"form_title": title, "form_id": f"stocktaking_{version}", "version": version, "default_language": first}

    def said(self, column: str, value: Value) -> Row:
        """A text in every language, each in its column."""
        return {f"{column}::{named}": self.words.say(value, code) for code, named in self.named.items()}

    def survey(self) -> Iterator[Row]:
        for section in self.questionnaire.sections:
            asked = [question for question in section.questions if not question.only_if_given]
            if asked:
                yield from self._section(section, asked)

    def _section(self, section: Section, asked: Sequence[Question]) -> Iterator[Row]:
        name = f"section_{section.id}"
        relevant = self._relevant(section.id, section.ask_if)
        yield {"type": "begin_group", "name": name, **self.said("label", section.title), "relevant": relevant}
        for question in asked:
            yield from self._repeated(question) if question.repeat_for else [self._question(question)]
        yield {"type": "end_group", "name": name}

    def _repeated(self, question: Question) -> Iterator[Row]:
        """Once for each goal: which one it is about is asked first."""
        label = self.said("label", question.label)
        relevant = self._relevant(question.id, question.ask_if)
        yield {"type": "begin_repeat", "name": f"{question.id}_each", **label, "relevant": relevant}
        which = self.questionnaire.by_id.get("main_goal")
        goal = Message("question.main_goal.label") if which is None else which.label
        yield {"type": "select_one goals", "name": f"{question.id}_of", **self.said("label", goal), "required": "yes"}
        yield {**self._question(question), "relevant": ""}
        yield {"type": "end_repeat", "name": f"{question.id}_each"}

    def _question(self, question: Question) -> Row:
        kind = TYPES[question.kind]
        ask = Message(
            question.ask.key, {"year": Code(self.questionnaire.version[:4]), **dict.fromkeys(GAPS, Code("…"))}
        )
        return {
            "type": f"{kind} {question.options}" if kind in ("select_one", "select_multiple") else kind,
            "name": question.id,
            **self.said("label", ask),
            **self.said("hint", Message(question.text("help"), {"year": Code(self.questionnaire.version[:4])})),
            "required": "yes" if question.required and not question.repeat_for else "",
            "relevant": self._relevant(question.id, question.ask_if),
            "constraint": " and ".join(_constraints(question)),
            "appearance": APPEARANCES.get(question.kind, ""),
        }

    def choices(self) -> Iterator[Row]:
        lists = {question.options: question for question in self.questionnaire.by_id.values() if question.options}
        for name, question in lists.items():
            for option in every_option(question):
                yield {"list_name": str(name), "name": option.code, **self.said("label", option.label)}
        for code in ("yes", "no"):
            yield {"list_name": "yes_no", "name": code, **self.said("label", Message(f"choice.{code}"))}
        if "goals" not in lists:
            for number in range(1, 18):
                label = option_label("goals_by_fit", str(number))
                yield {"list_name": "goals", "name": str(number), **self.said("label", label)}

    def _relevant(self, where: str, condition: Condition | None) -> str:
        clauses = condition.clauses if condition is not None else ()
        found = []
        for fact, test, value in clauses:
            question = self.questionnaire.by_id.get(fact)
            if question is None or question.repeat_for or question.only_if_given:
                self.left_out.append(f"{where}: the bot asks it only where {fact} {test} {value}")
            else:
                found.append(_clause(question, test, value))
        return " and ".join(found)


def _named(code: str) -> str:
    """A language as XLSForm names it: `Français (fr)`."""
    return f"{str(Locale.parse(code).get_display_name()).capitalize()} ({code})"


def _clause(question: Question, test: str, value: Any) -> str:
    ref = f"${{{question.id}}}"
    if test == "is":
        return f"{ref} = '{_code(value)}'"
    if test == "in":
        return "(" + " or ".join(f"{ref} = '{_code(each)}'" for each in value) + ")"
    if test in ("includes", "lacks"):
        inner = f"selected({ref}, '{_code(value)}')"
        return inner if test == "includes" else f"not({inner})"
    if test == "given":
        return f"{ref} {'!=' if value else '='} ''"
    sign = ">" if test == "more_than" else "<"
    if question.kind in COUNTED:
        return f"count-selected({ref}) {sign} {value}"
    if question.kind is K.NUMBER:
        return f"{ref} {sign} {value}"
    return f"{ref} {'!=' if test == 'more_than' else '='} ''"


def _code(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _constraints(question: Question) -> Iterable[str]:
    limits = question.limits
    if question.kind in PATTERNS:
        yield PATTERNS[question.kind]
    if limits.max_chars is not None and question.kind is not K.PLACE:
        yield f"string-length(.) <= {limits.max_chars}"
    counted = "count-selected(.)" if question.kind in COUNTED else "."
    if question.kind in COUNTED or question.kind is K.NUMBER:
        if limits.min is not None:
            yield f"{counted} >= {limits.min}"
        if limits.max is not None:
            yield f"{counted} <= {limits.max}"
