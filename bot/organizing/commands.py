"""`stocktaking organizers`, `stocktaking calls` and `stocktaking remind`."""

from __future__ import annotations

import secrets
from datetime import datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.running import with_app

__all__ = ["calls", "organizers", "remind"]

organizers = typer.Typer(help="Who runs the call, and what they did.", no_args_is_help=True)
calls = typer.Typer(help="The yearly calls: open, extend, close.", no_args_is_help=True)

MOMENT = "such as 2027-03-01T18:00; Geneva's time unless a zone is added"
Code = Annotated[str, typer.Argument(help="The call's code, such as 2027.", show_default=False)]


@organizers.command("list")
def list_organizers() -> None:
    """The organizers whom the bot has met, with their roles."""

    async def work(app: Any) -> Any:
        from storage import organizers as kept

        return await app.database.read(kept.everyone)

    found = with_app(work)
    for each in found:
        print(f"{each.person}\t{each.role}\t{each.name or '-'}{'  (settings)' if each.named else ''}")
    if not found:
        print("No organizers yet: set STOCKTAKING_ORGANIZERS, or run: stocktaking organizers invite owner")


@organizers.command("invite")
def invite(
    role: Annotated[str, typer.Argument(help="owner, organizer, reviewer or translator", show_default=False)],
) -> None:
    """A line that makes whoever writes it to the bot an organizer, once."""
    from dialogs.organizing.roles import Role

    if role not in set(Role):
        raise typer.BadParameter(f"{role}: expected one of {', '.join(Role)}", param_hint="ROLE")

    async def work(app: Any) -> Any:
        from storage import organizers as kept

        now = app.turns.now()
        return await app.database.write(
            lambda session: kept.invite(session, None, Role(role), now, secrets.token_urlsafe)
        )

    made = with_app(work)
    print(f"/start org-{made.token}")
    typer.echo(f"It works once, until {made.until:%Y-%m-%d %H:%M} UTC.", err=True)


@organizers.command("remove")
def remove(person: Annotated[int, typer.Argument(help="The number that `organizers list` shows.")]) -> None:
    """Take an organizer's role away, at once."""

    async def work(app: Any) -> bool:
        from storage import organizers as kept

        now = app.turns.now()
        return bool(await app.database.write(lambda session: kept.dismiss(session, None, person, now)))

    if not with_app(work):
        _fail(f"{person} cannot be removed: no organizer, named in the settings, or the last owner")
    print("Removed.")


@organizers.command("log")
def show_log(limit: Annotated[int, typer.Option(help="How many lines, newest first.")] = 50) -> None:
    """Who did what."""

    async def work(app: Any) -> list[str]:
        from dialogs.organizing.history import sentence
        from storage import organizers as kept

        lines = await app.database.read(lambda session: kept.log(session, None, limit))
        return [f"{line.at:%Y-%m-%d %H:%M} UTC\t{app.words.say(sentence(line), 'en')}" for line in lines]

    print("\n".join(with_app(work)) or "Nothing yet.")


@calls.command("list")
def list_calls() -> None:
    """All calls, the one that counts now first."""

    async def work(app: Any) -> list[str]:
        from storage import calls as kept

        now = app.turns.now()
        await app.database.write(lambda session: kept.ensure_current(session, now) and None)
        found = await app.database.read(lambda session: kept.every(session, now))
        return [
            f"{call.code}\t{call.state(now)}\t{call.opens:%Y-%m-%dT%H:%MZ}\t{call.closes:%Y-%m-%dT%H:%MZ}"
            f"\t{call.report}\t{call.event}\t{call.version}"
            for call in found
        ]

    print("\n".join(with_app(work)))


@calls.command("create")
def create(
    code: Code,
    opens: Annotated[str, typer.Option(help=f"When it opens, {MOMENT}.")],
    closes: Annotated[str, typer.Option(help=f"When it closes, {MOMENT}.")],
    report: Annotated[str, typer.Option(help="The report it feeds; the year's usual one when absent.")] = "",
    event: Annotated[str, typer.Option(help="The event it feeds; the year's usual one when absent.")] = "",
    questionnaire: Annotated[str, typer.Option(help="Its version; the year's, else the newest, when absent.")] = "",
) -> None:
    """Make a call."""

    async def work(app: Any) -> Any:
        from dialogs.organizing.requests.calls import CallWish
        from storage import calls as kept

        now = app.turns.now()
        wish = CallWish(code, _moment(app, opens, False), _moment(app, closes, True), report, event)
        versions = app.turns.machine.world.questionnaires
        year = str(wish.closes.astimezone(ZoneInfo(wish.zone)).year)
        version = _version(app, questionnaire) or (year if year in versions else max(versions))
        return await app.database.write(lambda session: kept.create(session, None, wish, version, now))

    _done(with_app(work), code)


@calls.command("describe")
def describe(
    code: Code,
    report: Annotated[str, typer.Option(help="The report it feeds.")] = "",
    event: Annotated[str, typer.Option(help="The event it feeds.")] = "",
    questionnaire: Annotated[str, typer.Option(help="The version that entries begun from now on are asked.")] = "",
) -> None:
    """Say what a call feeds, or choose its questionnaire; what is not given stays as it is."""

    async def work(app: Any) -> Any:
        from storage import calls as kept

        now = app.turns.now()
        said = {"report": report or None, "event": event or None, "version": _version(app, questionnaire)}
        await app.database.write(lambda session: kept.ensure_current(session, now) and None)
        return await app.database.write(lambda session: kept.describe(session, None, code, now, **said))

    _done(with_app(work), code)


@calls.command("extend")
def extend(code: Code, closes: Annotated[str, typer.Option(help=f"When it closes now, {MOMENT}.")]) -> None:
    """Give a call another close; who has something unfinished in it is told."""
    _move(code, closes)


@calls.command("close")
def close(code: Code) -> None:
    """Close a call now. What was sent before still counts."""
    _move(code, None)


def _move(code: str, closes: str | None) -> None:
    async def work(app: Any) -> Any:
        from storage import calls as kept

        now = app.turns.now()
        moment = now if closes is None else _moment(app, closes, True)
        await app.database.write(lambda session: kept.ensure_current(session, now) and None)
        return await app.database.write(lambda session: kept.move(session, None, code, now, closes=moment))

    _done(with_app(work), code)


@calls.command("late")
def late(
    code: Code,
    until: Annotated[str, typer.Option(help=f"Until when it is good, {MOMENT}.")],
    uses: Annotated[int, typer.Option(help="For how many people.")] = 1,
) -> None:
    """A code that reopens a closed call for those who have it."""

    async def work(app: Any) -> Any:
        from storage import late as kept

        now, end = app.turns.now(), _moment(app, until, True)
        return await app.database.write(
            lambda session: kept.mint(session, None, code, end, uses, now, secrets.token_urlsafe)
        )

    made = with_app(work)
    _done(made, code)
    print(f"/late {made}")


def remind(
    at: Annotated[str, typer.Option(help=f"The moment, {MOMENT}.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list them. The service sends by itself.")] = False,
) -> None:
    """Whom a reminder would reach at a moment, and which. Sends nothing."""
    if not dry_run:
        raise typer.BadParameter("reminders go out by themselves: add --dry-run to see which", param_hint="--dry-run")

    async def work(app: Any) -> list[str]:
        from bot.calls.reminders import Reminders

        moment = _moment(app, at, False)
        found = await Reminders(app.database, app.turns.machine.world.questionnaires).rehearse(moment)
        return [f"{each.person}\t{each.zone}\t{each.rung}\t{_verdict(each.verdict)}" for each in found]

    print("\n".join(with_app(work)) or "Nobody.")


def _verdict(verdict: Any) -> str:
    from bot.calls.ladder import Send, Wait

    if isinstance(verdict, Send):
        return "send"
    return f"wait until {verdict.until:%Y-%m-%dT%H:%MZ}" if isinstance(verdict, Wait) else f"skip: {verdict.why}"


def _moment(app: Any, text: str, is_close: bool) -> datetime:
    """A moment as typed. A date alone is its end for a close, else nine in the morning."""
    from dialogs.messages import Message
    from dialogs.organizing.moments import END_OF_DAY, MORNING, read_moment
    from dialogs.organizing.requests.calls import GENEVA

    default: time = END_OF_DAY if is_close else MORNING
    found = read_moment(text, app.turns.machine.world.vocabulary.months, GENEVA, default, app.turns.now().date())
    if isinstance(found, Message):
        raise typer.BadParameter(f"{text}: expected a moment {MOMENT}")
    return found


def _version(app: Any, text: str) -> str | None:
    """A version of the questionnaire that there is; None when none was named."""
    there = sorted(app.turns.machine.world.questionnaires)
    if text and text not in there:
        raise typer.BadParameter(f"{text}: expected one of {', '.join(there)}", param_hint="--questionnaire")
    return text or None


def _done(trouble: Any, code: str) -> None:
    from dialogs.organizing.requests.calls import Trouble

    if isinstance(trouble, Trouble):
        _fail(f"{code}: {WHY[trouble]}")


WHY = {
    "exists": "there is such a call already",
    "order": "it must close after it opens, and a code must end later than now",
    "unknown": "there is no such call (see: stocktaking calls list)",
}


def _fail(what: str) -> None:
    typer.echo(f"stocktaking: {what}", err=True)
    raise typer.Exit(1)
