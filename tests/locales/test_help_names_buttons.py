"""What the help of a question quotes stands on a button of that question, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.questionnaire.options import every_option
from dialogs.questionnaire.source import loader
from tests.driver import WORDS

QUOTED = re.compile(r"[“«]\s*([^“”«»]+?)\s*[”»]")
IN_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]$")
ALWAYS_THERE = ("choice.done", "choice.no", "choice.yes")


def _labels(question: Question, language: str) -> Iterator[str]:
    messages = [option.label for option in every_option(question) if isinstance(option.label, Message)]
    for message in (*messages, *map(M, ALWAYS_THERE)):
        label = WORDS.say(message, language)
        yield from (label, IN_BRACKETS.sub("", label))


def _is_no_button(quoted: str) -> bool:
    """What people may write (a code and a question mark), and the title of the matrix in Chinese."""
    return quoted.endswith("？") or quoted == "WSIS-SDG矩阵"


@pytest.mark.parametrize("language", WORDS.languages)
def test_what_the_help_of_a_question_quotes_is_what_its_buttons_say(language: str) -> None:
    strange = [
        f"{version}, {question.id}: {quoted}"
        for version, questionnaire in loader.versions().items()
        for question in questionnaire.by_id.values()
        if question.kind in (QuestionKind.ONE, QuestionKind.SEVERAL)
        for quoted in QUOTED.findall(WORDS.say(Message(question.text("help")), language))
        if quoted not in set(_labels(question, language)) and not _is_no_button(quoted)
    ]
    assert not strange
