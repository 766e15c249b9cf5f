"""Entries of both editions of the questionnaire in one call: two of the first, then the call's edition changes."""

from __future__ import annotations

from sqlmodel import Session, select

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.tables import CallRow, EntryRow
from tests.driver import Clock, Person, Stage
from tests.samples import ANSWERS, walk
from tests.second_edition import EVERYTHING
from tests.service import Service

__all__ = ["FIRST", "NEWER", "NOMINATED", "OLDER", "fill"]

FIRST, OLDER, NEWER, NOMINATED = (f"WSIS-2027-{number:06d}" for number in range(1, 5))
"""Two of the first edition, under way and with a phase finished; then one in its first phase, and one nominated."""

SENT = (
    ("2027", {**ANSWERS, "title": "Market prices by radio", "nominate": "no", "status": "ongoing"}),
    ("2027", {**ANSWERS, "title": "Library on wheels", "nominate": "no", "status": "a major phase is finished"}),
    (
        "2027b",
        {
            **EVERYTHING,
            "title": "Sensors against floods",
            "nominate": "no",
            "status": "first phase",
            "service_languages": "sw, another language",
            "service_languages_other": "Dholuo",
            "countries": "Africa",
            "technology": "sensors, ai",
            "openness": "data, software",
            "impact_figure": "31 Zulumeters warn the valley",
        },
    ),
    (
        "2027b",
        {
            **EVERYTHING,
            "title": "Réseaux solaires pour les villages du lac",
            "title_en": "Solar grids of the Kwambo lakeshore",
            "coverage": "local",
            "place": "Kisumu",
        },
    ),
)


async def fill(service: Service) -> None:
    """Send them as people do, publish them all."""
    await service.in_season()
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    stage = Stage(database, Clock())
    for number, (edition, answers) in enumerate(SENT):
        await database.write(lambda session, edition=edition: _asks(session, edition))
        await _sends(stage.person(f"person{number}"), answers)
    await database.write(_publish)
    await database.close()


async def _sends(person: Person, answers: dict[str, str]) -> None:
    await person.does("new")
    await walk(person, answers)
    if person.offers(".more"):
        await person.taps(".more")
        await walk(person, answers)
    await person.taps(".send")
    person.sees("WSIS-2027-")


def _asks(session: Session, edition: str) -> None:
    """The call asks this edition from now on."""
    session.get_one(CallRow, "2027").version = edition


def _publish(session: Session) -> None:
    for entry in session.exec(select(EntryRow)):
        entry.state = EntryState.PUBLISHED.value
