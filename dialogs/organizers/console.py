"""`/console`: a link into the console in a browser, and out of it everywhere."""

from __future__ import annotations

from datetime import datetime

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M, Moment
from dialogs.domain.organizers.console import ConsoleLink, MintConsoleLink, SignOutEverywhere
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Kind, Line, Screen, Style
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES"]


def open_console(ctx: StepContext) -> None:
    enter(ctx, "organize_console")
    ctx.ask(MintConsoleLink())


def render(ctx: StepContext) -> Screen:
    """The link, as a button where a browser can follow it from here; it is kept nowhere but in this screen's place."""
    lines = [Line(Kind.TITLE, M("console.title")), Line(Kind.TEXT, M("console.what"))]
    link, until = ctx.args.get("link"), ctx.args.get("until")
    rows: choices.Rows = ()
    if isinstance(link, str) and isinstance(until, str) and datetime.fromisoformat(until) > ctx.tools.now:
        lines.append(Line(Kind.TEXT, M("console.until", at=Moment(datetime.fromisoformat(until)))))
        lines.append(Line(Kind.TEXT, Code(link)))
        if link.startswith("https://"):
            rows += choices.row(Choice(".open", M("choice.console_enter"), Style.PRIMARY, url=link))
    else:
        lines.append(Line(Kind.TEXT, M("console.over")))
    again = choices.quiet(".again", M("choice.console_again"))
    rows += choices.row(again) + choices.row(choices.quiet(".out", M("choice.sign_out_everywhere")))
    return Screen("organize_console", tuple(lines), rows + ways_out())


def handle(ctx: StepContext, event: Event) -> None:
    code = event.code if isinstance(event, Chose) else ""
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif code == ".again":
        ctx.ask(MintConsoleLink())
    elif code == ".out":
        ctx.ask(SignOutEverywhere())
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _came(ctx: StepContext, result: ConsoleLink | None) -> None:
    if result is None:
        ctx.note(M("console.signed_out_everywhere"))
        ctx.update(link=None, until=None)
    else:
        ctx.update(link=f"{result.site}{result.path}", until=result.until.isoformat())


ENTRY = MenuEntry("console", M("choice.console"), None, open_console)

ROUTES = {"organize_console": OrganizerRoute(None, render, handle)}
