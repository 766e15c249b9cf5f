"""What a nominee reads after sending: the whole copy, and what comes next."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from bot.turns.turn import Turns
from dialogs.questionnaire.source import loader
from storage.tables import CallRow
from tests.driver import MACHINE, Person, Stage
from tests.samples import walk
from tests.second_edition import EVERYTHING


@pytest.mark.feature("Q22", "Q23")
async def test_the_copy_of_a_nomination_has_its_english_title_and_says_what_comes_next(stage: Stage) -> None:
    stage.turns = Turns(stage.database, MACHINE, now=stage.clock.now, edition_of=loader.edition_of)
    amina, ben = stage.person("amina"), stage.person("ben")
    titles = {"title": "Réseaux solaires pour les villages du lac", "title_en": "Solar lake grids"}
    await sends(amina, {**EVERYTHING, **titles})
    amina.sees("Title in English: Solar lake grids", "Your nomination for the WSIS Prizes goes to their experts")
    amina.sees("in the category “Information and communication infrastructure”")
    await sends(ben, {**EVERYTHING, "title": "Market radio", "nominate": "no"})
    ben.sees("A copy of your answers")
    ben.misses("WSIS Prizes goes to")
    await stage.database.write(asks_the_first_edition)
    await amina.does("myentries")
    await amina.taps("entry:WSIS-2027-000001")
    amina.sees("Solar lake grids", "How you know: We count")


async def sends(person: Person, answers: dict[str, str]) -> None:
    await person.does("new")
    await walk(person, answers)
    await person.taps(".send")


def asks_the_first_edition(session: Session) -> None:
    session.get_one(CallRow, "2027").version = "2027"
