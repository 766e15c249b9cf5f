"""A season of the Prizes on both engines: who may take part, one winner a category, and nobody sees a step early."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, col, select

from bot.cli.prizes import words_for_prizes
from bot.prizes import score_sheet, votes
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.prize import CRITERIA, Standing
from dialogs.questionnaire.register import EntryQuery
from locales.words import Words
from storage.engine.database import Database
from storage.prizes import judged, standings
from storage.report import published
from storage.tables import CallRow, EntryRow, LogRow, StandingRow
from tests.register.factory import AT, keep, kept

TEXT = "Twelve villages on the coast are connected by networks that their own people keep and pay for. " * 7
ASKED = {"nominate": True, "prize_maturity": True, "prize_past": False, "prize_text": TEXT}
NOMINEES, CATEGORIES = 200, 18


def made(number: int, **answers: object) -> EntryRow:
    category = str(number % CATEGORIES + 1)
    given: dict[str, Any] = {**ASKED, "prize_category": category, "org_name": f"Organization {number}", **answers}
    return kept(number, **given)


def season(session: Session) -> None:
    keep(session, *(made(number) for number in range(1, NOMINEES + 1)))


def reference(number: int) -> str:
    return f"WSIS-2027-{number:06d}"


def nominate(session: Session, number: int) -> tuple[str, ...]:
    return standings.nominate(session, None, reference(number), words_for_prizes, AT)


def seen(session: Session) -> dict[str, tuple[Standing, int]]:
    """What the report and the register's page show."""
    source = published.read(session, "2027", EntryQuery())
    assert source is not None
    in_report = {entry.reference: entry.prize for entry in source.entries if entry.prize is not None}
    assert in_report == standings.public_standings(session, "2027")
    return in_report


@pytest.mark.feature("Z2")
async def test_a_season_from_nominations_to_winners(database: Database) -> None:
    def whole(session: Session) -> None:
        season(session)
        assert {nominate(session, number) for number in range(1, NOMINEES + 1)} == {()}
        assert seen(session) == {}, "nobody sees a nomination before it is announced"
        assert standings.announce(session, None, "2027", Standing.NOMINATED, AT) == NOMINEES
        assert set(seen(session).values()) == {(Standing.NOMINATED, number) for number in range(1, CATEGORIES + 1)}
        for number in range(1, 2 * CATEGORIES + 1):
            assert standings.advance(session, None, reference(number), Standing.CHAMPION, AT) == ""
        assert standings.advance(session, None, reference(100), Standing.WINNER, AT) == "not_next"
        for number in range(1, CATEGORIES + 1):
            assert standings.advance(session, None, reference(number), Standing.WINNER, AT) == ""
            second = reference(number + CATEGORIES)
            assert standings.advance(session, None, second, Standing.WINNER, AT) == "has_winner"
        assert {state for state, _ in seen(session).values()} == {Standing.NOMINATED}
        assert standings.announce(session, None, "2027", Standing.CHAMPION, AT) == 2 * CATEGORIES
        assert Standing.WINNER not in {state for state, _ in seen(session).values()}
        assert standings.announce(session, None, "2027", Standing.WINNER, AT) == CATEGORIES
        winners = [category for state, category in seen(session).values() if state is Standing.WINNER]
        assert sorted(winners) == list(range(1, CATEGORIES + 1))
        assert standings.take_back(session, None, reference(1), AT) == "announced"
        session.get_one(EntryRow, reference(2)).state = EntryState.WITHDRAWN.value
        session.flush()
        assert reference(2) not in seen(session), "a withdrawn entry is shown nowhere, whatever it won"
        steps = session.exec(select(LogRow.id).where(LogRow.action == "prize_step")).all()
        assert len(steps) == NOMINEES + 2 * CATEGORIES + CATEGORIES

    await database.write(whole)


@pytest.mark.feature("Z1")
async def test_who_may_not_take_part_is_told_why(database: Database) -> None:
    def check(session: Session) -> None:
        keep(
            session,
            made(1, prize_maturity=False),
            made(2, prize_past=True),
            made(3, prize_text="Too short."),
            made(4, nominate=False),
            made(5, prize_category=None),
            made(6, publish=False),
            made(7, org_name="The Same"),
            made(7 + CATEGORIES, org_name="the same"),
            made(8, title="Won already", org_name="Winners"),
        )
        session.add(CallRow(code="2026", year=2026, opens=AT, closes=AT, version="2027"))
        before = kept(9000, title="Won already", org_name="Winners")
        before.reference, before.call = "WSIS-2026-009000", "2026"
        session.add(before)
        session.add(StandingRow(reference=before.reference, call="2026", category=3, state="winner", changed=AT))
        session.flush()
        assert nominate(session, 1) == ("not_mature",)
        assert nominate(session, 2) == ("past_winner",)
        assert nominate(session, 3) == ("text_length",)
        assert nominate(session, 4) == ("not_asked",)
        assert nominate(session, 5) == ("no_category",)
        assert nominate(session, 6) == nominate(session, 404) == ("not_published",)
        assert nominate(session, 7) == nominate(session, 7) == ()
        assert nominate(session, 7 + CATEGORIES) == ("organization_twice",)
        assert nominate(session, 8) == ("past_winner",), "whatever its author says"
        listed = {row.reference: row for row in standings.submitted(session, "2027", words_for_prizes)}
        assert listed[reference(3)].faults == ("text_length",) and reference(6) not in listed

    await database.write(check)


@pytest.mark.feature("Z3")
async def test_a_jurors_sheet_comes_back_whole_or_with_what_is_wrong_in_each_cell(
    database: Database, tmp_path: Path
) -> None:
    def nominees(session: Session) -> list[standings.Submitted]:
        season(session)
        for number in (1, 1 + CATEGORIES, 1 + 2 * CATEGORIES):
            nominate(session, number)
        asked = standings.submitted(session, "2027", words_for_prizes)
        return [row for row in asked if row.standing is Standing.NOMINATED]

    found = await database.write(nominees)
    known = [row.reference for row in found]
    path = tmp_path / "scores.xlsx"
    score_sheet.write(found, Words.ours(), "ar", path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft and sheet.row_dimensions[1].hidden
    for column in range(4, 4 + len(CRITERIA)):
        sheet.cell(3, column).value, sheet.cell(4, column).value = 7, 9
    book.save(path)
    scores = score_sheet.read(path, known)
    assert len(scores) == 2 * len(CRITERIA), "an empty row abstains"
    sheet["D5"], sheet["E5"], sheet["F5"], sheet["A6"], sheet["A7"] = 11, "good", 2.5, known[0], "WSIS-2027-000999"
    book.save(path)
    with pytest.raises(score_sheet.SheetError) as wrong:
        score_sheet.read(path, known)
    assert [line.split(":")[0] for line in str(wrong.value).splitlines()] == ["D5", "E5", "F5", "A6", "A7"]

    def judge(session: Session) -> None:
        for juror in range(12):
            judged.keep_scores(session, f"juror {juror}", known, scores)
        judged.keep_scores(session, "juror 0", known, {**scores, (known[0], "results"): 10})
        ranks = {each.reference: each for each in judged.ranked(session, "2027")}
        assert ranks[known[0]].scores == 7 * len(CRITERIA) and ranks[known[2]].scores is None

    await database.write(judge)


@pytest.mark.feature("Z4")
async def test_the_vote_is_taken_in_with_checks_and_a_tie_is_shown(database: Database) -> None:
    known = [reference(number) for number in (1, 1 + CATEGORIES, 1 + 2 * CATEGORIES)]
    good = f"\ufeffreference,votes\r\n{known[0]},40\r\n{known[1]},40\r\n{known[2]},7\r\n"
    for bad, why in (
        (good + f"{known[0]},1\n", "stands here twice"),
        (good + "WSIS-2027-000999,1\n", "is no nominee"),
        (good.replace(",7", ",-7"), "is no number of votes"),
        (good.replace(",7", ",=7+1"), "is no number of votes"),
        (good.replace(f"{known[2]},7", ""), "has no row"),
    ):
        with pytest.raises(votes.VotesError, match=why):
            votes.read(bad, known)
    with pytest.raises(votes.VotesError, match="add up to 87, not to 90"):
        votes.read(good, known, total=90)

    def count(session: Session) -> None:
        season(session)
        for number in (1, 1 + CATEGORIES, 1 + 2 * CATEGORIES):
            nominate(session, number)
        judged.keep_votes(session, votes.read(good, known, total=87))
        ranks = judged.ranked(session, "2027")
        assert [(each.votes, each.tied) for each in ranks] == [(40, True), (40, True), (7, False)]
        won = session.exec(select(StandingRow).where(col(StandingRow.state) != "nominated")).all()
        assert won == [], "a tie is shown, not decided"

    await database.write(count)
