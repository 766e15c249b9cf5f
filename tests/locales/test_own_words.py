"""People answer in the words of their language, and are taken at their word."""

from __future__ import annotations

import pytest

from dialogs.domain.events import Said
from tests.driver import WORDS
from tests.locales.reading import at_question, in_words, question

NOTHING = {
    "ar": ("لا", "لا يوجد", "ليس لدينا", "لا نعرف", "تخطي"),
    "en": ("no", "none", "n/a", "don't know", "skip this question"),
    "es": ("no", "ninguno", "no tenemos", "no sé", "omitir"),
    "fr": ("non", "aucun", "nous n’en avons pas", "sans objet", "passer"),
    "ru": ("нет", "нету", "у нас нет", "не знаю", "пропустить"),
    "zh": ("没有", "暂时没有", "无", "不知道", "跳过"),
}
"""Ways to say that there is nothing to say; 没有 is also how one says no."""

REGIONAL = {
    "ar": "إقليمي",
    "en": "Regional",
    "es": "Regional",
    "fr": "Régionale",
    "ru": "Региональный",
    "zh": "区域",
}
"""What people call the option; its label explains itself in brackets."""


LANGUAGES = pytest.mark.parametrize("language", WORDS.languages)


@LANGUAGES
@pytest.mark.feature("C4", "C7", "C9")
def test_an_optional_question_is_left_out_in_the_words_of_the_language(language: str) -> None:
    for word in NOTHING[language]:
        walker = at_question(language, "org_url")
        walker.play(Said(word, walker.at))
        assert question(walker) == "title", f"«{word}» did not leave the question out:\n{in_words(walker)}"


@LANGUAGES
@pytest.mark.feature("C9")
def test_no_is_still_an_answer_where_yes_or_no_is_asked(language: str) -> None:
    for word in (NOTHING[language][0], "没有"):
        walker = at_question(language, "has_partners")
        walker.play(Said(word, walker.at))
        assert question(walker) == "results", f"«{word}» was not taken as a no:\n{in_words(walker)}"


@LANGUAGES
@pytest.mark.feature("C8", "C9")
def test_a_label_is_known_without_what_explains_it_in_brackets(language: str) -> None:
    walker = at_question(language, "coverage")
    walker.play(Said(REGIONAL[language], walker.at))
    assert question(walker) == "countries", in_words(walker)


def test_words_that_only_begin_so_are_an_answer() -> None:
    walker = at_question("en", "challenges")
    walker.play(Said("No village was left behind.", walker.at))
    draft = walker.conversation.draft
    assert draft is not None
    assert draft.answers["challenges"].value == "No village was left behind."
