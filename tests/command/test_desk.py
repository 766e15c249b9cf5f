"""`stocktaking desk ...`: what people write to the organizers is listed, given to somebody, closed and answered."""

from __future__ import annotations

import json

import pytest

from storage.engine.database import Database
from tests.driver import Clock, Stage
from tests.service import Service


@pytest.mark.feature("C19")
async def test_a_message_is_listed_given_closed_opened_and_answered_by_command(command: Service) -> None:
    database = await Database.open(command.environment["STOCKTAKING_DATABASE_URL"])
    stage = Stage(database, Clock())
    code, out, _ = await command.command("organizers", "invite", "organizer")
    await stage.person("300", channel="telegram", called="Otto").does("start", out.split()[1])
    anna = stage.person("anna")
    await anna.does("contact")
    await anna.says("Can a ministry send two entries?")
    await database.close()

    code, out, errors = await command.command("desk", "list", "--json")
    (letter,) = json.loads(out)
    assert (code, letter["text"], letter["answers"]) == (0, "Can a ministry send two entries?", []), errors
    number = str(letter["id"])
    code, out, errors = await command.command("desk", "assign", number, "--to", "otto")
    assert code == 0 and out.splitlines()[0].endswith("waiting; with Otto"), errors
    code, _, errors = await command.command("desk", "assign", number, "--to", "Ulla")
    assert code == 1 and "no organizer who answers messages is called Ulla" in errors
    code, out, _ = await command.command("desk", "close", number, "--json")
    assert code == 0 and json.loads(out)["closed"]
    code, out, errors = await command.command("desk", "list")
    assert (code, len(out.splitlines()), errors.strip()) == (0, 1, "0 messages")
    code, _, _ = await command.command("desk", "reopen", number)
    assert code == 0
    code, out, _ = await command.command("desk", "answer", number, "Yes: one entry for each activity.")
    assert code == 0 and "Yes: one entry for each activity." in out and "answered; with Otto" in out
    code, out, _ = await command.command("desk", "list", "--done")
    assert code == 0 and "Can a ministry send two entries?" in out
    code, _, errors = await command.command("desk", "show", "77")
    assert (code, errors.strip()) == (1, "stocktaking: there is no message 77 (see: stocktaking desk list)")
