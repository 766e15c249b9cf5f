"""What the linter finds in a questionnaire that loads: dead ends, questions never reached, missing texts."""

from pathlib import Path

import pytest

from dialogs.domain.messages import Message
from dialogs.domain.questionnaire import Questionnaire
from dialogs.questionnaire.source import loader
from dialogs.questionnaire.source.linter import LONGEST_BUTTON, Finding, Trouble, lint, texts_of
from dialogs.questionnaire.source.loader import load

SOUND = (loader.HERE / "2027.yaml").read_text()
QUESTIONNAIRE = loader.version("2027")


def changed(folder: Path, *edits: tuple[str, str]) -> Questionnaire:
    text = SOUND
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "changed.yaml"
    path.write_text(text)
    return load(path)


def ways(found: list[Finding]) -> list[tuple[Trouble, str]]:
    return [(finding.trouble, finding.where) for finding in found]


@pytest.mark.feature("O7")
@pytest.mark.parametrize(
    ("old", "new", "question"),
    [
        # nobody who says no to the Prizes is asked about maturity, so both cannot hold
        (
            "nominate: {is: true}, prize_maturity: {is: true}, prize_past: {is: false}",
            "nominate: {is: false}, prize_maturity: {is: true}",
            "prize_category",
        ),
        ("{chosen_lines: {more_than: 1}}", "{chosen_lines: {more_than: 18}}", "main_line"),
        ("{suggested_goals: {more_than: 0}}", "{suggested_goals: {fewer_than: 0}}", "goals_suggested"),
        ("{lines: {includes: C7}}", "{lines: {includes: C7, fewer_than: 1}}", "sublines"),
        ("{org_type: {is: OTH}}", "{org_type: {is: OTH, given: false}}", "org_type_other"),
        ("{activity_type: {is: other}}", "{activity_type: {is: other, in: [project, toolkit]}}", "activity_type_other"),
    ],
)
def test_a_question_that_no_answers_lead_to_is_found(old: str, new: str, question: str, tmp_path: Path) -> None:
    found = lint(changed(tmp_path, (old, new)))
    assert ways(found) == [(Trouble.UNREACHABLE, question)]
    assert "can never hold" in found[0].text
    assert found[0].line > 0


def test_questions_behind_an_unreachable_one_are_unreachable_too(tmp_path: Path) -> None:
    never = ("{chosen_lines: {more_than: 1}}", "{chosen_lines: {more_than: 18}}")
    behind = ("ask_if: {chosen_goals: {more_than: 1}}", "ask_if: {main_line: {is: C1}}")
    assert ways(lint(changed(tmp_path, never, behind))) == [
        (Trouble.UNREACHABLE, "main_line"),
        (Trouble.UNREACHABLE, "main_goal"),
        (Trouble.DEAD_END, "main_goal"),
    ]


@pytest.mark.feature("O7")
def test_a_required_question_whose_list_may_be_empty_is_a_dead_end(tmp_path: Path) -> None:
    edit = (
        "required: false\n        options: suggested_goals\n        ask_if: {suggested_goals: {more_than: 0}}",
        "required: true\n        options: suggested_goals",
    )
    found = lint(changed(tmp_path, edit))
    assert ways(found) == [(Trouble.DEAD_END, "goals_suggested")]
    assert "suggested_goals: {more_than: 0}" in found[0].text


@pytest.mark.feature("O7")
def test_texts_that_a_language_lacks_are_named_once_with_the_language() -> None:
    keys = {key for _, key in texts_of(QUESTIONNAIRE)}
    lacking = {"question.title.ask", "question.link_example.why", "option.status.ongoing", "action_line.C1.short"}
    found = lint(QUESTIONNAIRE, {"en": keys, "fr": keys - lacking})
    assert {finding.text.split(" ")[0] for finding in found} == lacking
    assert len(found) == len(lacking)
    assert all(finding.trouble is Trouble.MISSING_TEXT and " in fr" in finding.text for finding in found)


@pytest.mark.feature("O7")
def test_buttons_too_long_for_a_phone_are_measured_in_each_language() -> None:
    keys = {key for _, key in texts_of(QUESTIONNAIRE)}

    def say(message: Message, language: str) -> str:
        long = language == "ru" and message.key == "option.coverage.regional"
        return "x" * (LONGEST_BUTTON + long)

    found = lint(QUESTIONNAIRE, {"en": keys, "ru": keys}, say)
    assert ways(found) == [(Trouble.LONG_BUTTON, "coverage")]
    assert "in ru" in str(found[0])


def test_a_finding_reads_as_a_line_for_a_person(tmp_path: Path) -> None:
    found = lint(changed(tmp_path, ("{chosen_lines: {more_than: 1}}", "{chosen_lines: {more_than: 18}}")))
    assert str(found[0]).startswith(
        f"line {found[0].line}, main_line: never asked: chosen_lines more_than 18 can never"
    )
