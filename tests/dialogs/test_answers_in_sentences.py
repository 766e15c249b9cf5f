"""People answer in sentences, agree twice, and mean "none" where there is an option that says so."""

from __future__ import annotations

import pytest

from dialogs.domain.conversation import AnswerStatus
from tests.conversation import Talker
from tests.driver import WORDS
from tests.questionnaire.test_lengths import entry, updating
from tests.second_edition import EVERYTHING, REQUIRED


def at(question: str, **answers: str) -> Talker:
    """Somebody who answers everything, at a question."""
    person = Talker("2027b")
    person.does("new")
    given = {**EVERYTHING, **answers}
    for _ in range(200):
        if person.question == question:
            return person
        if person.question == "review":
            person.taps(".more")
        else:
            person.says(given[person.question])
    raise AssertionError(person.text)


@pytest.mark.feature("C8", "C9")
@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        ("coverage", "it's national", "national"),
        ("coverage", "it is mostly national, I think", "national"),
        ("coverage", "c'est national", "national"),
        ("org_type", "es gobierno, claro", "GOV"),
        ("org_type", "我们是政府", "GOV"),
        ("org_type", "it is number 2", "INT"),
    ],
)
def test_a_name_in_a_sentence_is_the_answer(question: str, text: str, code: str) -> None:
    person = at(question)
    person.says(text)
    assert person.question != question, person.text
    assert person.draft.answers[question].value == code


@pytest.mark.feature("C8", "C9")
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My name is Jane Doe, jane@example.org", "Jane Doe"),
        ("Bonjour, je m’appelle Awa Diop", "Awa Diop"),
        ("Меня зовут Анна Петрова", "Анна Петрова"),
        ("我叫李娜", "李娜"),
        ("اسمي ليلى حسن", "ليلى حسن"),
        ("Doe, Jane", "Doe, Jane"),
        ("Soyinka Wole", "Soyinka Wole"),
        ("Iman Ali", "Iman Ali"),
    ],
)
def test_a_name_is_kept_without_the_words_that_say_it_is_one_and_said_back(text: str, name: str) -> None:
    person = at("contact_name")
    person.says(text)
    assert person.draft.answers["contact_name"].value == name
    assert ("I understood: " in person.text and name in person.text) == (text != name)


@pytest.mark.feature("C8", "C9")
@pytest.mark.parametrize("text", ["it is not national", "ce n'est pas national", "it is nothing of that"])
def test_the_opposite_of_a_name_is_not_the_name(text: str) -> None:
    person = at("coverage")
    person.says(text)
    assert person.question == "coverage"
    assert "coverage" not in person.draft.answers


@pytest.mark.feature("C8")
@pytest.mark.parametrize("text", ["d'accord, bien sûr", "yes, of course", "oui oui", "да, конечно"])
def test_who_agrees_twice_agrees(text: str) -> None:
    person = Talker("2027b")
    person.does("new")
    person.says(text)
    assert person.draft.answers["agree"].value is True


@pytest.mark.feature("C8")
@pytest.mark.parametrize("text", ["yes no", "oui, non", "not yes"])
def test_who_says_both_is_asked_again(text: str) -> None:
    person = Talker("2027b")
    person.does("new")
    person.says(text)
    assert person.question == "agree"
    assert "agree" not in person.draft.answers


@pytest.mark.feature("C9", "U3")
@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("women_share", "I don't know", "unknown"),
        ("partner_kinds", "none", ["none"]),
        ("inclusion", "nothing", ["none"]),
        ("openness", "aucun", ["nothing"]),
    ],
)
def test_none_and_not_knowing_are_answers_where_an_option_says_so(question: str, text: str, value: object) -> None:
    person = at(question)
    person.says(text)
    answer = person.draft.answers[question]
    assert (answer.value, answer.given) == (value, AnswerStatus.ANSWERED)
    assert any(f"{said}: " in person.text for said in ("I understood", "Saved"))


@pytest.mark.feature("U3", "C10")
def test_a_few_words_more_are_added_to_what_was_written_and_replace_nothing() -> None:
    person = at("org_name")
    before = person.draft.answers["description"].value
    person.taps(".back")
    person.taps(".back")
    assert person.question == "description"
    person.says("It also trains teachers.")
    assert "Added to what you had written before" in person.text
    assert person.draft.answers["description"].value == f"{before}\n\nIt also trains teachers."
    person.taps(".undo")
    assert person.draft.answers["description"].value == before
    person.taps(".done")
    assert person.draft.answers["description"].given is AnswerStatus.ANSWERED


@pytest.mark.feature("C12", "U3")
@pytest.mark.parametrize("text", ["why", "why do you need this?", "pourquoi ?", "¿por qué?", "зачем?", "为什么"])
def test_who_asks_why_is_told_and_nothing_is_kept(text: str) -> None:
    person = at("title")
    person.says(text)
    assert person.question == "title"
    assert "title" not in person.draft.answers


@pytest.mark.feature("C7", "Q19", "U3")
@pytest.mark.parametrize("text", ["nothing changed", "nothing", "rien n'a changé", "没有变化"])
def test_that_nothing_changed_can_be_said_in_ones_own_words(text: str) -> None:
    person = updating(entry())
    person.says(text)
    assert person.question == "review", person.text
    assert "still true" in person.text


@pytest.mark.feature("C7", "U3")
@pytest.mark.parametrize("text", ["same as before", "yes it is still good", "toujours vrai"])
def test_what_is_still_true_is_kept_and_not_written_over(text: str) -> None:
    old = entry()
    person = updating(old)
    person.taps("organisation")
    person.taps(".done")
    while person.question != "org_name":
        person.says("yes" if person.question == "goals_confirmed" else "no")
    person.says(text)
    assert person.question != "org_name"
    assert (
        person.draft.answers.get("org_name") is None
        or person.draft.answers["org_name"].value == old.answers["org_name"]
    )


@pytest.mark.feature("U2")
def test_a_section_with_nothing_required_is_not_called_done_before_it_was_opened() -> None:
    person = Talker("2027b")
    person.does("new")
    person.answers(REQUIRED, until="review")
    person.does("sections")
    standing = next(line.text for line in person.screen.lines if "Technology" in WORDS.say(line.text, "en"))
    assert "nothing required here" in WORDS.say(standing, "en")
