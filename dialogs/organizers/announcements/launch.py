"""When it is sent, and the second yes: it repeats how many people it goes to, and how long that takes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs import choices
from dialogs.domain.events import Chose, Event, Said
from dialogs.domain.messages import Code, M, Message, Moment
from dialogs.domain.organizers.announcements import ActionResult, Launch, Sheet
from dialogs.domain.roles import Right
from dialogs.domain.values.geneva import GENEVA_NAME
from dialogs.organizers.announcements.summary import size_and_time, summary, what_is_missing
from dialogs.organizers.announcements.view import HUB, answered, blockers, kept, planned_for, sheet_of, title
from dialogs.organizers.datetime_input import MORNING, read_moment
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.text.normalize import western_digits

__all__ = ["ROUTES"]

SEND = f"{HUB}_send"
SURE = f"{HUB}_sure"


GROUPING = re.compile(r"[\s.,'’٬،\u00a0\u202f]")


def render(ctx: StepContext) -> Screen:
    """Now, or at a moment that is typed in the organizer's own clock."""
    example = f"{ctx.at + timedelta(days=7):%Y-%m-%d} 09:00"
    how = M("announcement.when_how", example=Code(example), zone=Code(_zone(ctx)))
    lines: tuple[Line, ...] = (Line(Kind.TITLE, M("announcement.when")), Line(Kind.HINT, how))
    planned = planned_for(sheet_of(ctx), ctx.at)
    now = Choice("now", M("choice.announce_now")) if planned else choices.primary("now", M("choice.announce_now"))
    rows = choices.row(now, choices.back())
    if planned is not None:
        lines = (*lines, Line(Kind.TEXT, M("announcement.planned", at=Moment(planned))))
        rows = choices.row(choices.primary("planned", M("choice.announce_planned"))) + rows
    return Screen(SEND, lines, rows, expects=Expect.TEXT)


def _zone(ctx: StepContext) -> str:
    return ctx.conversation.person.zone or GENEVA_NAME


def handle(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    if answered(ctx, event):
        return
    if isinstance(event, Chose) and event.code == "now":
        ctx.goto(SURE, sheet=kept(sheet))
    elif isinstance(event, Chose) and event.code == "planned":
        ctx.goto(SURE, sheet=kept(sheet), at=sheet.due)
    elif isinstance(event, Said):
        _at(ctx, event.text)
    elif isinstance(event, Chose):
        ctx.goto(HUB, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


def _at(ctx: StepContext, text: str) -> None:
    """A typed moment; the second yes says it back in the organizer's own clock and in Geneva's."""
    today = ctx.at.astimezone(ZoneInfo(_zone(ctx))).date()
    moment = read_moment(text, ctx.world.vocabulary.months, _zone(ctx), MORNING, today)
    if isinstance(moment, Message):
        ctx.error(moment)
    elif moment <= ctx.at:
        ctx.error(M("announcement.is_past"))
    else:
        ctx.goto(SURE, sheet=ctx.args["sheet"], at=moment.isoformat())


def render_sure(ctx: StepContext) -> Screen:
    sheet, at = sheet_of(ctx), ctx.args.get("at")
    moment = Moment(datetime.fromisoformat(str(at))) if at else None
    lines = (
        Line(Kind.TITLE, title(sheet.id, sheet.state)),
        *summary(sheet, ctx.world.vocabulary.languages),
        *size_and_time(sheet),
        Line(Kind.TEXT, M("announcement.at", at=moment) if moment else M("announcement.at_once")),
        *what_is_missing(sheet),
    )
    if blockers(sheet):
        return Screen(SURE, lines, choices.row(choices.back()))
    ask = Line(Kind.TEXT, M("announcement.sure", sheet.size))
    yes = Choice("launch", M("choice.announce_launch", sheet.size))
    return Screen(SURE, (*lines, ask), choices.row(yes, choices.back()))


def handle_sure(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    at = ctx.args.get("at")
    if answered(ctx, event):
        if ActionResult(getattr(getattr(event, "result", None), "happened", "")) is ActionResult.RECOUNT:
            ctx.goto(SURE, **ctx.args, **({"at": at} if at else {}))
        return
    if isinstance(event, Chose) and event.code == "launch":
        _launch(ctx, sheet)
    elif isinstance(event, Said):
        _typed(ctx, sheet, event.text)
    elif isinstance(event, Chose):
        ctx.goto(HUB, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


def _typed(ctx: StepContext, sheet: Sheet, text: str) -> None:
    """The number typed is as good as the tap; another one is a reason to stop and look."""
    number = GROUPING.sub("", western_digits(text))
    if number == str(sheet.size) and not blockers(sheet):
        _launch(ctx, sheet)
    else:
        ctx.error(M("announcement.another_number", sheet.size))


def _launch(ctx: StepContext, sheet: Sheet) -> None:
    at = ctx.args.get("at")
    ctx.ask(Launch(sheet.id, datetime.fromisoformat(str(at)) if at else None, sheet.size))


ROUTES = {
    SEND: OrganizerRoute(Right.ANNOUNCE, render, handle),
    SURE: OrganizerRoute(Right.ANNOUNCE, render_sure, handle_sure),
}
