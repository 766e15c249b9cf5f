"""`/remind`: the steps of the reminders and what they say; each is moved, switched off or reworded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, LanguageName, M, Message, Moment, Value
from dialogs.domain.organizers.reminders import MoveStep, ReadReminders, SayReminder, SwitchStep
from dialogs.domain.reminders.plan import EDITABLE, LONGEST, PlanTrouble, ReminderPlan, text_fits
from dialogs.domain.reminders.rules import RULES, ReminderStep, due
from dialogs.domain.roles import Right
from dialogs.domain.values.geneva import GENEVA
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES"]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)

TROUBLES = {
    PlanTrouble.UNKNOWN_STEP: M("odd.old_button"),
    PlanTrouble.DISTANCE: M("plan.distance"),
    PlanTrouble.SAME: M("plan.same"),
    PlanTrouble.HOUR: M("plan.distance"),
}


def open_steps(ctx: StepContext) -> None:
    enter(ctx, "organize_remind")
    ctx.ask(ReadReminders())


def render(ctx: StepContext) -> Screen:
    asked = str(ctx.args.get("asked", ""))
    head = Line(Kind.TITLE, M("plan.title"))
    if asked.startswith("move:"):
        lines: tuple[Line, ...] = (head, Line(Kind.TEXT, M("plan.move_how")))
        return Screen("organize_remind", lines, ways_out(), expects=Expect.NUMBER)
    if asked.startswith("say:"):
        key = asked.partition(":")[2]
        lines = (head, Line(Kind.QUOTE, _text(ctx, key)), Line(Kind.TEXT, _how(key)))
        usual = choices.row(choices.quiet(".usual", M("choice.plan_usual")))
        return Screen("organize_remind", lines, usual + ways_out(), expects=Expect.LONG_TEXT)
    language = LanguageName(ctx.language, own=False)
    lines = (head, *_steps(ctx), Line(Kind.HINT, M("plan.texts", language=language)), *_texts(ctx))
    return Screen("organize_remind", lines, choices.grid(list(_choices(ctx)), 2) + ways_out())


def _kept(ctx: StepContext) -> list[tuple[str, int, bool]]:
    """The steps by name, hours before the close, and whether they are on."""
    return [(str(name), int(hours), bool(on)) for name, hours, on in ctx.args.get("steps", ())]


def _steps(ctx: StepContext) -> Iterator[Line]:
    call, hour = ctx.call, int(ctx.args.get("hour", RULES.hour))
    yield Line(Kind.TEXT, M("plan.hour", hour=Code(f"{hour}:00")))
    for number, (name, hours, on) in enumerate(_kept(ctx), 1):
        distance: Message = M("plan.days", hours // 24) if hours >= 24 else M("plan.hours", hours)
        if not on or call is None:
            yield Line(Kind.ITEM, M("plan.off", number=number, distance=distance))
        else:
            step = ReminderStep(name, hours * HOUR)
            at = Moment(due(step, call.closes, GENEVA))
            yield Line(Kind.ITEM, M("plan.step", number=number, distance=distance, at=at))


def _texts(ctx: StepContext) -> Iterator[Line]:
    for number, key in enumerate(EDITABLE, 1):
        yield Line(Kind.ITEM, M("plan.text", number=number, text=_text(ctx, key)))


def _text(ctx: StepContext, key: str) -> Value:
    """What is said in this organizer's language: the own words, or the usual ones."""
    own = ctx.args.get("texts", {}).get(key, {}).get(ctx.language)
    return str(own) if own else Message(key, {name: Code(f"{{{name}}}") for name in EDITABLE[key]})


def _how(key: str) -> Message:
    wanted = " ".join(f"{{{name}}}" for name in sorted(EDITABLE[key]))
    return M("plan.say_how_with", LONGEST, names=Code(wanted)) if wanted else M("plan.say_how", LONGEST)


def _choices(ctx: StepContext) -> Iterator[Choice]:
    for number, (name, _, on) in enumerate(_kept(ctx), 1):
        label = M("choice.plan_off", number=number) if on else M("choice.plan_on", number=number)
        yield Choice(f"{'off' if on else 'on'}:{name}", label)
        yield Choice(f"move:{name}", M("choice.plan_move", number=number))
    for number, key in enumerate(EDITABLE, 1):
        yield Choice(f"say:{key}", M("choice.plan_say", number=number))


def handle(ctx: StepContext, event: Event) -> None:
    asked = str(ctx.args.get("asked", ""))
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif isinstance(event, Chose):
        _chosen(ctx, event.code, asked)
    elif isinstance(event, Said) and asked:
        _said(ctx, event.text.strip(), *asked.split(":", 1))
    else:
        ctx.note(M("not_understood.review"))


def _chosen(ctx: StepContext, code: str, asked: str) -> None:
    what, _, which = code.partition(":")
    if what in ("off", "on") and which:
        ctx.ask(SwitchStep(which, what == "on"))
    elif what in ("move", "say") and which:
        ctx.update(asked=code)
    elif code == ".usual" and asked.startswith("say:"):
        ctx.ask(SayReminder(asked.partition(":")[2], ctx.language))
    elif asked:
        ctx.update(asked="")
    else:
        to_menu(ctx)


def _said(ctx: StepContext, text: str, what: str, which: str) -> None:
    if what == "move" and text.isdecimal() and len(text) < 5:
        ctx.ask(MoveStep(which, int(text) * DAY))
    elif what == "move":
        ctx.error(M("plan.distance"))
    elif text_fits(which, text):
        ctx.ask(SayReminder(which, ctx.language, text))
    else:
        ctx.error(_how(which))


def _came(ctx: StepContext, result: Any) -> None:
    if isinstance(result, ReminderPlan):
        steps = [[step.name, int(step.before / HOUR), step.on] for step in result.steps]
        texts = {key: dict(said) for key, said in result.texts.items()}
        ctx.update(steps=steps, hour=result.hour, texts=texts, asked="")
    else:
        ctx.error(TROUBLES[result])


ENTRY = MenuEntry("remind", M("choice.remind"), Right.CALLS, open_steps)

ROUTES = {"organize_remind": OrganizerRoute(Right.CALLS, render, handle)}
