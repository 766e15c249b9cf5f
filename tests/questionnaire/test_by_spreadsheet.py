"""Next year's questionnaire is made in a spreadsheet: out, edited, back, walked, published, while the service runs."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.questionnaires import preview as previews
from bot.questionnaires import registry, workbook_reader, workbook_writer
from bot.questionnaires.edition import as_text, built_in_edition, differing, kept_edition
from bot.questionnaires.sheets import WorkbookError
from bot.settings import Settings
from bot.wiring import open_app
from dialogs.domain.events import Commanded, Said
from dialogs.questionnaire.source import loader
from locales.words import Words
from storage.calls.editions import KeptEdition
from tests.driver import IN_SEASON
from tests.service import Service

WORDS = Words.ours()
ASKED = "What do you call it?"

pytestmark = pytest.mark.feature("B7")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "2027b.xlsx"
    workbook_writer.write(built_in_edition("2027b", WORDS), WORDS, path)
    return path


def edited(exported: Path, path: Path, *changes: Callable[[Workbook], None], version: str = "2028") -> Path:
    """A copy of the workbook as somebody changed it."""
    book = load_workbook(exported)
    book["questionnaire"]["B2"] = version
    for change in changes:
        change(book)
    book.save(path)
    return path


def setting(sheet: str, where: tuple[str, ...], column: str, value: Any) -> Callable[[Workbook], None]:
    """A change of the cell in a column, in the row whose first cells hold `where`."""

    def change(book: Workbook) -> None:
        head, *rows = book[sheet].iter_rows()
        names = [cell.value for cell in head]
        row = next(row for row in rows if set(where) <= {cell.value for cell in row[:3]})
        row[names.index(column)].value = value

    return change


def faults(path: Path) -> list[str]:
    with pytest.raises(WorkbookError) as refused:
        workbook_reader.read(path, WORDS)
    return refused.value.faults


@pytest.mark.parametrize("version", ["2027", "2027b"])
def test_a_questionnaire_goes_out_and_comes_back_without_loss(tmp_path: Path, version: str) -> None:
    edition = built_in_edition(version, WORDS)
    workbook_writer.write(edition, WORDS, tmp_path / "out.xlsx")
    back = workbook_reader.read(edited(tmp_path / "out.xlsx", tmp_path / "back.xlsx"), WORDS)
    assert back.structure == {**edition.structure, "version": "2028"}
    assert back.texts == edition.texts
    assert {len(said) for said in back.texts.values()} == {6}
    assert not differing(back.texts, WORDS), "what says the same needs no texts of its own"


def test_every_fault_is_named_by_sheet_and_cell(exported: Path, tmp_path: Path) -> None:
    path = edited(
        exported,
        tmp_path / "faulty.xlsx",
        setting("questions", ("status",), "kind", "oen"),
        setting("questions", ("end_date",), "ask_if", "status is finished"),
        setting("questions", ("coverage",), "ask_if", "one country"),
        setting("questions", ("title",), "max_chars", "many"),
        setting("questions", ("agree",), "required", None),
        setting("questions", ("place",), "basis", "=1+1"),
        setting("texts", ("question", "title", "ask"), "fr", "Titre {annee} ?"),
        setting("texts", ("question", "title", "label"), "en", None),
        setting("options", ("stage", "planned"), "code", "not a code"),
        setting("rules", ("scope", "contacts"), "to", "contact, nowhere"),
    )
    found = faults(path)
    for place, words in (
        ("questions!C", "did you mean one?"),
        ("questions!P", "is no condition"),
        ("questions!G", "expected a whole number"),
        ("questions!B", "required is empty: fill in the column required"),
        ("questions!", "a formula stands here: write the text itself"),
        ("options!B", "cannot be a code"),
        ("rules!C", "nowhere"),
    ):
        assert any(each.startswith(place) and words in each for each in found), (place, words, found)
    assert len(found) == len(set(found))


def test_faults_of_texts_are_named_by_cell(exported: Path, tmp_path: Path) -> None:
    path = edited(
        exported,
        tmp_path / "texts.xlsx",
        setting("texts", ("question", "title", "ask"), "fr", "Titre {annee} ?"),
        setting("texts", ("question", "title", "label"), "en", None),
        setting("texts", ("question", "title", "help"), "ru", "{year"),
    )
    found = faults(path)
    assert len(found) == 3
    assert any(each.startswith("texts!G") and "{annee} says nothing here" in each for each in found)
    assert any(each.startswith("texts!D") and "the English text is empty" in each for each in found)
    assert any(each.startswith("texts!H") and "a brace is not closed" in each for each in found)


def test_what_is_no_questionnaire_is_refused_in_a_line(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert faults(tmp_path / "text.xlsx") == ["it is no Excel workbook (.xlsx) that can be read: save it as one"]
    Workbook().save(tmp_path / "empty.xlsx")
    assert "questions!A1: this sheet is missing: begin with an exported questionnaire" in faults(
        tmp_path / "empty.xlsx"
    )
    assert "comes with the program" in faults(edited(exported, tmp_path / "ours.xlsx", version="2027b"))[0]
    assert "is no version" in faults(edited(exported, tmp_path / "odd.xlsx", version="next year"))[0]


def test_a_reworded_edition_leaves_the_words_of_the_others_alone(exported: Path, tmp_path: Path) -> None:
    change = setting("texts", ("question", "title", "ask"), "en", ASKED)
    edition = workbook_reader.read(edited(exported, tmp_path / "2028.xlsx", change), WORDS)
    kept = KeptEdition("2028", as_text(edition.structure), differing(edition.texts, WORDS), IN_SEASON, IN_SEASON)
    assert list(kept.texts) == ["question.title.ask"]
    try:
        registry.register([kept], WORDS)
        new, old = loader.version("2028").by_id["title"], loader.version("2027b").by_id["title"]
        assert WORDS.say(new.ask, "en") == ASKED
        assert WORDS.say(new.label, "en") == WORDS.say(old.label, "en")
        assert WORDS.say(old.ask, "en") == "What is your activity called?"
        again = kept_edition(kept, WORDS)
        assert (again.structure, again.texts) == (edition.structure, edition.texts)
    finally:
        registry.forget(WORDS)
    assert "2028" not in loader.versions()


def test_a_published_edition_that_cannot_be_used_any_more_stops_nothing_else() -> None:
    broken = KeptEdition("2028", "version: '2028'\nsections: [{id: a, questions: []}]", {}, IN_SEASON, IN_SEASON)
    try:
        registry.register([broken], WORDS)
        assert "2028" not in loader.versions()
        assert "2028 (in the database)" in loader.faults()
    finally:
        registry.forget(WORDS)
    assert not loader.faults()


async def test_a_preview_is_walked_as_a_stakeholder_and_leaves_nothing(exported: Path, tmp_path: Path) -> None:
    change = setting("texts", ("question", "title", "ask"), "fr", "Comment l’appelez-vous en {year} ?")
    edition = workbook_reader.read(edited(exported, tmp_path / "2028.xlsx", change), WORDS)
    kept = KeptEdition("2028", as_text(edition.structure), differing(edition.texts, WORDS), IN_SEASON, None)
    settings = Settings(database_url=f"sqlite:///{tmp_path}/none.sqlite3", files=tmp_path / "files")
    shown = io.StringIO()
    with redirect_stdout(shown):
        await previews.preview(settings, "2028", kept, "fr", io.StringIO("/new\noui\n"))
    assert "Comment l’appelez-vous en 2028" in shown.getvalue()
    assert not (tmp_path / "none.sqlite3").exists()
    assert "2028" not in loader.versions()


async def test_next_years_questionnaire_by_command_while_the_service_runs(tmp_path: Path) -> None:
    """Export, edit, import, compare, publish; the service that ran all the time asks it, and older drafts stay."""
    service = Service(tmp_path)
    book, mine = tmp_path / "out.xlsx", tmp_path / "2028.xlsx"
    await service._with_tables()
    await service.in_season()
    settings = Settings(database_url=service.environment["STOCKTAKING_DATABASE_URL"], files=tmp_path / "files")
    async with open_app(settings) as running:

        async def third_question(person: str) -> str:
            await running.turns.take("test", person, f"{person} 1", Commanded("new", running.turns.now()))
            for number, text in enumerate(("English", "yes", "new"), 2):
                outcome = await running.turns.take(
                    "test", person, f"{person} {number}", Said(text, running.turns.now())
                )
            return " ".join(running.words.say(line.text, "en") for screen in outcome.screens for line in screen.lines)

        before = await third_question("anna")
        assert ASKED not in before
        code, _, errors = await service.command("questionnaire", "export", "2027", "--output", str(book))
        assert code == 0, errors
        edited(book, mine, setting("texts", ("question", "contact_role", "ask"), "en", ASKED))
        code, said, errors = await service.command("questionnaire", "import", str(mine))
        assert code == 0, errors
        assert "The questionnaire 2028 is kept" in said
        code, said, _ = await service.command("questionnaire", "diff", "2027", "2028")
        assert "now 'What do you call it?'" in said
        assert len(said.splitlines()) == 1
        code, _, errors = await service.command("questionnaire", "publish", "2028", "--call", "2027", "--yes")
        assert code == 0, errors
        assert ASKED in await third_question("boris")
        seen = await running.turns.current("test", "anna")
        assert ASKED not in " ".join(running.words.say(line.text, "en") for line in seen.screens[0].lines)
        code, _, errors = await service.command("questionnaire", "import", str(mine))
        assert code == 1
        assert "stands as it is" in errors
        code, said, _ = await service.command("questionnaire", "list")
        assert "2028\tpublished" in said
        assert "call 2027" in said
        code, said, _ = await service.command("questionnaire", "remove", "2028")
        assert code == 1
