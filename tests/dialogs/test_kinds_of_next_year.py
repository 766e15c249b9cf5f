"""What next year's questionnaire can ask: lists, places, questions bound to a date, a newer version under way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.turns.turn import Turns
from dialogs.domain.events import Located
from dialogs.machine import Machine, World
from dialogs.questionnaire.source.loader import load, versions
from storage.engine.database import Database
from storage.tables import CallRow
from tests.driver import MACHINE, ON_ONE_ENGINE, Person, Stage

pytestmark = ON_ONE_ENGINE

NEXT = """
version: "{version}"
sections:
  - id: contact
    questions:
      - {{id: contact_name, kind: text, required: true, limits: {{max_chars: {chars}}}}}
      - {{id: contact_role, kind: text, required: false, required_from: 2027-02-01}}
      - {{id: org_name, kind: text, required: true, frozen_from: 2027-02-15}}
      - {{id: partners, kind: items, required: true, limits: {{min: 2, max: 4, max_chars: 40}}}}
      - {{id: coverage, kind: place, required: true}}
{more}
"""
MORE = "      - {id: results, kind: long_text, required: false}"


@pytest.fixture
async def next_year(database: Database, tmp_path: Path) -> Stage:
    """A call whose questionnaire is a file of an organizer's own."""
    stage = Stage(database)
    await published(stage, tmp_path, "2027x", chars=60, more="")
    return stage


async def published(stage: Stage, folder: Path, version: str, *, chars: int, more: str) -> None:
    """An organizer gives the call another version of its questionnaire."""
    path = folder / f"{version}.yaml"
    path.write_text(NEXT.format(version=version, chars=chars, more=more))
    known = {**stage.turns.machine.world.questionnaires, **versions(), version: load(path)}
    stage.turns = Turns(
        stage.database, Machine(World(known, MACHINE.world.vocabulary)), now=stage.clock.now, edition_of=str
    )
    anybody = stage.person("somebody")
    await anybody.does("start")

    def assign(session: Session) -> None:
        session.get_one(CallRow, "2027").version = version

    await stage.database.write(assign)


async def begun(person: Person, *answers: str) -> Person:
    await person.does("new")
    for answer in answers:
        await person.says(answer)
    return person


@pytest.mark.feature("Q8")
async def test_a_list_grows_message_by_message_is_changed_and_cut(next_year: Stage) -> None:
    anna = await begun(next_year.person("anna"), "Amina", "skip", "Lake Networks")
    assert anna.question == "partners"
    await anna.says("Maseno University")
    await anna.taps(".done")
    anna.sees("at least 2")
    await anna.says("- Kisumu County\n2) Lake Basin Authority")
    anna.sees("Maseno University, Kisumu County and Lake Basin Authority")
    await anna.taps("Change: Kisumu County")
    await anna.says("County Government of Kisumu")
    anna.sees("Maseno University, County Government of Kisumu and Lake Basin Authority")
    await anna.taps("Change: Lake Basin")
    await anna.taps("Take it out")
    anna.misses("Lake Basin Authority")
    await anna.says("One\nTwo\nThree")
    anna.sees("At most 4")
    await anna.taps(".done")
    assert anna.question == "coverage"
    await anna.does("review")
    anna.sees("Maseno University and County Government of Kisumu")


@pytest.mark.feature("Q8", "N1")
async def test_an_edited_message_changes_its_item(next_year: Stage) -> None:
    anna = await begun(next_year.person("anna"), "Amina", "skip", "Lake Networks")
    await anna.says("Maseno Universty", ref="m1")
    await anna.says("Kisumu County", ref="m2")
    await anna.edits("m1", "Maseno University")
    assert anna.question == "partners"
    anna.sees("Maseno University and Kisumu County")


@pytest.mark.feature("Q14")
@pytest.mark.parametrize(
    "said, kept",
    [
        ("-0.0917, 34.7680", "-0.0917, 34.768"),
        ("0.0917 S, 34.768 E", "-0.0917, 34.768"),
        ("٠٫٥", "٠٫٥"),
        ("٣٠.٠٤, ٣١.٢٣", "30.04, 31.23"),
        ("Kisumu, Kenya", "Kisumu, Kenya"),
    ],
)
async def test_a_place_is_typed_as_coordinates_or_by_name(next_year: Stage, said: str, kept: str) -> None:
    anna = await begun(next_year.person("anna"), "Amina", "skip", "Lake Networks", "One\nTwo", "done")
    await anna.says(said)
    assert anna.question == "review"
    anna.sees(kept)


@pytest.mark.feature("Q14")
async def test_a_place_is_shared_from_a_map_and_one_off_the_earth_is_not_taken(next_year: Stage) -> None:
    anna = await begun(next_year.person("anna"), "Amina")
    await anna.acts(Located(-0.0917, 34.768, anna.now))
    assert anna.question == "contact_role", "a place is no answer where none is asked for"
    for answer in ("skip", "Lake Networks", "One\nTwo", "done", "95, 200"):
        await anna.says(answer)
    anna.sees("not on the map")
    await anna.acts(Located(-0.0917, 34.768, anna.now, name="Kisumu Museum"))
    anna.sees("Kisumu Museum (-0.0917, 34.768)")


@pytest.mark.feature("Q14")
async def test_a_recording_is_kept_with_the_entry_and_the_words_are_asked_for(stage: Stage) -> None:
    from tests.samples import answer_until

    anna = stage.person("anna")
    await answer_until(anna, "results")
    await anna.sends("voice.ogg", "audio/ogg", size=20_000)
    assert anna.question == "results"
    anna.sees("Your recording is kept", "Please write")
    await anna.does("review")
    anna.sees("voice.ogg")


@pytest.mark.feature("Q15")
async def test_a_question_becomes_required_on_its_day_in_geneva(next_year: Stage) -> None:
    anna = await begun(next_year.person("anna"), "Amina")
    anna.sees("needed from", "1 February 2027")
    await anna.taps(".skip")
    next_year.clock.at = datetime(2027, 1, 31, 22, 59, tzinfo=UTC)
    await anna.does("continue")
    assert anna.question == "org_name"
    next_year.clock.at = datetime(2027, 1, 31, 23, 1, tzinfo=UTC)
    await anna.does("continue")
    await begun(anna, "Amina")
    assert anna.question == "contact_role"
    await anna.does("skip")
    anna.sees("needs an answer")


@pytest.mark.feature("Q15")
async def test_a_settled_answer_stands_and_an_open_one_is_not_asked_any_more(next_year: Stage) -> None:
    anna = await begun(next_year.person("anna"), "Amina", "skip", "Lake Networks")
    ben = await begun(next_year.person("ben"), "Ben", "Lead")
    next_year.clock.at = datetime(2027, 2, 15, 9, tzinfo=UTC)
    await anna.does("back")
    assert anna.question == "org_name"
    await anna.says("Another name")
    anna.sees("settled now", "Lake Networks")
    await ben.does("continue")
    assert ben.question == "partners"


@pytest.mark.feature("Q17")
async def test_a_draft_is_finished_on_its_own_version_or_moved_with_a_list_of_what_changed(
    next_year: Stage, tmp_path: Path
) -> None:
    anna = await begun(next_year.person("anna"), "Amina Adhiambo Otieno", "skip", "Lake Networks")
    ben = await begun(next_year.person("ben"), "Ben", "skip")
    await published(next_year, tmp_path, "2027y", chars=10, more=MORE)
    await anna.does("continue")
    anna.sees("questions have changed", "New: Results", "Asked differently: Your name")
    await anna.taps("Keep the earlier questions")
    assert anna.question == "partners"
    await anna.does("continue")
    assert anna.question == "partners", "it is asked once"
    await ben.does("continue")
    await ben.taps("Move to the newer")
    ben.sees("with all your answers")
    assert ben.question == "org_name"
    for answer in ("Lake Networks", "One\nTwo", "done", "Kisumu"):
        await ben.says(answer)
    assert ben.question == "results"


@pytest.mark.feature("Q17")
async def test_an_answer_that_the_newer_version_does_not_take_is_asked_first(next_year: Stage, tmp_path: Path) -> None:
    anna = await begun(next_year.person("anna"), "Amina Adhiambo Otieno", "skip")
    await published(next_year, tmp_path, "2027y", chars=10, more=MORE)
    await anna.does("continue")
    await anna.taps("Move to the newer")
    assert anna.question == "contact_name"
    anna.sees("Your answer: Amina Adhiambo Otieno")
