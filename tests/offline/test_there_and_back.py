"""The questionnaire goes out as a file, is filled in without a network, and fills the draft when it comes back."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.offline import document_writer
from dialogs.machine import Step
from tests.conversation import Talker
from tests.offline.office import Answer, fill, fill_document, keys, sends, template, texts, write
from tests.samples import DESCRIPTION

pytestmark = pytest.mark.feature("N13")

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
EDITION = "2027b"

WANTED: dict[str, Any] = {
    "agree": True,
    "title": "Solar networks for lake villages",
    "activity_type": "project",
    "description": DESCRIPTION,
    "org_name": "Lake Community Networks",
    "org_type": "CSO",
    "org_country": "KE",
    "status": "ongoing",
    "start_date": "2023-03",
    "countries": ["KE", "UG"],
    "coverage": None,
    "nominate": False,
    "people_reached": 4200,
    "lines": ["C2", "C4"],
    "main_line": "C2",
    "goals": ["9", "4"],
    "main_goal": "9",
    "impact_basis": ["independent"],
    "contact_name": "Amina Otieno",
    "contact_email": "amina@lakenet.org",
    "publish": True,
}
"""A draft, as it is kept."""


def begun(language: str = "en") -> Talker:
    anna = Talker(EDITION, language)
    anna.does("template")
    assert anna.screen.name == "template" and [each.format for each in anna.screen.documents] == ["xlsx", "docx"]
    return anna


def chosen(anna: Talker, wanted: dict[str, Any] = WANTED) -> dict[str, Answer]:
    """The answers as somebody fills them in: by the names of the lists."""
    made, said = template(anna), dict[str, Answer]()
    offered = keys(made)
    for key, value in wanted.items():
        if value is None:
            continue
        options = offered[key].options
        codes = value if isinstance(value, list) else ["yes" if value is True else "no" if value is False else value]
        by_code = dict(zip(_codes(anna, key), _named(anna, key), strict=True)) if options else {}
        names = [by_code.get(str(code), str(code)) for code in codes]
        assert not options or set(names) <= set(options), (key, names, options)
        said[key] = names if isinstance(value, list) else value if isinstance(value, int) and not options else names[0]
    return said


def _asked(anna: Talker, key: str) -> Any:
    from dialogs.form.offline.questions import sections_of
    from dialogs.step_context import StepContext, Tools
    from tests.driver import MACHINE

    journey = StepContext(anna.conversation, MACHINE.world, Tools(anna.at, "")).journey
    return next(each for _, found in sections_of(journey) for each in found if each.stop.key == key)


def _codes(anna: Talker, key: str) -> list[str]:
    return [option.code for option in _asked(anna, key).options]


def _named(anna: Talker, key: str) -> list[str]:
    from dialogs.form.offline.fields import option_text, plain
    from tests.driver import WORDS

    question = _asked(anna, key).stop.question

    def say(value: Any, /) -> str:
        return plain(WORDS.say(value, anna.language))

    return [option_text(question, code, say) for code in _codes(anna, key)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_entry_is_filled_in_from_a_file_in_each_language(language: str) -> None:
    anna = begun(language)
    sends(anna, fill(write(template(anna)), chosen(anna)))
    assert anna.screen.name == "template_read"
    kept = {key: anna.draft.answers[key].value for key in WANTED if key in anna.draft.answers}
    assert {key: str(value) for key, value in kept.items()} == {k: str(v) for k, v in WANTED.items() if v is not None}
    again = write(template(anna))
    assert texts(again, "countries")[:2] == chosen(anna)["countries"], "what is answered stands in the next one"
    before = anna.draft
    sends(anna, again)
    assert anna.draft == before, "and a file that says the same changes nothing"
    assert ".undo" not in anna.codes
    anna.taps(".go_on")
    assert anna.screen.name.startswith(("filling/", "review"))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_word_document_does_the_same(language: str) -> None:
    anna = begun(language)
    sends(anna, fill_document(document_writer.write(template(anna)), chosen(anna)), "filled.docx")
    kept = {key: str(anna.draft.answers[key].value) for key in WANTED if key in anna.draft.answers}
    assert kept == {key: str(value) for key, value in WANTED.items() if value is not None}
    before, again = anna.draft, document_writer.write(template(anna))
    sends(anna, again, "again.docx")
    assert anna.draft == before, "one that says the same changes nothing"
    anna.language = "en"
    said = sends(anna, fill_document(again, {"people_reached": "?", "start_date": "13/2015"}), "wrong.docx")
    asked = [row.key for row in template(anna).rows]
    for key in ("people_reached", "start_date"):
        assert any(line.lstrip("\u2068\u2066").startswith(str(asked.index(key) + 1)) for line in said.splitlines()), (
            said
        )


def test_arabic_runs_from_the_right_and_lists_and_limits_are_rules_of_the_cells() -> None:
    anna = begun("ar")
    made = template(anna)
    sheet = load_workbook(io.BytesIO(write(made))).worksheets[0]
    assert sheet.sheet_view.rightToLeft and sheet.column_dimensions["A"].hidden
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    rows = {row[0].value: row[2].coordinate for row in reversed(list(sheet.iter_rows(max_col=3))) if row[0].value}
    assert rules[rows["org_country"]].type == "list" and rules[rows["org_country"]].formula1.startswith("lists!")
    assert rules[rows["title"]].type == "textLength" and rules[rows["title"]].formula1 == "200"
    assert rules[rows["people_reached"]].type == "whole"
    assert len(rules[rows["description"]].formula1) < 255, "more than Excel takes"
    assert sheet.protection.sheet and not sheet[rows["title"]].protection.locked
    assert sheet["B1"].protection.locked


def test_what_is_wrong_is_told_cell_by_cell_and_nothing_that_stands_is_lost() -> None:
    anna = begun()
    sends(anna, fill(write(template(anna)), chosen(anna)))
    whole = write(template(anna))
    wrong = {
        "title": None,
        "description": "too short",
        "org_name": "Lake Networks",
        "people_reached": "lots",
        "contact_email": "amina@gmial.com",
        "org_type": "a circus",
        "countries": ["Kenya", "Atlantis"],
        "start_date": "=1+1",
        "documents_note": "of no document",
    }
    before = {key: answer.value for key, answer in anna.draft.answers.items()}
    said = sends(anna, fill(whole, wrong))  # type: ignore[arg-type]
    after = {key: answer.value for key, answer in anna.draft.answers.items()}
    assert after == {**before, "org_name": "Lake Networks"}, "what is empty or wrong leaves what stands"
    for told in ("Description", "People reached", "Your e-mail", "Kind of organization", "Start"):
        assert any(told in line and line.startswith("C") for line in said.splitlines()), (told, said)
    assert "Atlantis" in said and "formula" in said
    assert "“Lake Networks” now stands in place of “Lake Community Networks”" in said
    assert "About the documents" in said, "a question that is not asked is named"
    anna.taps(".undo")
    assert {key: answer.value for key, answer in anna.draft.answers.items()} == before


def test_a_text_that_is_too_short_is_kept_where_there_was_none() -> None:
    anna = begun()
    sends(anna, fill(write(template(anna)), {"agree": "Yes", "description": "Half a description."}))
    assert anna.draft.answers["description"].value == "Half a description."
    assert "30" in anna.text


def test_without_the_agreement_nothing_is_kept() -> None:
    anna = begun()
    said = sends(anna, fill(write(template(anna)), {"title": "Secret", "agree": "No"}))
    assert "title" not in anna.draft.answers and "agreement" in said
    sends(anna, fill(write(template(anna)), {"title": "Secret", "agree": "Yes"}))
    assert anna.draft.answers["title"].value == "Secret" and anna.conversation.person.consent


def test_a_title_from_a_file_is_looked_for_in_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    anna = begun()
    sends(anna, fill(write(template(anna)), {"agree": "Yes", "title": "Solar networks for lake villages"}))
    asked: list[Any] = []
    answered = Talker._result

    def result(talker: Talker, step: Step) -> Any:
        asked.append(step.request)
        return answered(talker, step)

    monkeypatch.setattr(Talker, "_result", result)
    anna.taps(".go_on")
    assert [type(each).__name__ for each in asked] == ["FindSimilar"]
    assert anna.question not in ("template", "title")
