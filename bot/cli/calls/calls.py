"""`stocktaking calls`: make, describe, extend, close, rename and delete calls; each says what it did."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli.input import MOMENT, clock, confirm, fail, in_geneva, moment_of
from bot.cli.runtime import with_app
from bot.cli.scores import criteria

__all__ = ["calls"]

calls = typer.Typer(help="The yearly calls: open, extend, close.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="The call's code, such as 2027.", show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Overlapping = Annotated[bool, typer.Option("--overlapping", help="Also while another call is open.")]


HEAD = ("code", "state", "opens (Geneva)", "closes (Geneva)", "report", "event", "questionnaire")


@calls.command("list")
def list_calls(as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False) -> None:
    """All calls, the one that counts now first."""

    async def work(app: Any) -> list[dict[str, str]]:
        from storage.calls import calls as kept

        now = app.turns.now()
        await app.database.write(lambda session: kept.ensure_current(session, now, app.turns.edition_of) and None)
        found = await app.database.read(lambda session: kept.every(session, now))
        return [
            {
                "code": call.code,
                "state": call.state(now).value,
                "opens": call.opens.isoformat(),
                "closes": call.closes.isoformat(),
                "report": call.report,
                "event": call.event,
                "questionnaire": call.version,
            }
            for call in found
        ]

    found = with_app(work)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    moments = ("opens", "closes")
    rows = ([clock(each[name]) if name in moments else each[name] for name in each] for each in found)
    print("\n".join("\t".join(row) for row in (HEAD, *rows)))


@calls.command("create")
def create(
    code: Code,
    opens: Annotated[str, typer.Option(help=f"When it opens, {MOMENT}.")],
    closes: Annotated[str, typer.Option(help=f"When it closes, {MOMENT}.")],
    report: Annotated[str, typer.Option(help="The report it feeds; the year's usual one when absent.")] = "",
    event: Annotated[str, typer.Option(help="The event it feeds; the year's usual one when absent.")] = "",
    questionnaire: Annotated[str, typer.Option(help="Its version; the year's, else the newest, when absent.")] = "",
    overlapping: Overlapping = False,
) -> None:
    """Make a call."""

    async def work(app: Any) -> tuple[Any, str]:
        from dialogs.domain.organizers.calls import CallWish
        from storage.calls import calls as kept

        now = app.turns.now()
        period = moment_of(app, opens, closing=False), moment_of(app, closes, closing=True)
        wish = CallWish(code, *period, report, event, overlapping=overlapping)
        year = wish.closes.astimezone(ZoneInfo(wish.zone)).year
        version = _version(app, questionnaire) or app.turns.edition_of(year)
        await app.database.write(lambda session: kept.ensure_current(session, now, app.turns.edition_of) and None)
        trouble = await app.database.write(lambda session: kept.create(session, None, wish, version, now))
        return trouble, await _overlap(app, *period, code)

    trouble, overlap = with_app(work)
    _done(trouble, code, overlap)
    _tell(code)


async def _overlap(app: Any, opens: datetime, closes: datetime, code: str) -> str:
    """The calls that are open in the same period, in words; "" when there are none."""
    from dialogs.domain.organizers.calls import overlapping
    from storage.calls import calls as kept

    found = await app.database.read(lambda session: kept.every(session, app.turns.now()))
    return ", ".join(
        f"call {call.code} ({in_geneva(call.opens)} to {in_geneva(call.closes)})"
        for call in overlapping(opens, closes, found, code)
    )


@calls.command("describe")
def describe(
    code: Code,
    report: Annotated[str, typer.Option(help="The report it feeds.")] = "",
    event: Annotated[str, typer.Option(help="The event it feeds.")] = "",
    questionnaire: Annotated[str, typer.Option(help="The version that entries begun from now on are asked.")] = "",
) -> None:
    """Say what a call feeds, or choose its questionnaire; what is not given stays as it is."""

    async def work(app: Any) -> Any:
        from storage.calls import calls as kept

        now = app.turns.now()
        said = {"report": report or None, "event": event or None, "version": _version(app, questionnaire)}
        await app.database.write(lambda session: kept.ensure_current(session, now, app.turns.edition_of) and None)
        return await app.database.write(lambda session: kept.describe(session, None, code, now, **said))

    _done(with_app(work), code)
    _tell(code)


calls.command("criteria")(criteria)


@calls.command("extend")
def extend(
    code: Code,
    closes: Annotated[str, typer.Option(help=f"When it closes now, {MOMENT}.")],
    overlapping: Overlapping = False,
) -> None:
    """Give a call another close, which is still to come; who has something unfinished in it is told."""

    async def work(app: Any) -> tuple[Any, str, int]:
        from storage.calls import calls as kept
        from storage.reminders import deadline_notices

        now, moment = app.turns.now(), moment_of(app, closes, closing=True)
        await app.database.write(lambda session: kept.ensure_current(session, now, app.turns.edition_of) and None)
        found = await app.database.read(lambda session: kept.find(session, code))
        overlap = await _overlap(app, found.opens, moment, code) if found else ""
        trouble = await app.database.write(
            lambda session: kept.move(session, None, code, now, closes=moment, overlaps=overlapping)
        )
        return trouble, overlap, await app.database.read(lambda session: deadline_notices.concerned(session, code))

    trouble, overlap, concerned = with_app(work)
    _done(trouble, code, overlap)
    _tell(code)
    print(f"{concerned} people with something unfinished in it are told.")


@calls.command("close")
def close(code: Code, yes: Yes = False) -> None:
    """Close a call now. What was sent before still counts."""
    concerned = with_app(lambda app: _concerned(app, code))
    confirm(f"This closes the call {code} now; {concerned} people have something unfinished in it.", yes=yes)

    async def work(app: Any) -> Any:
        from storage.calls import calls as kept

        now = app.turns.now()
        return await app.database.write(lambda session: kept.move(session, None, code, now, closes=now, at_once=True))

    _done(with_app(work), code)
    _tell(code)


async def _concerned(app: Any, code: str) -> int:
    """How many people have something unfinished in a call, once it is sure that there is such a call."""
    from storage.calls import calls as kept
    from storage.reminders import deadline_notices

    now = app.turns.now()
    await app.database.write(lambda session: kept.ensure_current(session, now, app.turns.edition_of) and None)
    if await app.database.read(lambda session: kept.find(session, code)) is None:
        fail(f"{code}: {WHY['unknown']}")
    return int(await app.database.read(lambda session: deadline_notices.concerned(session, code)))


@calls.command("rename")
def rename(code: Code, to: Annotated[str, typer.Argument(help="Its new code.", show_default=False)]) -> None:
    """Give a call in which nobody has begun anything another code."""

    async def work(app: Any) -> Any:
        from storage.calls import empty_calls

        now = app.turns.now()
        return await app.database.write(lambda session: empty_calls.rename(session, None, code, to, now))

    _done(with_app(work), code)
    _tell(to)


@calls.command("delete")
def delete(code: Code, yes: Yes = False) -> None:
    """Delete a call in which nobody has begun anything."""
    confirm(f"This deletes the call {code} and its late codes.", yes=yes)

    async def work(app: Any) -> Any:
        from storage.calls import empty_calls

        now = app.turns.now()
        return await app.database.write(lambda session: empty_calls.remove(session, None, code, now))

    _done(with_app(work), code)
    print(f"The call {code} is deleted.")


@calls.command("late")
def late(
    code: Code,
    until: Annotated[str, typer.Option(help=f"Until when it is good, {MOMENT}.")],
    uses: Annotated[int, typer.Option(help="For how many people.")] = 1,
) -> None:
    """A code that reopens a closed call for those who have it."""

    async def work(app: Any) -> Any:
        from storage.calls import late_codes as kept

        now, end = app.turns.now(), moment_of(app, until, closing=True)
        return await app.database.write(
            lambda session: kept.mint(session, None, code, end, uses, now, secrets.token_urlsafe)
        )

    made = with_app(work)
    if made == "past":
        fail(f"{code}: the code must end later than now")
    _done(made, code)
    print(f"/late {made}")


def _version(app: Any, text: str) -> str | None:
    """A version of the questionnaire that there is; None when none was named."""
    there = sorted(app.turns.machine.world.questionnaires)
    if text and text not in there:
        raise typer.BadParameter(f"{text}: expected one of {', '.join(there)}", param_hint="--questionnaire")
    return text or None


def _tell(code: str) -> None:
    """How the call stands by now, in a line."""

    async def work(app: Any) -> tuple[Any, Any]:
        from storage.calls import calls as kept

        return await app.database.read(lambda session: kept.find(session, code)), app.turns.now()

    call, now = with_app(work)
    period = f"from {in_geneva(call.opens)} to {in_geneva(call.closes)}"
    about = f"questionnaire {call.version}, {call.report}, {call.event}"
    print(f"Call {call.code}: {call.state(now)}, {period}; {about}.")


def _done(trouble: Any, code: str, overlap: str = "") -> None:
    from dialogs.domain.organizers.calls import Trouble

    if isinstance(trouble, Trouble):
        fail(f"{code}: {WHY[trouble].format(overlap=overlap)}")


WHY = {
    "exists": "there is such a call already",
    "order": "it must close after it opens",
    "past": "that moment is over (a call is closed at once with: stocktaking calls close)",
    "overlaps": "in that time there is {overlap} as well; new entries go to the call that opened first, and the other "
    "gets none until it closes: say --overlapping if you want that",
    "not_empty": "somebody has begun an entry in it: it can neither be deleted nor renamed",
    "bad_code": "a code has up to 20 letters, digits and hyphens, such as 2028",
    "bad_name": "the name of a report or event has 1 to 120 characters",
    "uses": "it must be for one person at the least",
    "unknown": "there is no such call (see: stocktaking calls list)",
}
