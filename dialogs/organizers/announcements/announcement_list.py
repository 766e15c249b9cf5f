"""The announcements: the newest ones, and a new one."""

from __future__ import annotations

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import M
from dialogs.domain.organizers.announcements import Compose, ListAnnouncements, LookAt
from dialogs.domain.roles import Right, may
from dialogs.organizers.announcements.view import HUB, LIST, STATES, answered
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES"]


PAGE = ListAnnouncements().limit


def open_list(ctx: StepContext) -> None:
    enter(ctx, LIST)
    ctx.ask(ListAnnouncements())


def render(ctx: StepContext) -> Screen:
    lines = [Line(Kind.TITLE, M("announcements.title"))]
    ways: list[Choice] = []
    listed = list(ctx.args.get("listed", ()))
    for number, (id, state, words) in enumerate(listed[:PAGE], 1):
        item = M("announcements.item", number=number, id=id, state=STATES[state], words=words or "…")
        lines.append(Line(Kind.ITEM, item))
        ways.append(Choice(f"see:{id}", M("choice.announcement", number=id), number=number))
    if not ways:
        lines.append(Line(Kind.TEXT, M("announcements.none")))
    new = choices.primary(".compose", M("choice.announce_new")) if may(ctx.conversation.role, Right.ANNOUNCE) else None
    older = choices.quiet(".older", M("choice.older")) if len(listed) > PAGE else None
    return Screen(LIST, tuple(lines), choices.grid(ways, 4) + choices.row(older, new) + ways_out())


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult) and isinstance(event.result, tuple):
        ctx.update(listed=[[each.id, each.state, each.words] for each in event.result])
    elif answered(ctx, event, HUB, **({"asking": ctx.args["asking"]} if "asking" in ctx.args else {})):
        return
    elif isinstance(event, Chose) and event.code == ".compose":
        ctx.ask(Compose(ctx.language))
    elif isinstance(event, Chose) and event.code == ".older" and ctx.args.get("listed"):
        ctx.ask(ListAnnouncements(before=int(ctx.args["listed"][:PAGE][-1][0])))
    elif isinstance(event, Chose) and event.code.startswith("see:"):
        ctx.ask(LookAt(int(event.code.partition(":")[2])))
    elif isinstance(event, Chose):
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


ENTRY = MenuEntry("announcements", M("choice.announcements"), Right.TRANSLATE, open_list)

ROUTES = {LIST: OrganizerRoute(Right.TRANSLATE, render, handle)}
