"""Organizers, calls and the rehearsal of reminders, from the command line."""

from __future__ import annotations

import pytest

from tests.service import Service


@pytest.mark.feature("E1", "E2", "H6")
async def test_calls_are_made_extended_and_closed_from_the_command_line(command: Service) -> None:
    made = await command.command("calls", "create", "2031", "--opens", "2030-10-07", "--closes", "2031-03-01")
    assert made == (0, "", "")
    assert (await command.command("calls", "extend", "2031", "--closes", "2031-03-08T18:00"))[0] == 0
    code, out, _ = await command.command("calls", "list")
    row = next(line for line in out.splitlines() if line.startswith("2031\t"))
    assert code == 0 and "2030-10-07T07:00Z\t2031-03-08T17:00Z\tWSIS Stocktaking Report 2031" in row
    code, out, errors = await command.command("calls", "extend", "2031", "--closes", "soon")
    assert code == 2 and "expected a moment" in errors
    code, out, _ = await command.command("calls", "late", "2031", "--until", "2099-01-01", "--uses", "3")
    assert code == 0 and out.startswith("/late ")
    assert (await command.command("calls", "describe", "2031", "--event", "WSIS+30"))[0] == 0
    code, _, errors = await command.command("calls", "describe", "2031", "--questionnaire", "1999")
    assert code == 2 and "1999: expected one of 2027" in errors
    assert (await command.command("calls", "list"))[1].splitlines()[-1].endswith("Report 2031\tWSIS+30\t2027")
    code, out, _ = await command.command("organizers", "log")
    assert "The command line extended the call 2031" in out and "made a late code" in out


@pytest.mark.feature("H3")
async def test_an_invitation_from_the_command_line_makes_the_first_owner(command: Service) -> None:
    code, out, _ = await command.command("organizers", "invite", "owner")
    assert code == 0 and out.startswith("/start org-")
    code, _, errors = await command.command("organizers", "invite", "king")
    assert code == 2 and "expected one of owner" in errors
    code, _, errors = await command.command("organizers", "remove", "7")
    assert code == 1 and "7 cannot be removed" in errors


@pytest.mark.feature("R1")
async def test_reminders_are_rehearsed_and_never_sent(register: Service) -> None:
    code, out, errors = await register.command("remind", "--at", "2027-02-22T09:00", "--dry-run")
    assert (code, out, errors) == (0, "Nobody.\n", "")
    code, _, errors = await register.command("remind", "--at", "2027-02-22T09:00")
    assert code == 2 and "--dry-run" in errors
