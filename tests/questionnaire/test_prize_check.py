"""A nomination that passes here has every box of the rules of 2026; one that lacks any is told which."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogs.domain.entries.prize import faults
from dialogs.knowledge import prizes
from dialogs.questionnaire.journey import Journey
from dialogs.questionnaire.options import every_option
from dialogs.questionnaire.source import loader
from locales.words import Words
from tests.conversation import Talker
from tests.driver import WORDS
from tests.second_edition import EVERYTHING, VOTERS

EDITION = loader.version("2027b")

BOXES = {
    "title": ["title"],
    "English title, where the title is not English": ["title_en"],
    "presentation in English": ["prize_text"],
    "link with the action line": ["lines", "main_line"],
    "link with each of the goals": ["goals", "link_example@1", "link_example@4", "link_example@9"],
    "link with the objectives of the Global Digital Compact": ["gdc"],
    "impact in words": ["results"],
    "impact in figures": ["impact_figure"],
    "partnership": ["partners"],
    "key challenges": ["challenges"],
    "future perspectives": ["sustainability"],
    "completed, or at the end of a major phase": ["status"],
    "not won before": ["prize_past"],
}
"""What the rules of 2026 name, with the answers that say it."""


def nominated(**answers: str) -> Talker:
    """A nomination by the required questions alone, at the check."""
    person = Talker("2027b")
    person.does("new")
    person.answers(
        {**EVERYTHING, "title": "Réseaux solaires pour les villages du lac", **TITLE, **answers}, until="review"
    )
    return person


TITLE = {"title_en": "Solar networks for the villages of the lake"}


@pytest.mark.feature("Q22")
def test_a_nomination_that_is_sent_has_every_box_of_the_rules() -> None:
    person = nominated()
    assert "everything that the rules ask for is there" in person.text
    person.taps(".send")
    assert person.sent is not None
    answers = person.sent.answers
    missing = {box: key for box, keys in BOXES.items() for key in keys if answers.get(key) is None}
    assert not missing
    assert 150 <= len(str(answers["prize_text"]).split()) <= 200
    assert all(len(str(answers[f"link_example@{goal}"]).split()) >= 10 for goal in ("1", "4", "9"))
    assert answers["prize_category"] == str(prizes.category_of("C2")), "one category, that of the main line"
    words = len(str(answers["prize_text"]).split())
    assert faults(answers, words, categories=prizes.CATEGORIES.values()) == (), "those who run the Prizes may take it"


@pytest.mark.feature("Q22")
@pytest.mark.parametrize("key", sorted({key for keys in BOXES.values() for key in keys} - {"status", "prize_past"}))
def test_a_nomination_that_lacks_a_box_is_not_sent_and_is_told_which(key: str) -> None:
    person = nominated()
    draft = person.draft
    left = replace(draft, answers={k: answer for k, answer in draft.answers.items() if k != key})
    person.conversation = replace(person.conversation, drafts={draft.id: left})
    person.does("review")
    question = EDITION.by_id[key.partition("@")[0]]
    assert ".send" not in person.codes
    assert WORDS.say(question.label, "en") in person.text.partition("Prize check")[2]


@pytest.mark.feature("Q22")
def test_the_table_of_boxes_is_the_one_that_the_check_reads() -> None:
    named = {key.partition("@")[0] for keys in BOXES.values() for key in keys}
    assert {id for ids in prizes.BOXES.values() for id in ids} == named


@pytest.mark.feature("Q22")
def test_work_whose_first_phase_still_runs_hears_the_rule_at_once_and_is_not_sent_so() -> None:
    person = Talker("2027b")
    person.does("new")
    person.answers({**EVERYTHING, "status": "first phase"}, until="nominate")
    person.says("yes")
    assert "at least one phase finished" in person.text
    person.answers({**EVERYTHING, "status": "first phase"}, until="review")
    assert ".send" not in person.codes
    assert "prize_text" not in person.draft.answers, "no box is asked in vain"


@pytest.mark.feature("Q22")
def test_a_nomination_that_nobody_may_see_is_a_contradiction() -> None:
    person = nominated(publish="no")
    assert ".send" not in person.codes
    assert "has to be published" in person.text


@pytest.mark.feature("Q22")
def test_work_that_has_won_before_goes_into_the_register_and_not_to_the_prizes() -> None:
    person = nominated(prize_past="yes")
    assert "cannot enter again" in person.text
    person.taps(".send")
    assert person.sent is not None
    assert "prize_category" not in person.sent.answers


@pytest.mark.feature("Q22")
def test_a_text_for_voters_of_a_hundred_words_is_too_short() -> None:
    person = Talker("2027b")
    person.does("new")
    person.answers(EVERYTHING, until="prize_text")
    person.says(" ".join(VOTERS.split()[:120]))
    assert person.question == "prize_text"


@pytest.mark.feature("Q22")
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_18_categories_are_ten_lines_and_the_eight_parts_of_c7_in_every_language(language: str) -> None:
    said = Words.ours().forms(language, "question.nominate.help")[0]
    assert "18" in said
    assert "C7" in said
    assert len(prizes.CATEGORIES) == 18


@pytest.mark.feature("Q22")
def test_the_objectives_of_the_compact_are_five_or_none() -> None:
    assert [option.code for option in every_option(EDITION.by_id["gdc"])] == [*(f"GDC{n}" for n in range(1, 6)), "none"]


def test_who_does_not_nominate_is_asked_none_of_it() -> None:
    person = Talker("2027b")
    person.does("new")
    asked: list[Any] = person.answers({**EVERYTHING, "nominate": "no"}, until="review")
    assert not set(asked) & {"gdc", "title_en", "prize_text", "partners", "results", "impact_figure", "sustainability"}
    journey = Journey(EDITION, person.draft)
    assert not journey.facts.nominated


@pytest.mark.feature("Q22")
def test_the_text_for_the_vote_is_in_english() -> None:
    """Said at once, and again before sending: nobody finds out afterwards."""
    french = " ".join(
        ["Le projet relie douze villages du lac par des réseaux solaires et forme celles et ceux qui y veillent."] * 9
    )
    person = nominated(prize_text=french)
    assert ".send" not in person.codes
    assert "seems to be in another language" in person.text
    said = "\n".join(WORDS.say(line.text, "en") for screen in person.screens[:-1] for line in screen.lines)
    assert "seems to be in another language" in said
