"""The second edition of the questionnaire of 2027 as it comes with the project."""

from __future__ import annotations

import pytest

from dialogs.domain.conversation import Answer, Draft, Entry
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Question
from dialogs.knowledge import countries
from dialogs.knowledge.goals import TARGETS
from dialogs.questionnaire.journey import Journey
from dialogs.questionnaire.options import every_option
from dialogs.questionnaire.source import linter, loader
from locales.words import Words
from tests.conversation import Talker
from tests.driver import IN_SEASON
from tests.second_edition import EFFECT, REQUIRED

EDITION = loader.version("2027b")
FIRST = loader.version("2027")


def until(question: str, language: str = "en", **answers: str) -> Talker:
    """Somebody at a question, after the usual answers to those before it."""
    person = Talker("2027b", language)
    person.does("new")
    person.answers({**REQUIRED, **answers}, until=question)
    return person


@pytest.mark.feature("O7", "Q18")
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_the_linter_finds_nothing_in_its_ways_or_in_any_language(language: str) -> None:
    words = Words.ours()
    assert linter.lint(EDITION, {language: words.keys(language)}, words.say) == []


def test_a_new_call_of_the_year_asks_it() -> None:
    assert loader.edition_of(2027) == "2027b"


def test_a_question_that_plays_a_role_has_the_same_id_in_both_editions() -> None:
    """Entries of both are read together: by the register, the export and the figures."""
    shared = EDITION.ids.keys() & FIRST.ids.keys()
    assert {role: EDITION.ids[role] for role in shared if role is not QuestionRole.CONTACT_SHOWN} == {
        role: FIRST.ids[role] for role in shared if role is not QuestionRole.CONTACT_SHOWN
    }


def test_a_question_that_keeps_its_id_keeps_the_codes_it_had() -> None:
    """Or asks for something else in their place: the reach within a country, where several countries tell the rest."""
    for id in EDITION.by_id.keys() & FIRST.by_id.keys() - {"coverage"}:
        had, has = codes(FIRST.by_id[id]), codes(EDITION.by_id[id])
        assert had <= has, id


def codes(question: Question) -> set[str]:
    return {option.code for option in every_option(question)}


@pytest.mark.feature("Q19")
def test_the_activity_comes_first_and_the_person_and_the_consents_last() -> None:
    order = [section.id for section in EDITION.sections]
    assert order[:3] == ["start", "activity", "organisation"]
    assert order[-2:] == ["contact", "review"]
    assert order.index("nomination") < order.index("sdgs") < order.index("prize")


@pytest.mark.feature("Q20")
@pytest.mark.parametrize(
    ("language", "short", "enough"),
    [
        ("en", "It helps.", EFFECT),
        ("zh", "它有帮助，很好用。", "二十个村庄的农民现在每天都能查到市场价格，少走许多路。"),
    ],
)
def test_two_words_do_not_say_how_a_goal_is_helped(language: str, short: str, enough: str) -> None:
    person = until("link_example", language)
    person.says(short)
    assert person.question == "link_example"
    person.says(enough)
    person.taps(".done")
    assert person.question == "impact_basis"


@pytest.mark.feature("Q20")
def test_targets_are_asked_for_the_main_goal_and_for_others_on_demand() -> None:
    answers = {"goals": ["9", "4"], "main_goal": "9", "lines": ["C2"]}
    draft = Draft("d", "2027", "2027b", IN_SEASON, IN_SEASON, {k: Answer(v, IN_SEASON) for k, v in answers.items()})
    journey = Journey(EDITION, draft)
    asked = {stop.key for stop in journey.open()}
    assert "targets@9" in asked
    assert "targets@4" not in asked
    assert "targets@4" in journey.by_key, "whoever wants it finds it at the check"
    assert TARGETS[4]


@pytest.mark.feature("Q20")
def test_millennium_goals_are_named_and_their_successors_come_first_and_are_kept_as_such() -> None:
    old = {"title": "Old", "org_name": "Lake", "mdgs": ["2"], "publish": True, "contact_email": "a@example.org"}
    entry = Entry("WSIS-2014-000007", "Old", "Lake", "KE", "2014", IN_SEASON.replace(year=2014), old)
    person = Talker("2027b", entries=(entry,))
    person.does("update")
    person.taps("entry:WSIS-2014-000007")
    answers = {
        **REQUIRED,
        "update_scope": "sdgs",
        "title": "keep",
        "org_name": "keep",
        "lines": "C2",
        "publish": "keep",
    }
    person.answers(answers, until="goals")
    assert "Millennium Development Goals 2" in person.text
    assert "4" in person.codes[:3]
    person.says("4, 9")
    person.answers({**dict.fromkeys(EDITION.by_id, "skip"), **answers, "main_goal": "4"}, until="review")
    person.taps(".send")
    assert person.sent is not None
    assert person.sent.answers["from_mdg"] == ["4"]
    assert person.sent.answers["mdgs"] == ["2"]


@pytest.mark.feature("Q21")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Africa", ["AFR"]),
        ("the whole world", ["WLD"]),
        ("весь мир", ["WLD"]),
        ("South Africa", ["ZA"]),
        ("Kenya, Europe", ["KE", "EUR"]),
    ],
)
def test_regions_and_the_world_are_answers_to_where(said: str, kept: list[str]) -> None:
    person = until("countries")
    person.says(said)
    answer = person.draft.answers["countries"].value
    assert set(answer) == set(kept)


@pytest.mark.feature("Q21")
def test_every_country_can_be_named_at_once() -> None:
    limits = EDITION.by_id["countries"].limits
    assert limits.max is None or limits.max >= 193
    assert set(countries.expanded(["WLD"])) == set(countries.MEMBERS)
    assert len(countries.expanded(["AFR"])) == 44
    assert countries.expanded(["AFR", "KE", "XX"]) == countries.expanded(["AFR"])


@pytest.mark.feature("Q21")
@pytest.mark.parametrize(
    ("where", "reach"),
    [("Kenya, Uganda", "regional"), ("Kenya, France", "international"), ("the whole world", "international")],
)
def test_how_far_it_reaches_is_not_asked_where_it_is_known(where: str, reach: str) -> None:
    person = until("review", countries=where)
    assert "coverage" not in person.draft.answers
    person.taps(".send")
    assert person.sent is not None
    assert person.sent.answers["coverage"] == reach


@pytest.mark.feature("Q21")
def test_a_year_alone_is_a_date_and_an_end_is_not_before_its_start() -> None:
    person = until("end_date", status="completed", start_date="2019")
    assert person.draft.answers["start_date"].value == "2019"
    for early in ("2018", "December 2018"):
        person.says(early)
        assert person.question == "end_date", early
    person.says("2019")
    assert person.question == "countries"
    later = until("start_date", status="planned")
    assert "will the activity start" in later.text
    later.says("2028")
    assert later.draft.answers["start_date"].value == "2028"


@pytest.mark.feature("Q21")
def test_what_stands_alone_and_what_does_not_are_not_ticked_together() -> None:
    person = until("impact_basis")
    person.taps("counted")
    person.taps("early")
    assert person.draft.answers["impact_basis"].value == ["early"]
    person.taps("survey")
    assert person.draft.answers["impact_basis"].value == ["survey"]


@pytest.mark.feature("Q21")
def test_a_figure_has_a_number_in_it() -> None:
    person = until("review")
    person.taps(".more")
    answers = dict.fromkeys(EDITION.by_id, "skip")
    person.answers(answers, until="impact_figure")
    person.says("many people")
    assert person.question == "impact_figure"
    person.says("٤٢٠٠ people since 2023")
    assert person.question != "impact_figure"


@pytest.mark.feature("Q21")
def test_languages_of_a_service_are_named_as_people_name_them() -> None:
    person = until("review")
    person.taps(".more")
    person.answers(dict.fromkeys(EDITION.by_id, "skip"), until="service_languages")
    person.says("английский, suajili, français")
    assert set(person.draft.answers["service_languages"].value) == {"en", "sw", "fr"}


def test_who_pays_and_the_contact_are_marked_as_not_for_the_public() -> None:
    hidden = {id for id, question in EDITION.by_id.items() if not question.public}
    assert hidden == {"funding", "contact_name", "contact_role", "contact_email"}
