"""A whole season of many people: everyone gets exactly what the table in `lives.py`, written by hand, says.

1 October to the last reminder after a week's extension, zones from Kiritimati to Pago Pago, clocks that change,
three processes at once that are killed in the middle of their work, connections that break, and days in which
nothing runs. The processes are the real planning, ledger and rules; what people do goes through the real turns.
"""

from __future__ import annotations

import logging
import resource
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from dialogs.domain.reminders.rules import RULES
from storage.engine.database import Database
from storage.organizers import organizers
from tests.driver import Clock, Stage
from tests.scheduling.season import BEGINS, Season
from tests.scheduling.season_actions import DEEDS, Somebody, move
from tests.scheduling.season_table import EXTENDED, LIVES, MOVES, ZONES, Life, expected, moment

log = logging.getLogger(__name__)

OLGA = 900_000
"""The organizer's Telegram id."""

Table = Mapping[int, tuple[str, str]]
"""Person to who they are in the table, and what they get."""


async def inhabit(season: Season, number: int) -> Table:
    """People of every life, dealt out over the zones, and those who move."""
    names, zones = list(LIVES), list(ZONES)
    dealt = [
        (names[at % len(names)], zones[(at // len(names) + at % len(names) * 7) % len(zones)]) for at in range(number)
    ]
    settled = await season.settle([(LIVES[name], zone) for name, zone in dealt])
    table = {
        who.id: (f"{name} / {zone}", expected(LIVES[name], zone))
        for who, (name, zone) in zip(settled, dealt, strict=True)
    }
    for name, each in MOVES.items():
        [who] = await season.settle([(Life("", {"12-01 11:00": "begin"}), each.begins_in)])
        if each.typing:
            season.note(moment(each.typing, each.begins_in), DEEDS["type"], who)
        season.note(each.at, move(each.goes_to), who)
        table[who.id] = (name, each.gets)
    return table


async def extend(stage: Stage, olga: Somebody, now: datetime) -> None:
    """Olga gives everybody a week more, in the chat."""
    organizer = stage.person(olga.address, channel="telegram")
    await organizer.does("calls")
    await organizer.taps("call:2027")
    await organizer.taps("Extend or change the close")
    await organizer.says("8 March 2027")
    organizer.sees("with an unfinished entry will be told")
    await organizer.taps("Yes, do it")
    organizer.sees("It takes effect now")


async def live_through(database: Database, number: int, *, step: timedelta, lifetime: int, workers: int) -> None:
    """Let so many people live through the season, and compare what they got with the table."""
    stage = Stage(database, Clock(BEGINS))
    season = Season(stage, replicas=3, workers=workers, lifetime=lifetime)
    await database.write(lambda session: organizers.name_in_settings(session, [OLGA], BEGINS))
    table = await inhabit(season, number)
    season.note(EXTENDED, extend, Somebody(0, str(OLGA), "en", []))
    await season.goes_by(step=step)
    told = await season.account()
    wanted = {id: within_the_most(gets, season.lost(id)) for id, (_, gets) in table.items()}
    wrong = {table[id][0]: (got, wanted[id]) for id, got in told.items() if got != wanted[id]}
    log.info(
        "%d people, %d letters, %d uncertain, %d processes killed, %d looks, %d MB at most",
        number,
        sum(map(len, season.letters.values())),
        season.uncertain,
        season.killed,
        season.looks,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )
    assert wrong == {}, f"{len(wrong)} lives got something else"
    for who in season.people.values():
        keeps_the_peace(season, who)
    assert season.killed > 10
    assert season.uncertain > 0


def within_the_most(gets: str, lost: int) -> str:
    """What the table says, less what does not come because so many that did not arrive count among the eight.

    The last of the eight is kept for the very last.
    """
    letters = gets.split(", ")
    reminders = [letter for letter in letters if letter and not letter.startswith("news")]
    for letter in reminders[RULES.cap - 1 - lost : -1] if lost else ():
        letters.remove(letter)
    return ", ".join(letters)


def keeps_the_peace(season: Season, who: Somebody) -> None:
    """Nothing comes at night, and no two reminders close upon each other."""
    came = [(season.clock_of(who, letter.at), season.name_of(letter)) for letter in season.letters[who.id]]
    assert all(8 <= at.hour < 21 for at, _ in came), f"{who} was woken: {came}"
    reminders = [(at, name) for at, name in came if name != "news"]
    for (before, _), (after, name) in pairwise(reminders):
        least = 5 if name.startswith("6h") else 12
        assert after - before >= timedelta(hours=least), f"{who} was pressed: {reminders}"
    if who.told:
        zone = "Europe/Zurich" if who.country else who.zones[0][1]  # a country is told in the entry, and only then
        assert f"{int(ZONES[zone]['opens'][-2:])} October 2026" in who.told


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.timeout(600)
@pytest.mark.feature("E1", "E2", "R1", "R2", "R3", "R5")
async def test_everyone_gets_what_the_table_says_in_a_small_world(database: Database) -> None:
    await live_through(database, 99, step=timedelta(hours=2), lifetime=150, workers=2)


@pytest.mark.faults
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(
    ("database_url", "number"), [("sqlite", 10_000), ("postgresql", 1_000)], indirect=["database_url"]
)
@pytest.mark.feature("E1", "E2", "R1", "R2", "R3", "R5")
async def test_thousands_of_people_get_what_the_table_says(database: Database, number: int) -> None:
    await live_through(database, number, step=timedelta(hours=1), lifetime=1500, workers=6)
