"""The yearly report: the same figures in four forms and in the register, right pages, every script, nothing hidden."""

from __future__ import annotations

import asyncio
import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.report import pdf
from bot.report.compose import compose
from bot.report.model import Report
from bot.report.request import ReportRequest
from bot.report.saying import Saying
from dialogs.questionnaire.facets import QUESTIONS
from dialogs.questionnaire.register import EntryQuery, values_of
from locales.words import Words
from storage.engine.database import Database, Tables
from storage.report import published
from storage.search.query import search
from tests.report.made import LANGUAGES, TITLES
from tests.report.readers import fonts, pages, report_of, text_of
from tests.service import Service

FORMS = ("html", "pdf", "docx", "xlsx")

FACES = {
    f"{face}-{weight}" for face in ("NotoSans", "NotoSansArabic", "NotoSansCJKsc") for weight in ("Regular", "Bold")
}
"""No Japanese or traditional forms, no other face stepping in."""


async def composed(service: Service, language: str, **more: object) -> Report:
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"], Tables.LEAVE)
    request = ReportRequest("2027", language, **more)  # type: ignore[arg-type]
    source = await database.look(lambda session: published.read(session, "2027", request.only))
    await database.close()
    assert source is not None
    return compose(source, {}, request, Words.ours())


async def counted(service: Service) -> dict[str, dict[str, int]]:
    """What the register counts."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"], Tables.LEAVE)
    found = await database.look(lambda session: search(session, EntryQuery()).counts)
    await database.close()
    return {facet: dict(counts) for facet, counts in found.items()}


@pytest.mark.feature("Y1")
@pytest.mark.feature("Y3")
async def test_four_forms_and_the_register_say_the_same_figures(sixty: Service, tmp_path: Path) -> None:
    files = [tmp_path / f"report.{form}" for form in FORMS]
    for path in files:
        assert "60 entries" in await report_of(sixty, path, "--language", "fr")
    report = await composed(sixty, "fr")
    register = await counted(sixty)
    for figure in report.figures:
        if figure.name in ("region", "organization", "reach", "status", "goal", "beneficiary"):
            assert sorted(g.count for g in figure.groups if g.count) == sorted(register[figure.name].values())
    assert sum(map(sum, report.heat_map.cells)) > 60
    for path in files:
        said = text_of(path)
        for figure in report.figures:
            assert figure.title in said, (path.suffix, figure.title)
        whole = "\n".join(said)
        for figure in report.figures:
            for group in figure.groups if path.suffix != ".pdf" else ():
                places = [place for place, text in enumerate(said) if text == group.label]
                assert any(said[place + 1] == group.said for place in places), (path.suffix, figure.title, group)
        assert "HIDDEN" not in whole
        for entry in report.entries:
            assert entry.reference in whole
    printed = "\n".join(pages(tmp_path / "report.pdf", "-layout"))
    on_paper = re.findall(r"(\d+) +([\d,]+\s*%)[ \t]*$", printed, re.MULTILINE)
    on_paper = [(count, "".join(share.split())) for count, share in on_paper]
    for figure in report.figures:
        rows = [(group.said, "".join(group.share.split())) for group in figure.groups]
        assert any(on_paper[at : at + len(rows)] == rows for at in range(len(on_paper))), figure.title


@pytest.mark.feature("Y5")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_language_is_set_in_its_letters_and_order(sixty: Service, tmp_path: Path, language: str) -> None:
    report = await composed(sixty, language, only=EntryQuery.of("", {"line": ("C2",)}))
    path = tmp_path / "report.pdf"
    assert await asyncio.to_thread(pdf.write, report, path) == "", "it is PDF/A"
    assert fonts(path) <= FACES
    said = "".join("".join(pages(path)).split())
    assert "".join(report.title.split()) in said
    for entry in report.entries:
        assert entry.reference in said
    for other in {entry.language for entry in report.entries} - {"ar"}:
        assert TITLES[other].split()[0].strip("«»") in said
    assert "المشروع" in said, "Arabic words come out in the order in which they are read"
    assert b"/StructTreeRoot" in path.read_bytes()


@pytest.mark.feature("Y2")
async def test_indexes_name_the_pages_where_entries_stand(sixty: Service, tmp_path: Path) -> None:
    report = await composed(sixty, "fr", only=EntryQuery.of("", {"line": ("C2",)}))
    path = tmp_path / "report.pdf"
    await asyncio.to_thread(pdf.write, report, path)
    printed = pages(path, "-layout")
    titles = [index.title for index in report.indexes]
    starts = [max(number for number, page in enumerate(printed, 1) if title in page) for title in titles]
    assert all(before < after for before, after in pairwise(starts))
    stands = {entry.reference: _page_of(entry.reference, printed[: starts[0] - 1]) for entry in report.entries}
    named = dict(report.indexes[0].lines)
    lines = printed[starts[0] - 1].splitlines()
    assert len(named) > 5
    for country, references in named.items():
        wanted = ", ".join(str(number) for number in sorted({stands[reference] for reference in references}))
        assert any(re.fullmatch(rf"\s*{re.escape(country)}\s+{wanted}", line) for line in lines), (country, wanted)


def _page_of(reference: str, printed: list[str]) -> int:
    """Where the entry's own line stands; a chapter's list of further entries begins with other words."""
    own = re.compile(rf"(?m)^(?!.*WSIS-2027-.*WSIS-2027-)(?!Concernent).*\S\s+{reference}\s*$")
    return next(number for number, page in enumerate(printed, 1) if own.search(page))


@pytest.mark.feature("Y5")
async def test_the_same_data_give_the_same_bytes(few: Service, tmp_path: Path) -> None:
    for form in FORMS:
        made = [tmp_path / f"{number}.{form}" for number in (1, 2)]
        for path in made:
            await report_of(few, path, "--language", "zh")
        assert made[0].read_bytes() == made[1].read_bytes(), form


@pytest.mark.feature("Y6")
async def test_fields_order_and_filter_are_chosen_and_one_entry_is_a_sheet(few: Service, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    await report_of(few, page, "--fields", "status,description", "--order", "reference", "--only", "language=ar,ru")
    said = page.read_text("utf-8")
    references = re.findall(r'<article id="([^"]+)"', said)
    assert len(references) == 2
    assert "Status" in said and "Beneficiaries" not in said and "Results" not in said
    sheet = tmp_path / "sheet.pdf"
    await report_of(few, sheet, "--entry", references[0])
    assert len(pages(sheet)) == 2, "one page, and the end of the last"
    assert references[0] in pages(sheet)[0] and references[1] not in pages(sheet)[0]
    code, _, errors = await few.command(
        "report", "--call", "2027", "--output", str(tmp_path / "no.pdf"), "--entry", "WSIS-2027-009001"
    )
    assert code == 1 and "WSIS-2027-009001 is not among the published entries" in errors


@pytest.mark.feature("Y2")
async def test_organizers_texts_stand_in_the_report_in_its_language(few: Service, tmp_path: Path) -> None:
    words = {
        ("summary", "fr"): "Une année riche.",
        ("summary", "en"): "A rich year.",
        ("line.C3", "en"): "By <b>UNESCO</b>.",
    }
    for (name, language), text in words.items():
        file = tmp_path / "text.txt"
        file.write_text(text, "utf-8")
        code, _, errors = await few.command(
            "report-texts", "set", name, "--call", "2027", "--language", language, "--file", str(file)
        )
        assert code == 0, errors
    page = tmp_path / "report.html"
    await report_of(few, page, "--language", "fr")
    said = page.read_text("utf-8")
    assert "Une année riche." in said and "A rich year." not in said
    assert '<p lang="en" dir="ltr">By &lt;b&gt;UNESCO&lt;/b&gt;.</p>' in said, "a text of another language says so"
    assert "Avertissement" in said, "the disclaimer has words of its own"
    _, log, _ = await few.command("organizers", "log")
    assert "summary" in log
    code, _, errors = await few.command("report-texts", "set", "line.C99", "--call", "2027", "--language", "en")
    assert code == 2 and "line.C99" in errors


@pytest.mark.feature("Y4")
async def test_a_draft_says_so_on_each_page_and_takes_comments_on_each_entry(few: Service, tmp_path: Path) -> None:
    path = tmp_path / "draft.pdf"
    await report_of(few, path, "--draft", "--comments-to", "https://example.org/comments/")
    printed = pages(path)[:-1]
    for page in pages(path, "-raw")[:-1]:
        assert "Zerodraft" in "".join(page.split())
    for number in range(1, 7):
        assert any(f"https://example.org/comments/WSIS-2027-{number:06d}" in page for page in printed)
    code, _, errors = await few.command(
        "report", "--call", "2027", "--output", str(path), "--draft", "--comments-to", "javascript:alert(1)"
    )
    assert code == 2 and len(errors.splitlines()) == 1


@pytest.mark.feature("Y4")
async def test_comments_on_a_draft_are_taken_in_whole_listed_and_closed(few: Service, tmp_path: Path) -> None:
    file, reference = tmp_path / "comments.csv", "WSIS-2027-000001"
    head = "reference,who,text,at\n"

    async def command(*words: str) -> tuple[int, str, str]:
        return await few.command("report-comments", *words)

    bad = f"{head}{reference},Amina,A typo.,\nWSIS-2027-000999,Amina,Who?,\n{reference},Amina,,\n{reference},A,B,soon\n"
    file.write_text(bad, "utf-8")
    code, _, errors = await command("import", str(file))
    assert code == 1 and len(errors.splitlines()) == 1
    assert all(each in errors for each in ("row 3: WSIS-2027-000999 is no entry", "row 4: it has no", "row 5: soon"))
    assert (await command("list", "--call", "2027"))[1] == "", "nothing is kept of a file with a mistake"
    file.write_text(f'{head}{reference},Amina,"A typo, ""teh"".",2027-04-02\n{reference},ليلى,شكرًا,\n', "utf-8-sig")
    assert (await command("import", str(file)))[1] == "2 new comments, 0 were known\n"
    assert (await command("import", str(file)))[1] == "0 new comments, 2 were known\n"
    found = (await command("list", "--call", "2027"))[1].splitlines()
    line = next(each for each in found if "Amina" in each)
    assert line.split("\t")[1:] == [reference, "2027-04-02", "Amina", 'A typo, "teh".'] and len(found) == 2
    number = line.split("\t")[0]
    assert (await command("close", number, "77"))[0] == 1
    assert len((await command("list", "--call", "2027"))[1].splitlines()) == 2, "all of them, or none"
    assert (await command("close", number))[1] == "1 done\n"
    assert "ليلى" in (left := (await command("list", "--call", "2027"))[1]) and "Amina" not in left
    assert "\tdone" in (await command("list", "--call", "2027", "--all"))[1]


async def test_a_call_without_entries_and_one_that_is_not_there(tmp_path: Path) -> None:
    empty = Service(tmp_path)
    database = await Database.open(empty.environment["STOCKTAKING_DATABASE_URL"])
    from tests.report.made import fill

    await database.write(lambda session: fill(session, 0))
    await database.close()
    for form in FORMS:
        assert "0 entries" in await report_of(empty, tmp_path / f"empty.{form}")
    code, _, errors = await empty.command("report", "--call", "1999", "--output", str(tmp_path / "x.pdf"))
    assert (code, errors.splitlines()[-1]) == (1, "stocktaking: there is no call 1999")


async def test_an_option_that_the_newest_edition_no_longer_offers_keeps_its_name() -> None:
    saying = Saying(Words.ours(), "fr")
    assert saying.answer("coverage", "international") == "Internationale"
    assert saying.facet("reach", "international") == "Internationale"
    for facet, question in QUESTIONS.items():
        for code in values_of(facet):
            assert "[" not in saying.facet(facet, code), (question, code)
