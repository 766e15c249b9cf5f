"""A draft of the first edition finishes on it, or moves to the second: no word is lost, no colleague stuck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dialogs.domain.conversation import Call, Entry
from dialogs.domain.entries.portion import portion
from dialogs.questionnaire.journey import Journey
from dialogs.questionnaire.moves import moved
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.versions import changes
from storage.calls.calls import annual_call
from tests.conversation import Talker
from tests.driver import IN_SEASON, WORDS
from tests.samples import ANSWERS
from tests.second_edition import EVERYTHING

FIRST, SECOND = loader.version("2027"), loader.version("2027b")
SECTIONS = [section.id for section in FIRST.sections]
BEFORE = {**ANSWERS, "coverage": "national", "status": "a major phase is finished"}

WRITTEN = ("impact_figures", "future", "wsis_values", "results", "sustainability", "partners", "contact_role")


def begun(section: str) -> Talker:
    """A draft of the first edition that stands at the first question of a section."""
    first = next(each for each in FIRST.sections if each.id == section).questions[0].id
    person = Talker("2027")
    person.does("new")
    if first in ("language", "agree"):
        return person
    person.answers(BEFORE, until=first)
    return person


def second_edition(person: Talker) -> None:
    """The call asks the second edition from now on."""
    call: Call = annual_call(2027, lambda year: "2027b")
    person.conversation = replace(person.conversation, calls=(call,))


def written(person: Talker) -> Iterator[str]:
    """All that the person wrote so far in questions that the second edition does not ask as they were."""
    for id in WRITTEN:
        answer = person.draft.answers.get(id)
        if answer is not None and isinstance(answer.value, str):
            yield answer.value


@pytest.mark.feature("Q17")
@pytest.mark.parametrize("section", SECTIONS)
def test_a_draft_in_any_section_moves_with_all_that_was_written_and_is_finished(section: str) -> None:
    person = begun(section)
    before = list(written(person))
    second_edition(person)
    person.does("continue")
    assert person.question == "moving"
    assert "No longer asked" in person.text
    assert "goes into “Results”" in person.text
    person.taps(".move")
    assert person.draft.version == "2027b"
    answers = {**dict.fromkeys(SECOND.by_id, "skip"), **EVERYTHING, "title_en": "Solar networks", "entry_mode": "new"}
    person.answers(answers, until="review", most=150)
    person.taps(".send")
    assert person.sent is not None
    sent = "\n".join(str(value) for value in person.sent.answers.values())
    assert not [text for text in before if text not in sent]


@pytest.mark.feature("Q17")
@pytest.mark.parametrize("section", SECTIONS)
def test_a_draft_in_any_section_finishes_on_its_own_questions(section: str) -> None:
    person = begun(section)
    second_edition(person)
    person.does("continue")
    person.taps(".stay")
    person.answers(BEFORE, until="review", most=150)
    person.taps(".send")
    assert person.sent is not None
    assert person.sent.answers["wsis_values"] == ANSWERS["wsis_values"]


@pytest.mark.feature("Q17", "S4")
@pytest.mark.parametrize("section", [id for id in SECTIONS if id not in ("start", "review")])
def test_a_section_that_is_with_a_colleague_is_there_in_the_second_edition(section: str) -> None:
    assert portion(SECOND, (section,)).own
    person = begun("review")
    draft = person.draft
    for edition in (FIRST, SECOND):
        handed = replace(draft, owner=7, sections=(section,), version=edition.version)
        assert [each.id for each in Journey(edition, handed).sections] in ([section], [])
        other = Talker(edition.version)
        other.conversation = replace(other.conversation, drafts={draft.id: handed})
        other.does("continue")
        assert other.screen.rows, "whoever has a section is never stuck, also when nothing is left to ask in it"


@pytest.mark.feature("Q17")
def test_the_list_of_changes_names_what_is_new_gone_otherwise_and_taken_over_in_words() -> None:
    found = changes(FIRST, SECOND)
    assert {"impact_basis", "technology", "place"} <= {question.id for question in found.new}
    assert {question.id for question in found.gone} == {"impact_kinds", "prize_maturity", "prize_category"}
    assert {"start_date", "status", "countries", "link_example", "prize_text"} <= {q.id for q in found.otherwise}
    assert not {"title", "org_country", "challenges", "agree"} & {question.id for question in found.otherwise}
    assert {(source.id, to.id) for source, to in found.taken_over} == {
        ("goals_suggested", "goals"),
        ("impact_figures", "results"),
        ("future", "sustainability"),
        ("has_partners", "partner_kinds"),
        ("show_contact", "contact_visibility"),
    }
    every = [*found.new, *found.gone, *found.otherwise]
    assert all(WORDS.say(question.label, language) for question in every for language in ("en", "ar", "zh"))


OLD: dict[str, Any] = {
    "goals_suggested": ["1"],
    "goals": ["9"],
    "results": "All villages run.",
    "impact_figures": "4,200 people.",
    "future": "Eight more.",
    "has_partners": False,
    "show_contact": True,
    "wsis_values": "Everyone decides.",
    "mdgs": ["2"],
}


@pytest.mark.feature("Q17", "Q19")
def test_answers_of_an_entry_of_the_first_edition_are_taken_over_when_it_is_updated() -> None:
    after = moved(OLD, SECOND)
    assert after["goals"] == ["9", "1"]
    assert after["results"] == "All villages run.\n\n4,200 people."
    assert after["sustainability"] == "Eight more."
    assert after["partner_kinds"] == ["none"]
    assert after["contact_visibility"] == "show"
    assert after["wsis_values"] == "Everyone decides."
    assert not {"goals_suggested", "impact_figures", "future", "has_partners", "show_contact"} & after.keys()
    assert moved(after, SECOND) == after
    assert moved(OLD, FIRST) == OLD
    entry = Entry("WSIS-2026-000001", "Old", "Lake", "KE", "2026", IN_SEASON.replace(year=2025), OLD)
    person = Talker("2027b", entries=(entry,))
    person.does("update")
    person.taps("entry:WSIS-2026-000001")
    assert person.draft.previous["results"] == after["results"]
    assert Journey(SECOND, person.draft).facts.old_goals == ("1", "9")


@pytest.mark.feature("Q17", "Q23")
def test_work_that_was_under_way_is_asked_for_its_phase_when_its_entry_is_updated() -> None:
    """`ongoing` meant all work under way: nobody's entry says `first phase` without their knowing."""
    person = updating_ongoing()
    person.taps("contacts")
    person.taps(".done")
    said = {**dict.fromkeys(SECOND.by_id, "keep"), **EVERYTHING, "nominate": "no", "goals_confirmed": "yes"}
    person.answers(said, until="status")
    person.says("phase_done")
    person.answers(said, until="review")
    person.taps(".send")
    assert person.sent is not None
    assert person.sent.answers["status"] == "phase_done"
    assert moved({"status": "ongoing"}, SECOND, "2027b")["status"] == "ongoing", "of its own edition it stands"


@pytest.mark.feature("Q17", "Q19")
def test_work_that_was_under_way_is_confirmed_without_a_question() -> None:
    person = updating_ongoing()
    person.taps("no_change")
    person.taps(".done")
    assert person.question == "review"
    person.taps(".send")
    assert person.sent is not None
    assert person.sent.confirms


def updating_ongoing() -> Talker:
    """Somebody whose entry of the first edition says that the work is under way, at what has changed."""
    old = {**OLD, "title": "Old", "org_name": "Lake", "status": "ongoing", "publish": True, "lines": ["C2"]}
    entry = Entry("WSIS-2026-000001", "Old", "Lake", "KE", "2026", IN_SEASON.replace(year=2025), old, edition="2027")
    person = Talker("2027b", entries=(entry,))
    person.does("update")
    person.taps("entry:WSIS-2026-000001")
    if person.question == "agree":
        person.taps("yes")
    return person


@pytest.mark.feature("Q17", "Q23")
def test_a_draft_that_said_ongoing_is_asked_for_its_phase_after_it_moved() -> None:
    person = Talker("2027")
    person.does("new")
    person.answers({**BEFORE, "status": "ongoing"}, until="lines")
    second_edition(person)
    person.does("continue")
    person.taps(".move")
    assert "status" not in person.draft.answers
    asked = person.answers({**dict.fromkeys(SECOND.by_id, "skip"), **EVERYTHING, "entry_mode": "new"}, until="goals")
    assert "status" in asked
