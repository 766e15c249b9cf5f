"""Files that are not the template that was asked for: each is answered in a line that says what to do."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from bot.offline import document_writer, filled_file
from bot.offline.mark import Mark
from dialogs.domain.events import FileRef, Sent
from dialogs.domain.offline import Problem
from tests.conversation import Talker
from tests.offline.office import fill, sends, template, write

pytestmark = pytest.mark.feature("N13")


def begun(edition: str = "2027b") -> Talker:
    anna = Talker(edition)
    anna.does("template")
    return anna


def packed(*parts: tuple[str, bytes], data: bytes = b"") -> bytes:
    kept = io.BytesIO(data)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            book.writestr(name, content)
    return kept.getvalue()


@pytest.fixture(scope="module")
def whole() -> bytes:
    return write(template(begun()))


def test_damaged_huge_and_hostile_files_are_one_problem_each(whole: bytes) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + b"&a;" * 9 + b'">]><x>&b;</x>'
    document = document_writer.write(template(begun()))
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        body = parts.read("word/document.xml")
    grown = body.replace(b"<w:document", entities.partition(b"<x>")[0] + b"<w:document", 1)
    bomb = packed(("xl/media/image1.png", b"\0" * 30_000_000), data=whole)
    for data, problem in (
        (b"", Problem.BROKEN),
        (b"reference;title\n1;2\n", Problem.BROKEN),
        (whole[:-400], Problem.BROKEN),
        (whole[: len(whole) // 2], Problem.BROKEN),
        (packed(("readme.txt", b"hello")), Problem.BROKEN),
        (packed(("xl/workbook.xml", entities)), Problem.BROKEN),
        (document[:-300], Problem.BROKEN),
        (packed(("word/document.xml", grown)), Problem.BROKEN),
        (packed(("word/document.xml", body[:5_000])), Problem.BROKEN),
        (packed(("word/document.xml", b"<w/>")), Problem.NOT_OURS),
        (packed(("word/vbaProject.bin", b"Sub AutoOpen()"), data=document), Problem.MACROS),
        (bomb, Problem.HUGE),
        (packed(("xl/vbaProject.bin", b"Sub Auto_Open()"), data=whole), Problem.MACROS),
    ):
        assert filled_file.read_bytes(data).problem is problem, problem
    assert filled_file.read_bytes(whole).problem is None


@pytest.mark.parametrize("problem", list(Problem))
def test_each_problem_is_said_where_a_template_is_waited_for_and_the_draft_stays(problem: Problem) -> None:
    from dialogs.domain.offline import FilledIn

    anna = begun()
    before = anna.draft
    anna.plays(Sent(FileRef("f", "s", "mine.xlsx", "", 9), anna.at, filled=FilledIn(problem)))
    assert anna.screen.name == "template" and anna.draft == before
    anna.sends("photo.jpg")
    assert "/template" in anna.text, "and so is a file of another kind"


def test_a_workbook_that_is_no_template_is_a_document_like_any_other_elsewhere() -> None:
    anna = Talker("2027b")
    anna.does("new")
    anna.says("yes")
    at = anna.question
    other = filled_file.read_bytes(packed(("xl/workbook.xml", b"<x/>")))
    anna.plays(Sent(FileRef("f", "s", "table.xlsx", "", 9), anna.at, filled=other))
    assert anna.question == at and "f" in anna.draft.files


def test_the_template_of_another_draft_is_refused_and_one_of_no_draft_begins_one_once() -> None:
    anna, ben = begun(), begun()
    made = template(ben)
    theirs = replace(made, mark=Mark(made.mark.version, "en", "somebody-elses"))
    before = anna.conversation.drafts
    assert "another entry" in sends(anna, fill(write(theirs), {"title": "Theirs"}))
    assert anna.conversation.drafts == before
    empty = replace(made, mark=Mark(made.mark.version, "en"))
    data = fill(write(empty), {"agree": "Yes", "title": "From an empty file"})
    sends(anna, data)
    assert len(anna.conversation.drafts) == 2 and anna.draft.answers["title"].value == "From an empty file"
    sends(anna, data)
    assert len(anna.conversation.drafts) == 2, "sent twice it fills the same draft"


def test_of_another_edition_what_both_ask_is_taken() -> None:
    anna = begun("2027b")
    other = replace(template(begun("2027")), mark=Mark("2027", "en", anna.draft.id))
    said = sends(
        anna, fill(write(other), {"agree": "Yes", "title": "Kept", "challenges": "Spare parts that take weeks."})
    )
    assert anna.draft.answers["title"].value == "Kept" and "another edition" in said


def test_of_another_layout_nothing_is_guessed(whole: bytes) -> None:
    made = template(begun())
    mark = str(made.mark).replace("/1 ", "/2 ")

    class Later(Mark):
        def __str__(self) -> str:
            return mark

    data = write(replace(made, mark=Later(made.mark.version, "en", made.mark.draft)))
    assert filled_file.read_bytes(data).problem is Problem.OTHER_PROGRAM


def test_rows_may_be_moved_and_dates_and_numbers_are_what_a_spreadsheet_makes_of_them(whole: bytes) -> None:
    from datetime import datetime

    from openpyxl import load_workbook

    anna = begun()
    book = load_workbook(io.BytesIO(write(template(anna))))
    sheet = book.worksheets[0]
    for row in list(sheet.iter_rows(max_col=3)):
        if row[0].value == "start_date":
            row[2].value = datetime(2015, 3, 1)
        if row[0].value == "agree":
            row[2].value = True
        if row[0].value == "title":
            sheet.cell(400, 1).value, sheet.cell(400, 3).value = "title", "Moved to the end"
            row[0].value = None
    kept = io.BytesIO()
    book.save(kept)
    sends(anna, kept.getvalue())
    assert str(anna.draft.answers["title"].value) == "Moved to the end"
    assert str(anna.draft.answers["start_date"].value).startswith("2015-03")


def test_a_colleague_gets_the_questions_of_their_section_alone() -> None:
    anna = begun()
    ((id, draft),) = anna.conversation.drafts.items()
    mine = replace(draft, owner=7, sections=("lasting",))
    anna.conversation = replace(anna.conversation, drafts={id: mine})
    made = template(anna)
    assert {row.key for row in made.rows} == {
        "results",
        "challenges",
        "sustainability",
        "replicability",
        "documents_note",
    }
    sends(anna, fill(write(made), {"challenges": "Lightning, and spare parts that take weeks."}))
    assert "challenges" in anna.draft.answers
