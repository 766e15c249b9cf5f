"""Ways through: back, skip, jump, change and return, help, and what happens to the clumsy."""

from __future__ import annotations

import pytest

from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.samples import ANSWERS, answer_until, walk

pytestmark = ON_ONE_ENGINE


@pytest.mark.feature("C1")
async def test_back_goes_any_number_of_steps_and_shows_the_earlier_answers(anna: Person) -> None:
    await answer_until(anna, "org_type")
    for question in ("org_name", "contact_email", "contact_role", "contact_name"):
        await anna.taps("Back")
        assert anna.question == question
        anna.sees(f"Your answer: {ANSWERS[question]}")
    await anna.says("next")
    assert anna.question == "contact_role"


@pytest.mark.feature("C4")
async def test_an_optional_question_can_be_skipped_and_is_shown_as_not_provided(anna: Person) -> None:
    await answer_until(anna, "contact_role")
    await anna.taps("Skip")
    assert anna.question == "contact_email"
    await walk(anna, ANSWERS)
    anna.sees("Not provided")


async def test_a_required_question_says_why_it_cannot_be_skipped(anna: Person) -> None:
    await answer_until(anna, "contact_email")
    await anna.does("skip")
    assert anna.question == "contact_email"
    anna.sees("needs an answer")


async def test_all_optional_questions_of_a_section_are_skipped_at_once(anna: Person) -> None:
    await answer_until(anna, "results")
    await anna.taps(".skip_section")
    assert anna.question == "nominate"


@pytest.mark.feature("C2")
async def test_the_section_list_shows_how_each_stands_and_jumps(anna: Person) -> None:
    await answer_until(anna, "org_type")
    await anna.does("sections")
    anna.sees("About you: done", "not begun", "question")
    await anna.taps("section:people")
    assert anna.question == "beneficiaries"


@pytest.mark.feature("C3")
async def test_change_one_answer_from_the_check_and_come_back(anna: Person) -> None:
    await anna.does("new")
    await walk(anna, ANSWERS)
    await anna.taps("section:activity")
    await anna.taps("change:title")
    await anna.says("Solar networks for the whole lake")
    assert anna.question == "review"
    anna.sees("Solar networks for the whole lake")


@pytest.mark.feature("C3")
async def test_a_change_that_opens_new_questions_asks_them_before_the_check(anna: Person) -> None:
    await anna.does("new")
    await walk(anna, ANSWERS)
    await anna.taps("section:activity")
    await anna.taps("change:status")
    await anna.taps("completed")
    assert anna.question == "end_date"
    await anna.says("05/2026")
    assert anna.question == "review"


async def test_an_answer_that_loses_its_meaning_is_set_aside_told_and_comes_back(anna: Person) -> None:
    await answer_until(anna, "main_line")
    await anna.does("sections")
    await anna.taps("section:action_lines")
    await _open(anna, "lines")
    await anna.taps("C7")
    anna.sees("set them aside")
    await anna.taps(".done")
    await _open(anna, "lines")
    await anna.taps("C7")
    anna.sees("apply again")
    await anna.taps(".done")
    assert anna.question == "main_line"


async def _open(anna: Person, question: str) -> None:
    for _ in range(60):
        if anna.question == question:
            return
        await anna.does("back")
    raise AssertionError(f"never came to {question}")


@pytest.mark.feature("C10")
async def test_help_explains_the_question_and_keeps_it_open(anna: Person) -> None:
    await answer_until(anna, "lines")
    await anna.taps("Help")
    assert anna.question == "lines"
    await anna.says("help")
    assert anna.question == "lines"


@pytest.mark.feature("C13")
async def test_after_three_bad_answers_there_is_an_example_and_a_way_out(anna: Person) -> None:
    await answer_until(anna, "contact_email")
    for text in ("nothing", "no idea", "none of it"):
        await anna.says(text)
        assert anna.question == "contact_email"
    anna.sees("For example", "Later")
    await anna.taps(".later")
    assert anna.question == "org_name"


@pytest.mark.feature("C15")
async def test_an_old_button_is_answered_kindly_and_changes_nothing(anna: Person) -> None:
    await answer_until(anna, "org_type")
    old = anna.screen
    await anna.taps("GOV")
    assert anna.question == "org_country"
    await anna.taps("CSO", old)
    assert anna.question == "org_country"
    anna.sees("belongs to an earlier message")
    await anna.does("back")
    anna.sees("Your answer: Government")


@pytest.mark.feature("C16", "C17")
async def test_the_same_update_twice_counts_once(anna: Person) -> None:
    from dialogs.domain.events import Said

    await answer_until(anna, "contact_name")
    event = Said("Amina Otieno", anna.now)
    await anna.acts(event, "same")
    assert anna.question == "contact_role"
    again = await anna.stage.turns.take("test", "anna", "same", event)
    assert again.again and not again.screens
    await anna.looks()
    assert anna.question == "contact_role"


@pytest.mark.feature("C5")
async def test_after_ninety_days_the_same_question_is_open_and_a_line_says_where_one_was(
    anna: Person, stage: Stage
) -> None:
    await answer_until(anna, "status")
    stage.clock.passes(days=90)
    await anna.says("hello")
    assert anna.question == "status"
    anna.sees("Welcome back to Solar networks for lake villages")


@pytest.mark.parametrize("what", ["sticker", "voice", "contact", "location", "poll", "dice"])
async def test_what_is_no_answer_is_answered_kindly(anna: Person, what: str) -> None:
    await answer_until(anna, "contact_name")
    await anna.shows(what)
    assert anna.question == "contact_name"
    anna.sees("Please type your answer" if what != "sticker" else "in words")


@pytest.mark.feature("C19")
@pytest.mark.parametrize("command", ["help", "deadline", "language", "reminders", "settings", "contact", "nonsense"])
async def test_no_command_breaks_the_running_questionnaire(anna: Person, command: str) -> None:
    await answer_until(anna, "org_name")
    await anna.does(command)
    await anna.does("continue")
    assert anna.question == "org_name"


@pytest.mark.feature("I3")
async def test_a_change_of_language_in_mid_question_asks_the_same_question_again(anna: Person) -> None:
    await answer_until(anna, "contact_name")
    await anna.does("language")
    await anna.taps("fr")
    assert anna.question == "contact_name"
    assert anna.outcome is not None and anna.outcome.language == "fr"
