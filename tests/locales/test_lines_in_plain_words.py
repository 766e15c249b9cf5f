"""`C6?` is explained, as the help of the question promises, and not only spelled out."""

from __future__ import annotations

import pytest

from dialogs.domain.events import Said
from dialogs.domain.messages import Message
from dialogs.knowledge.action_lines import SUBLINES
from tests.driver import WORDS
from tests.locales.reading import at_question, in_words, question

ASKED = {"ar": "ما هو C6؟", "en": "C6?", "es": "¿C6?", "fr": "C6 ?", "ru": "С6?", "zh": "C6？"}
"""In Russian with the letter of a Russian keyboard."""


def plainly(code: str, language: str) -> str:
    return WORDS.say(Message(f"action_line.{code}.plain"), language)


@pytest.mark.parametrize("language", WORDS.languages)
def test_a_line_asked_about_is_explained_in_plain_words_above_the_open_question(language: str) -> None:
    walker = at_question(language, "lines")
    walker.play(Said(ASKED[language], walker.at))
    assert question(walker) == "lines"
    assert plainly("C6", language) in in_words(walker)


def test_c7_is_explained_with_each_of_its_parts() -> None:
    walker = at_question("en", "lines")
    walker.play(Said("what is C7?", walker.at))
    for code in ("C7", *SUBLINES):
        assert plainly(code, "en") in in_words(walker), code
