"""How long the second edition is, counted in screens that ask for something: by typing and by tapping."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from dialogs.domain.conversation import Entry
from dialogs.domain.questionnaire import QuestionKind
from dialogs.questionnaire.journey import SHORT_WAY
from dialogs.questionnaire.source import loader
from dialogs.screens import Screen
from tests.conversation import Talker
from tests.driver import IN_SEASON, WORDS
from tests.samples import ANSWERS
from tests.second_edition import EVERYTHING, REQUIRED, TAPPED, TAPPED_WITH_PRIZE

SECONDS = {
    QuestionKind.TEXT: 28,
    QuestionKind.LONG_TEXT: 128,
    QuestionKind.ONE: 18,
    QuestionKind.YES_NO: 12,
    QuestionKind.SEVERAL: 33,
    QuestionKind.COUNTRY: 20,
    QuestionKind.COUNTRIES: 12,
    QuestionKind.DATE: 20,
}
"""Reading and answering on a phone, forty words at twenty a minute included: a model, good for comparing."""


def filled(edition: str, answers: Mapping[str, str], *, long: bool) -> tuple[Talker, list[str]]:
    """An entry filled in by typing, up to the check; the questions that were asked."""
    person = Talker(edition)
    person.does("new")
    if not long:
        return person, person.answers(answers, until="review")
    asked = person.answers(answers, until="review")
    if SHORT_WAY in person.draft.answers:
        person.taps(".more")
        asked += person.answers(answers, until="review")
    return person, asked


def entry(**more: object) -> Entry:
    """An entry of last time, as it stands in the register."""
    person, _ = filled("2027b", EVERYTHING, long=True)
    person.taps(".send")
    assert person.sent is not None
    answers = {**person.sent.answers, **more}
    return Entry("WSIS-2026-000007", "Solar networks", "Lake", "KE", "2026", IN_SEASON.replace(year=2025), answers)


@pytest.mark.feature("Q18")
def test_a_typical_entry_is_typed_in_23_screens_with_the_one_that_sends_it() -> None:
    person, asked = filled("2027b", REQUIRED, long=False)
    assert len(asked) + 1 <= 23, asked
    assert ".send" in person.codes


@pytest.mark.feature("Q18")
def test_a_typical_entry_is_tapped_in_23_screens_with_the_one_that_sends_it() -> None:
    person, screens = Talker("2027b"), 0
    person.does("new")
    while person.question != "review":
        question, screens = person.question, screens + 1
        for code in TAPPED.get(question, ()):
            person.taps(code)
        if question not in TAPPED:
            person.says(REQUIRED[question])
        assert person.question != question, person.text
    assert screens + 1 <= 23
    person.taps(".send")
    assert person.sent is not None
    assert person.sent.answers["goals"] == ["9", "4", "1"]


@pytest.mark.feature("Q18")
def test_the_goals_are_reached_within_seven_minutes() -> None:
    _, asked = filled("2027b", REQUIRED, long=False)
    kinds = loader.version("2027b").by_id
    before = asked[: asked.index("goals")]
    assert sum(SECONDS[kinds[question].kind] for question in before) <= 7 * 60


@pytest.mark.feature("Q18")
def test_all_questions_with_the_prizes_are_no_more_than_before() -> None:
    before = {
        **ANSWERS,
        "status": "completed",
        "end_date": "June 2026",
        "coverage": "national",
        "activity_type": "project",
    }
    _, then = filled("2027", before, long=True)
    _, now = filled("2027b", EVERYTHING, long=True)
    assert len(now) <= len(then), (len(now), len(then))


@pytest.mark.feature("Q18")
def test_sending_is_offered_when_all_that_is_required_is_there_with_what_more_would_bring() -> None:
    person, asked = filled("2027b", REQUIRED, long=False)
    questions = loader.version("2027b").by_id
    assert not [question for question in asked if question in ("activity_url", "technology", "beneficiaries")]
    assert all(questions[question].required for question in asked if question != "link_example")
    assert "more questions would make your entry easier to find" in person.text
    assert person.codes.index(".send") < person.codes.index(".more")
    person.taps(".more")
    assert person.question == "activity_url"


def tapped_through(person: Talker) -> int:
    """A whole entry with the Prizes from the first message on, by taps where that goes; the taps and texts it took."""
    deeds = 1
    person.does("start")

    def fill() -> None:
        nonlocal deeds
        while person.question != "review":
            question = person.question
            for code in TAPPED_WITH_PRIZE.get(question, ()):
                person.taps(code)
                deeds += 1
            if question not in TAPPED_WITH_PRIZE:
                person.says(EVERYTHING[question])
                deeds += 1
            assert deeds < 200, person.text

    person.taps(".new")
    deeds += 1
    fill()
    person.taps(".more")
    fill()
    person.taps(".send")
    return deeds + 2


@pytest.mark.feature("Q18")
def test_a_whole_entry_with_the_prizes_takes_eighty_taps_and_texts() -> None:
    person = Talker("2027b")
    assert tapped_through(person) <= 80
    assert person.sent is not None and person.sent.answers["prize_text"]


def words(screen: Screen) -> int:
    """Words of a screen's lines, without its buttons."""
    said = " ".join(WORDS.say(line.text, "en") for line in screen.lines)
    return len(re.findall(r"\w[\w'’-]*", re.sub(r"<[^>]+>", "", said)))


@pytest.mark.feature("Q18")
def test_a_screen_is_forty_words_to_read_in_the_mean() -> None:
    """Each screen once, as it is first shown, but for the check, which shows one's own answers."""
    person = Talker("2027b")
    tapped_through(person)
    first = {screen.name: words(screen) for screen in reversed(person.screens) if screen.name != "review"}
    assert sum(first.values()) / len(first) <= 40, sorted(first.items(), key=lambda each: -each[1])[:10]


def updating(old: Entry) -> Talker:
    person = Talker("2027b", entries=(old,))
    person.does("update")
    person.taps(f"entry:{old.reference}")
    assert person.question in ("agree", "update_scope")
    if person.question == "agree":
        person.taps("yes")
    return person


@pytest.mark.feature("Q19")
def test_that_nothing_changed_is_said_in_four_screens_and_sends_the_entry_as_it_is() -> None:
    old = entry(start_date="2023-03", mdgs=["1"])
    person = Talker("2027b", entries=(old,))
    shown = [person.does("update"), person.taps(f"entry:{old.reference}")]
    if person.question == "agree":
        person.taps("yes")
    person.taps("no_change")
    shown.append(person.taps(".done"))
    assert person.question == "review"
    assert "still true" in person.text
    shown.append(person.taps(".send"))
    assert len(shown) <= 4
    assert person.sent is not None
    assert person.sent.confirms


@pytest.mark.feature("Q19")
@pytest.mark.parametrize(
    ("scope", "question", "said"),
    [
        ("contacts", "contact_email", "amina@example.org"),
        ("dates_status", "start_date", "2018"),
        ("places", "countries", "Uganda"),
        ("organisation", "org_name", "Lake Networks Trust"),
    ],
)
def test_an_update_of_one_fact_takes_eight_screens_at_most(scope: str, question: str, said: str) -> None:
    person, screens = updating(entry()), 1
    person.taps(scope)
    person.taps(".done")
    asked = []
    while person.question != "review":
        asked.append(person.question)
        screens += 1
        if person.question == question:
            person.says(said)
        elif person.question in ("goals_confirmed", "nominate"):
            person.taps("yes" if person.question == "goals_confirmed" else "no")
        else:
            person.taps(".keep")
        assert screens <= 12, asked
    assert screens + 1 <= 8, asked
    assert question in asked
    assert asked.count("goals_confirmed") == 1, "the goals of last time are one question"
    person.taps(".send")
    assert person.sent is not None
    assert person.sent.answers["goals"] == ["9", "4", "1"]
    assert not person.sent.confirms


@pytest.mark.feature("Q19")
def test_goals_that_are_no_longer_true_are_gone_through_again() -> None:
    person = updating(entry())
    person.taps("contacts")
    person.taps(".done")
    person.answers({"goals_confirmed": "no", "nominate": "no"}, until="goals")
    assert "9" in person.text


@pytest.mark.feature("Q19")
def test_that_nothing_changed_is_only_offered_for_an_entry_that_is_known() -> None:
    person = Talker("2027b")
    person.does("update")
    person.says("Health by message")
    if person.question == "agree":
        person.taps("yes")
    assert person.question == "update_scope"
    assert "no_change" not in person.codes
