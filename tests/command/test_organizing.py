"""Organizers, calls and the rehearsal of reminders, from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.service import Service


@pytest.mark.feature("E1", "E2", "H6")
async def test_calls_are_made_extended_and_closed_from_the_command_line(command: Service) -> None:
    made = await command.command("calls", "create", "2031", "--opens", "2030-10-07", "--closes", "2031-03-01")
    period = "from 2030-10-07 09:00 (Geneva) to 2031-03-01 23:59 (Geneva)"
    feeds = "questionnaire 2027b, WSIS Stocktaking Report 2031, WSIS Forum 2031"
    assert made == (0, f"Call 2031: announced, {period}; {feeds}.\n", "")
    assert (await command.command("calls", "extend", "2031", "--closes", "2031-03-08T18:00"))[0] == 0
    code, out, _ = await command.command("calls", "list")
    row = next(line for line in out.splitlines() if line.startswith("2031\t"))
    assert code == 0 and "2030-10-07 09:00\t2031-03-08 18:00\tWSIS Stocktaking Report 2031" in row
    assert out.startswith("code\tstate\topens (Geneva)\tcloses (Geneva)\t")
    listed = json.loads((await command.command("calls", "list", "--json"))[1])
    assert {"code": "2031", "closes": "2031-03-08T17:00:00+00:00"}.items() <= listed[-1].items()
    code, out, errors = await command.command("calls", "extend", "2031", "--closes", "soon")
    assert code == 2 and "expected a moment" in errors
    code, out, _ = await command.command("calls", "late", "2031", "--until", "2099-01-01", "--uses", "3")
    assert code == 0 and out.startswith("/late ")
    assert (await command.command("calls", "describe", "2031", "--event", "WSIS+30"))[0] == 0
    code, _, errors = await command.command("calls", "describe", "2031", "--questionnaire", "1999")
    assert code == 2 and "1999: expected one of 2027" in errors
    assert (await command.command("calls", "list"))[1].splitlines()[-1].endswith("Report 2031\tWSIS+30\t2027b")
    code, out, _ = await command.command("organizers", "log")
    assert "The command line extended the call 2031" in out and "created a late code" in out


@pytest.mark.feature("S16")
async def test_a_slip_on_the_command_line_ends_no_call_and_begins_none_beside_it(command: Service) -> None:
    await command.in_season()

    async def said(*words: str) -> tuple[int, str]:
        code, out, errors = await command.command("calls", *words)
        assert len((out + errors).splitlines()) <= 3, errors
        return code, out + errors

    code, text = await said("extend", "2027", "--closes", "2026-03-08")  # the year mistyped
    assert code == 1 and "must close after it opens" in text
    code, text = await said("extend", "2027", "--closes", f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}")
    assert code == 1 and "that moment is over" in text
    code, text = await said("close", "2027")
    assert code == 4 and "closes the call 2027 now; 0 people have something unfinished" in text and "--yes" in text
    slip = ("--opens", f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}", "--closes", "2099-03-01")
    code, text = await said("create", "2099", *slip)
    assert code == 1 and "there is call 2027 (" in text and "--overlapping" in text
    assert (await said("create", "2027 b", *slip))[1].startswith("stocktaking: 2027 b: a code has up to 20 letters")
    assert (await said("create", "2099", *slip, "--overlapping"))[0] == 0
    assert (await said("list"))[1].splitlines()[1].startswith("2027\topen")
    assert (await said("rename", "2099", "2099-b"))[1].startswith("Call 2099-b: open")
    assert await said("delete", "2099-b", "--yes") == (0, "The call 2099-b is deleted.\n")
    assert "no such call" in (await said("delete", "2099-b", "--yes"))[1]
    code, text = await said("late", "2027", "--until", "2020-01-01")
    assert (code, text) == (1, "stocktaking: 2027: the code must end later than now\n")
    code, text = await said("describe", "2027", "--report", "x" * 200)
    assert code == 1 and "1 to 120 characters" in text
    code, text = await said("close", "2027", "--yes")
    assert code == 0 and text.startswith("Call 2027: closed")


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
    code, out, errors = await register.command("reminders", "preview", "--at", "2027-02-22")
    assert (code, out, errors) == (0, "Nobody.\n", "")
