"""A whole entry typed in each language's own words ends in the same codes as one typed in English."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.domain.events import Commanded, Said
from dialogs.domain.messages import Country, Listing, Message, Month, Value
from tests.dialogs.test_any_events import Walker
from tests.driver import WORDS
from tests.locales.reading import in_words, question, reader
from tests.samples import ANSWERS

LANGUAGES = pytest.mark.parametrize("language", WORDS.languages)
DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩"}
"""Digits that keyboards of a language write, where they are not 0 to 9."""

LISTS: dict[str, tuple[Value, ...]] = {
    "lines": tuple(Message(f"action_line.{code}.short") for code in ("C2", "C4", "C7")),
    "sublines": (Message("action_line.C7-eagr.short"), Message("action_line.C7-ehea.short")),
    "goals_suggested": (Message("goal.1"),),
    "goals": (Message("goal.4"), Message("goal.9")),
    "impact_kinds": tuple(Message(f"option.impact_kinds.{code}") for code in ("economic", "social")),
    "beneficiaries": tuple(Message(f"option.beneficiaries.{code}") for code in ("women", "youth", "farmers")),
    "countries": (Country("KE"),),
}
"""Answers that name several things: written as a list in the language, with its commas and its "and"."""

NAMES: dict[str, Value] = {
    "entry_mode": Message("option.entry_mode.new"),
    "org_type": Message("option.org_type.CSO"),
    "org_country": Country("KE"),
    "activity_type": Message("option.activity_type.project"),
    "status": Message("option.status.ongoing"),
    "start_date": Month(2023, 3),
    "coverage": Message("option.coverage.local"),
    "main_line": Message("action_line.C2.short"),
    "main_goal": Message("goal.9"),
    "prize_category": Message("prize_category.2"),
}
"""Answers that name one thing, by what they name."""

WISHES = {"yes": "yes", "no": "no", "skip": "skip"}


def typed(language: str, asked: str) -> str:
    """The sample's answer to a question, in the words of a language."""
    sample = ANSWERS[asked]
    if asked in LISTS:
        return WORDS.say(Listing(LISTS[asked]), language)
    if asked in NAMES:
        return WORDS.say(NAMES[asked], language)
    if sample in WISHES:
        return WORDS.forms(language, f"intent.{sample}")[0].split("|")[0].strip()
    if sample.isdigit() and language in DIGITS:
        return sample.translate(str.maketrans("0123456789", DIGITS[language]))
    return sample


def walked(language: str, words: Any) -> tuple[Walker, dict[str, Any]]:
    """Somebody who typed a whole entry, and what was kept of it."""
    walker = reader(language)
    walker.play(Commanded("new", walker.at))
    for _ in range(90):
        asked = question(walker)
        if asked == "review":
            break
        answer = words(language, asked)
        walker.play(Said(answer, walker.at, ref=f"m{walker.count}"))
        assert question(walker) != asked, f"«{answer}» was not taken at {asked}:\n{in_words(walker)}"
    draft = walker.conversation.draft
    assert draft is not None
    assert question(walker) == "review"
    return walker, {key: answer.value for key, answer in draft.answers.items() if key != "language"}


@LANGUAGES
@pytest.mark.feature("I1", "C9", "N2")
def test_a_walk_in_a_languages_own_words_ends_in_the_same_codes(language: str) -> None:
    _, english = walked("en", lambda _, asked: ANSWERS[asked])
    walker, stored = walked(language, typed)
    assert stored == english
    send = WORDS.forms(language, "choice.send")[0]
    walker.play(Said(send, walker.at))
    assert question(walker) == "sent", in_words(walker)
