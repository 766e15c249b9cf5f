"""What is kept and is not literally what was typed is said back: a rule for every kind of question, held in one place.

A reader may forgive, guess and complete. Whether its value is what stands in the text is decided here, so no reader can
take something else than was written without a word. A reader's own note, where it has one, says more and stays.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dialogs.answers.results import Accepted, Context, Reading
from dialogs.domain.messages import Code, M, Message, Month, Value
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.knowledge.action_lines import number_of
from dialogs.matching.option import Option
from dialogs.text.normalize import normalize, western_digits
from dialogs.text.unicode_forms import ByCharacter, normalized

__all__ = ["said_back"]


def said_back(question: Question, text: str, outcome: Reading, context: Context) -> Reading:
    """The outcome, with how the text was understood where that is not what stands in it."""
    if not isinstance(outcome, Accepted) or outcome.note is not None:
        return outcome
    if LITERAL[question.kind](text, outcome.value, context):
        return outcome
    return replace(outcome, note=M("reading.understood", answer=_shown(question.kind, outcome.value, context)))


def _is_name(text: str, value: Any, context: Context) -> bool:
    """Whether a text is a name of the chosen option as it is shown in one of the languages."""
    option = next((option for option in context.options if option.code == value), None)
    return option is not None and normalize(text) in set(_names(option, context))


def _is_yes_or_no(text: str, value: Any, context: Context) -> bool:
    return _is_name(text, "yes" if value else "no", context)


def _names(option: Option, context: Context) -> Iterator[str]:
    """Every label of an option, alone and behind its code, folded. A code alone may be the beginning of something else:
    it is no name.
    """
    vocabulary = context.vocabulary
    for language in vocabulary.languages:
        for label in (each for each in (option.label, option.short) if each is not None):
            said = vocabulary.speaking.say(label, language)
            yield normalize(said)
            yield normalize(f"{option.code} {said}")
            yield normalize(f"{number_of(option.code)} {said}")


def _is_same_text(text: str, value: Any, context: Context) -> bool:
    """Whether a text is kept as it is, but for spaces and what nobody sees."""
    return _seen(text) == _seen(str(value.get("name", "") if isinstance(value, dict) else value))


def _seen(text: str) -> str:
    return normalized("NFC", text).translate(SEEN)


def _if_seen(character: str) -> str:
    return "" if character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs") else character


SEEN = ByCharacter(_if_seen)


def _is_same_address(text: str, value: Any, context: Context) -> bool:
    return text.strip() == str(value)


def _is_digits(text: str, value: Any, context: Context) -> bool:
    return western_digits(text).strip().isdigit()


def _by_its_reader(text: str, value: Any, context: Context) -> bool:
    """The reader of months says so itself: it alone knows whether a month was named in full."""
    return True


def _on_the_screen(text: str, value: Any, context: Context) -> bool:
    """Answers of several parts are said back whole with every change (`saved.several`, lists, pieces of a text)."""
    return True


LITERAL: Mapping[QuestionKind, Callable[[str, Any, Context], bool]] = {
    QuestionKind.ONE: _is_name,
    QuestionKind.COUNTRY: _is_name,
    QuestionKind.YES_NO: _is_yes_or_no,
    QuestionKind.TEXT: _is_same_text,
    QuestionKind.PLACE: _is_same_text,
    QuestionKind.EMAIL: _is_same_address,
    QuestionKind.URL: _is_same_address,
    QuestionKind.NUMBER: _is_digits,
    QuestionKind.MONTH: _by_its_reader,
    QuestionKind.DATE: _by_its_reader,
    QuestionKind.SEVERAL: _on_the_screen,
    QuestionKind.COUNTRIES: _on_the_screen,
    QuestionKind.LONG_TEXT: _on_the_screen,
    QuestionKind.ITEMS: _on_the_screen,
    QuestionKind.FILE: _on_the_screen,
}
"""By kind: whether the value is literally what the text says."""


def _shown(kind: QuestionKind, value: Any, context: Context) -> Value:
    if kind is QuestionKind.YES_NO:
        return M("choice.yes") if value else M("choice.no")
    if kind in (QuestionKind.ONE, QuestionKind.COUNTRY):
        return _label(next(option for option in context.options if option.code == value))
    if isinstance(value, Month | int):
        return value
    if isinstance(value, dict):
        return Code(f"{value['latitude']}, {value['longitude']}") if "latitude" in value else str(value["name"])
    return Code(str(value)) if kind in (QuestionKind.EMAIL, QuestionKind.URL) else str(value)


def _label(option: Option) -> Value:
    """As the answer is shown where all answers stand: by its code too, where people know it by that."""
    label = option.label
    if isinstance(label, Message) and label.key.startswith(("action_line.", "goal.", "target.")):
        return M("choice.coded", code=Code(number_of(option.code)), label=label)
    return label
