"""What two people stumbled over who had the second edition read to them: each is said plainly now, in six languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.terminal.text_renderer import as_text
from dialogs.questionnaire.options import every_option
from dialogs.questionnaire.source import loader
from tests.conversation import Talker
from tests.driver import WORDS, Person
from tests.second_edition import REQUIRED

EDITION = loader.version("2027b")
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def until(question: str, language: str = "en", **answers: str) -> Talker:
    """Somebody at a question, on the short way; beyond it, after what is optional was wanted."""
    person = Talker("2027b", language)
    person.does("new")
    said = {**dict.fromkeys(EDITION.by_id, "skip"), **REQUIRED, **answers}
    if EDITION.by_id[question].required:
        person.answers(said, until=question)
        return person
    person.answers(said, until="review")
    person.taps(".more")
    person.answers({**dict.fromkeys(EDITION.by_id, "skip"), **answers}, until=question)
    return person


def typed_lines(person: Talker) -> str:
    return Person.clean(as_text(person.screen, WORDS, person.language))


@pytest.mark.feature("Q21")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["activity_type", "beneficiaries", "status"])
def test_in_a_terminal_the_choices_stand_below_an_error_as_well(question: str, language: str) -> None:
    person = until(question, language)
    person.says("xyzzy of the plugh")
    assert person.question == question
    shown = typed_lines(person)
    for number, option in enumerate(every_option(EDITION.by_id[question]), start=1):
        assert f"{number}. " in shown
        assert Person.clean(WORDS.say(option.label, language)) in shown


@pytest.mark.feature("Q21")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        *(("en", said) for said in ("ongoing", "Ongoing.", "on-going", "under way", "in progress", "it is ongoing")),
        *(("fr", said) for said in ("en cours", "En cours.", "l’activité est en cours", "ongoing")),
        *(("es", said) for said in ("en curso", "en marcha")),
        *(("ru", said) for said in ("в процессе", "продолжается")),
        *(("ar", "قيد التنفيذ"), ("zh", "正在进行")),
    ],
)
def test_work_under_way_is_asked_which_phase_it_is_in(language: str, said: str) -> None:
    person = until("status", language)
    person.says(said)
    assert person.question == "status"
    assert "status" not in person.draft.answers
    assert person.codes[:2] == ["ongoing", "phase_done"]
    person.taps("phase_done")
    assert person.draft.answers["status"].value == "phase_done"


@pytest.mark.feature("Q21", "Q23")
@pytest.mark.parametrize(
    ("language", "other"),
    [
        *(("en", "another language"), ("fr", "une autre langue"), ("es", "otro idioma")),
        *(("ar", "لغة أخرى"), ("ru", "другой язык"), ("zh", "其他语言")),
    ],
)
def test_a_language_that_is_not_on_the_list_is_kept_in_words(language: str, other: str) -> None:
    person = until("service_languages", language)
    person.says("Dholuo")
    assert person.question == "service_languages"
    assert WORDS.forms(language, "option.spoken_languages.other")[0] in person.text, "how to name it is said at once"
    person.says(f"sw, {other}")
    assert person.question == "service_languages_other"
    person.says("Dholuo, Embu")
    kept = person.draft.answers
    assert set(kept["service_languages"].value) == {"sw", "other"}
    assert kept["service_languages_other"].value == "Dholuo, Embu"


@pytest.mark.feature("Q18")
@pytest.mark.parametrize("language", LANGUAGES)
def test_that_optional_questions_wait_is_said_before_the_first_question(language: str) -> None:
    person = Talker("2027b", language)
    person.does("new")
    said = WORDS.forms(language, "filling.required_first")[0]
    assert said in person.text
    person.says(REQUIRED["agree"])
    assert said not in person.text, "once"
    first = Talker("2027", language)
    first.does("new")
    assert said not in first.text, "an edition that asks all in order does not say it"


@pytest.mark.feature("Q20")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        *(
            ("en", "often goes with C7 E-health"),
            ("fr", "va souvent avec C7 Télésanté"),
            ("es", "suele ir con C7 Cibersalud"),
        ),
        *(("ar", "كثيرًا ما يقترن"), ("ru", "часто идет вместе с C7"), ("zh", "常与C7")),
    ],
)
def test_why_a_goal_is_proposed_is_said_in_plain_words(language: str, said: str) -> None:
    person = until("goals", language, lines="C7", sublines="C7-ehea")
    assert said in person.text


@pytest.mark.feature("Q21")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        *(("en", ("NGO",)), ("fr", ("ONG",)), ("es", ("ONG",)), ("ru", ("НКО", "НПО"))),
        *(("ar", ("منظمة غير حكومية",)), ("zh", ("非政府组织",))),
    ],
)
def test_civil_society_is_called_by_what_people_call_it(language: str, words: tuple[str, ...]) -> None:
    person = until("org_type", language)
    label = WORDS.say(person.choice("CSO").label, language)
    assert all(word in label for word in words)
    for word in words:
        other = until("org_type", language)
        other.says(word)
        assert other.draft.answers["org_type"].value == "CSO"


@pytest.mark.feature("Q20")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_effect_on_a_goal_and_the_results_say_what_tells_them_apart(language: str) -> None:
    """One line each: this one goal alone, or everything that came of it beyond the goals."""
    goal = until("link_example", language)
    assert WORDS.forms(language, "question.goal_effect.ask")[0].partition("{goal}")[0] in goal.text
    results = until("results", language)
    assert WORDS.forms(language, "question.what_changed.ask")[0] in results.text
    assert WORDS.forms(language, "question.results.why")[0] in results.text


PROJECTS = yaml.safe_load((Path(__file__).parents[1] / "knowledge" / "projects.yaml").read_text())["projects"]


@pytest.mark.feature("Q20")
def test_the_goal_that_its_people_name_first_stands_on_the_first_button_for_22_of_26() -> None:
    """As those see it who come to the question; the only line of the register that is linked to all goals included."""
    first = [project["title"] for project in PROJECTS if str(project["expert"][0]) == goals_offered(project)[0]]
    assert len(PROJECTS) == 26
    assert len(first) >= 22, sorted({project["title"] for project in PROJECTS} - set(first))
    alone = goals_offered({"lines": ["C3"]})
    assert alone[:3] == ["4", "16", "9"]


def goals_offered(project: Mapping[str, Any]) -> list[str]:
    lines: list[str] = project["lines"]
    parts = [line for line in lines if line.startswith("C7-")]
    whole = [line for line in lines if line not in parts] + (["C7"] if parts else [])
    answers = {"lines": ", ".join(whole), "sublines": ", ".join(parts), "main_line": lines[0]}
    person = until("goals", **answers)
    return person.codes
