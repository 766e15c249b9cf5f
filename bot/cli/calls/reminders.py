"""`stocktaking reminders`: which reminders there are, when they come, what they say, and whom they will reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.input import counted, fail, in_geneva
from bot.cli.runtime import with_app

__all__ = ["reminders"]

reminders = typer.Typer(help="Reminders: their days, their words, and whom they will reach.", no_args_is_help=True)

Step = Annotated[str, typer.Argument(help="A step, by the name that `show` gives it, such as 14d.", show_default=False)]


@reminders.command("show")
def show(
    form: Annotated[str, typer.Option("--format", help="text, or yaml: the file that `set` takes")] = "text",
) -> None:
    """The steps with their days for the present call, and the texts of every language."""
    if form not in ("text", "yaml"):
        raise typer.BadParameter(f"{form}: expected one of text, yaml", param_hint="--format")

    async def work(app: Any) -> str:
        from bot.scheduling import reminder_file
        from storage.calls import calls
        from storage.reminders import reminder_settings

        plan = await app.database.read(reminder_settings.read)
        if form == "yaml":
            return reminder_file.write(plan, app.words)
        now = app.turns.now()
        call = await app.database.read(lambda session: calls.current(session, now, app.turns.edition_of))
        return "\n".join([*_steps(plan, call), *_texts(plan, app.words)])

    print(with_app(work))


def _steps(plan: Any, call: Any) -> list[str]:
    from dialogs.domain.reminders.rules import due
    from dialogs.domain.values.geneva import GENEVA

    known = {step.name: step for step in plan.rules.ladder}
    lines = [
        f"Call {call.code} closes {in_geneva(call.closes)}. Days come at {plan.hour}:00 of the reader's own clock."
    ]
    for step in plan.steps:
        rung = known.get(step.name)
        when = in_geneva(due(rung, call.closes, GENEVA, plan.rules)) if rung is not None else "off"
        lines.append(f"{step.name}\t{_distance(step.before)} before\t{when}")
    return lines


def _distance(before: timedelta) -> str:
    days, hours = before.days, before.seconds // 3600
    return f"{days} days" if days > 1 else "1 day" if days else f"{hours} hours"


def _texts(plan: Any, words: Any) -> list[str]:
    from dialogs.domain.reminders.plan import EDITABLE

    lines = []
    for key in EDITABLE:
        lines.append(f"\n{key}")
        for language in words.languages:
            own = plan.texts.get(key, {}).get(language)
            usual = "".join(words.forms(language, key)[-1:])
            lines.append(f"  {language}  {own or usual}{'  (own words)' if own else ''}")
    return lines


@reminders.command("set")
def set_from_file(
    file: Annotated[Path, typer.Argument(help="A file as `show --format yaml` writes it.", show_default=False)],
) -> None:
    """Let a file hold from now on: steps, hour and texts. What is wrong is named, and nothing is changed."""

    async def work(app: Any) -> tuple[Any, list[str]]:
        from bot.scheduling import reminder_file

        plan, faults = reminder_file.read(file.read_text("utf-8-sig"), app.words)
        return (await _keep(app, lambda _: plan) if not faults else None), faults

    try:
        trouble, faults = with_app(work)
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8")
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        fail(f"{file} has {counted(len(faults), 'fault')}, and nothing was changed")
    _done(trouble)
    show("text")


@reminders.command("off")
def switch_off(step: Step) -> None:
    """Switch a step off, for everybody."""
    _change(lambda plan: replace(plan, off=plan.off | {step}))


@reminders.command("on")
def switch_on(step: Step) -> None:
    """Switch a step on again."""
    _change(lambda plan: replace(plan, off=plan.off - {step}))


@reminders.command("move")
def move(
    step: Step,
    days: Annotated[int, typer.Option(help="So many days before the close.")] = 0,
    hours: Annotated[int, typer.Option(help="So many hours before the close, within its last day.")] = 0,
) -> None:
    """Have a step come earlier or later."""
    if bool(days) == bool(hours):
        raise typer.BadParameter("say either --days or --hours")
    before = timedelta(days=days, hours=hours)
    _change(lambda plan: replace(plan, before={**plan.before, step: before}))


def _change(change: Any) -> None:
    _done(with_app(lambda app: _keep(app, change)))
    show("text")


async def _keep(app: Any, change: Any) -> Any:
    from storage.reminders import reminder_settings

    def work(session: Any) -> Any:
        return reminder_settings.keep(session, None, change(reminder_settings.read(session)), app.turns.now())

    return await app.database.write(work)


def _done(trouble: Any) -> None:
    if trouble is not None:
        fail(WHY[trouble])


WHY = {
    "unknown_step": "there is no such step (see: stocktaking reminders show)",
    "distance": "a step comes 1 to 23 hours, or 1 to 120 whole days before the close",
    "same": "another step comes at that time already: switch one of them off, or move it",
    "hour": "the hour is from 9 to 17",
}


@reminders.command("preview")
def preview(
    at: Annotated[str, typer.Option(help="The day, such as 2027-02-22; it begins and ends in Geneva.")],
    person: Annotated[int, typer.Option(help="Only this person, by number: with what they will read.")] = 0,
) -> None:
    """Whom we will write to on a day, as that day will be, and whom not and why. Sends nothing."""

    async def work(app: Any) -> list[str]:
        from bot.cli.input import moment_of
        from bot.scheduling.reminders import Reminders

        begin, end = _day(moment_of(app, at, closing=False))
        found = await Reminders(app.database, app.turns.machine.world.questionnaires, app.words).outlook(
            begin, end, app.turns.now()
        )
        if person:
            found = [each for each in found if each.person == person]
        lines = await _listed(app, found)
        if person and (read := await _read(app, person, begin, found)):
            lines += ["", read]
        return lines

    print("\n".join(with_app(work)))


def _day(moment: datetime) -> tuple[datetime, datetime]:
    """The day in Geneva that a moment is in: begin and end."""
    from dialogs.domain.values.geneva import GENEVA

    begin = moment.astimezone(GENEVA).replace(hour=0, minute=0, second=0, microsecond=0)
    return begin, begin + timedelta(days=1)


async def _listed(app: Any, found: list[Any]) -> list[str]:
    from storage.people import people

    names = await app.database.read(lambda session: {each.person: people.name(session, each.person) for each in found})
    counts = Counter(each.why or "send" for each in found)
    total = ", ".join(f"{count} {WHY_NOT.get(why, why)}" for why, count in counts.most_common())
    lines = ["person\tname\tzone\tstep\twhen\twhat"] if found else []
    lines += [
        f"{each.person}\t{names[each.person] or '-'}\t{each.zone}\t{each.rung}\t{in_geneva(each.at)}\t"
        f"{WHY_NOT.get(each.why or 'send', each.why)}"
        for each in sorted(found, key=lambda each: (each.at, each.person))
    ]
    return [*lines, total or "Nobody."]


async def _read(app: Any, person: int, day: datetime, found: list[Any]) -> str:
    from bot.channels.terminal.text_renderer import as_text
    from bot.scheduling.reminders import Reminders
    from storage.reminders import reminder_settings

    ladder = (await app.database.read(reminder_settings.read)).rules.ladder
    last = bool(ladder) and any(each.rung == ladder[-1].name for each in found)
    reminder = await Reminders(app.database, app.turns.machine.world.questionnaires, app.words).preview(
        person, day, last=last
    )
    if reminder is None:
        return "There is nothing to remind this person of."
    return str(as_text(reminder.screen, app.words, reminder.language, reminder.zone))


WHY_NOT: Mapping[str, str] = {
    "send": "will be written to",
    "closed": "not: the call has closed",
    "submitted": "not: nothing is unfinished",
    "declined": "not: said “not this year”",
    "setting": "not: wants no such reminders",
    "superseded": "not: a later step comes instead",
    "begun_since": "not: began only after the step's moment",
    "reminded": "not: was reminded shortly before",
    "snoozed": "not: asked to be reminded later",
    "cap": "not: had the most that anybody gets",
    "night": "not: it would be night until the close",
    "unreachable": "not: cannot be reached",
}
