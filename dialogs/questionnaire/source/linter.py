"""What a sound questionnaire can still get wrong: questions nobody reaches, ways that end, and texts that are missing.

The loader refuses what cannot work. The linter reads what works as its people will: along every way, in every
language, on a small screen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question, Questionnaire, Section
from dialogs.questionnaire.options import every_option
from dialogs.questionnaire.source.reachability import unreachable

__all__ = ["LONGEST_BUTTON", "Finding", "Trouble", "lint", "texts_of"]

LONGEST_BUTTON = 40
"""Characters of an option on a button: two lines on a narrow phone, beside its mark and code."""

Say = Callable[[Message, str], str]


class Trouble(StrEnum):
    UNREACHABLE = "never asked"
    DEAD_END = "dead end"
    MISSING_TEXT = "text missing"
    LONG_BUTTON = "button too long"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `where`: a question's or section's id; `line` in the file, 0 when it isn't about the file."""

    trouble: Trouble
    where: str
    text: str
    line: int = 0

    def __str__(self) -> str:
        place = f"line {self.line}, {self.where}" if self.line else self.where
        return f"{place}: {self.trouble.value}: {self.text}"


def lint(
    questionnaire: Questionnaire,
    known_keys: Mapping[str, Collection[str]] | None = None,
    say: Say | None = None,
) -> list[Finding]:
    """Everything to mend, ways first.

    `known_keys`: the message keys that have a text, by language; None leaves texts alone.
    `say`: puts a message into a language, to measure buttons in each of `known_keys`; None leaves them unmeasured.
    """
    findings = [*_ways(questionnaire), *_dead_ends(questionnaire)]
    for language, keys in (known_keys or {}).items():
        findings += _missing(questionnaire, language, keys)
        findings += _long_buttons(questionnaire, language, say) if say else ()
    return findings


def _ways(questionnaire: Questionnaire) -> Iterator[Finding]:
    for question, reason in unreachable(questionnaire):
        yield Finding(
            Trouble.UNREACHABLE, question.id, f"{reason}: mend ask_if, or take the question out", question.line
        )


CAN_BE_EMPTY = ("suggested_goals", "chosen_goals")
"""Derived lists that may have no member when the question comes: C3 alone suggests no goal."""


def _dead_ends(questionnaire: Questionnaire) -> Iterator[Finding]:
    for question in questionnaire.by_id.values():
        name = question.options or ""
        if question.required and name in CAN_BE_EMPTY and not _sized(question, name):
            mend = f"add `ask_if: {{{name}: {{more_than: 0}}}}`"
            text = f"required, but {name} may be empty, and then nothing can be answered: {mend}"
            yield Finding(Trouble.DEAD_END, question.id, text, question.line)


def _sized(question: Question, fact: str) -> bool:
    clauses = question.ask_if.clauses if question.ask_if else ()
    return any(name == fact and test == "more_than" for name, test, _ in clauses)


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Every message key that the questionnaire shows, with the section or question that needs it."""
    for section in questionnaire.sections:
        yield from ((section.id, key) for key in _section_texts(section))
        for question in section.questions:
            yield from ((question.id, key) for key in _question_texts(question))


def _section_texts(section: Section) -> tuple[str, ...]:
    return section.title.key, section.text("purpose")


def _question_texts(question: Question) -> Iterator[str]:
    yield from (question.ask.key, question.label.key, question.text("help"))
    yield from (f"question.{other.words}.ask" for other in question.wordings)
    if question.why:
        yield question.text("why")
    if question.example:
        yield question.text("example")
    for option in every_option(question):
        if isinstance(option.label, Message):
            yield option.label.key
            yield from _on_buttons(option.label.key)


OFFICIAL = ("goal.", "target.", "prize_category.")
"""Labels that aren't ours to shorten: official names of goals; targets' buttons bear their codes only, and
prize categories the short names of their lines.
"""


def _on_buttons(label: str) -> tuple[str, ...]:
    """What an option's button bears: action lines have a short name for it, other lists their label."""
    if label.startswith("action_line."):
        return (f"{label}.short",)
    return () if label.startswith(OFFICIAL) else (label,)


def _missing(questionnaire: Questionnaire, language: str, keys: Collection[str]) -> Iterator[Finding]:
    reported: set[str] = set()
    for where, key in texts_of(questionnaire):
        if key not in keys and key not in reported:
            reported.add(key)
            yield Finding(Trouble.MISSING_TEXT, where, f"{key} has no text in {language}: add it to the catalogue")


def _long_buttons(questionnaire: Questionnaire, language: str, say: Say) -> Iterator[Finding]:
    measured: set[str] = set()
    for question in questionnaire.by_id.values():
        labels = (option.label.key for option in every_option(question) if isinstance(option.label, Message))
        for key in (key for label in labels for key in _on_buttons(label)):
            text = say(M(key), language)
            if len(text) > LONGEST_BUTTON and key not in measured:
                what = f"{key} has {len(text)} characters in {language}, {LONGEST_BUTTON} at most: {text!r}"
                yield Finding(Trouble.LONG_BUTTON, question.id, what)
            measured.add(key)
