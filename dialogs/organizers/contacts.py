"""`/contacts`: who can be reached, by country and language; and a list of contacts taken in when one is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from dialogs import choices
from dialogs.charts import Bar, Bars, Picture
from dialogs.domain.events import Chose, Event, QueryResult, Sent
from dialogs.domain.messages import Country, LanguageName, Listing, M, Size, Value
from dialogs.domain.organizers.contacts import Group, ListState, Reach, ReadReach, TakeList, thawed, total
from dialogs.domain.roles import Right
from dialogs.organizers.routing import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES"]

PAGE = 8
"""Groups on a screen."""

KEPT = 200
"""Groups that a screen can be leafed through; the command shows them all."""

LARGEST = 5_000_000
"""Bytes of a list that is taken in the chat: some fifty thousand rows. Longer ones go through the command."""


def open_contacts(ctx: StepContext) -> None:
    enter(ctx, "organize_contacts")
    ctx.ask(ReadReach())


def render(ctx: StepContext) -> Screen:
    """The numbers of all contacts, then of each group; what became of the list that was sent last."""
    groups = [Group(*group) for group in ctx.args.get("groups", ())]
    sum_ = Group(*ctx.args["total"]) if "total" in ctx.args else Group("", "")
    page = int(ctx.args.get("page", 0))
    lines = [Line(Kind.TITLE, M("contacts.title")), *_last_list(ctx.args.get("list"))]
    lines += [Line(Kind.TEXT, text) for text in _numbers(sum_)]
    for group in groups[page * PAGE : (page + 1) * PAGE]:
        lines.append(Line(Kind.ITEM, _group(group)))
    lines.append(Line(Kind.HINT, M("contacts.send_list", size=Size(LARGEST))))
    picture = Picture(_chart(sum_), M("stats.alt", title=M("contacts.title"))) if sum_.invited and not page else None
    rows = _pages(len(groups), page) + choices.row(choices.quiet(".look", M("choice.look_again"))) + ways_out()
    return Screen("organize_contacts", tuple(lines), rows, expects=Expect.FILE, picture=picture)


def _numbers(sum_: Group) -> Iterable[Value]:
    yield M("contacts.invited", sum_.invited)
    if sum_.invited:
        yield M("contacts.started", started=sum_.started, waiting=sum_.invited - sum_.started)
        yield M(
            "contacts.stand",
            reachable=sum_.reachable,
            opted_out=sum_.opted_out,
            blocked=sum_.blocked,
            web_only=sum_.web_only,
        )


def _group(group: Group) -> Value:
    return M(
        "contacts.group",
        country=Country(group.country) if group.country else M("contacts.unknown"),
        language=LanguageName(group.language, own=False) if group.language else M("contacts.unknown"),
        invited=group.invited,
        started=group.started,
        reachable=group.reachable,
    )


def _chart(sum_: Group) -> Bars:
    bars = (
        Bar(M("contacts.bar.invited"), sum_.invited),
        Bar(M("contacts.bar.started"), sum_.started),
        Bar(M("contacts.bar.reachable"), sum_.reachable),
        Bar(M("contacts.bar.opted_out"), sum_.opted_out),
        Bar(M("contacts.bar.blocked"), sum_.blocked),
        Bar(M("contacts.bar.web_only"), sum_.web_only),
    )
    return Bars(M("contacts.title"), bars, sum_.invited)


def _pages(count: int, page: int) -> choices.Rows:
    last = max(0, (count - 1) // PAGE)
    earlier = choices.quiet(f".page:{page - 1}", M("choice.previous_page")) if page else None
    later = choices.quiet(f".page:{page + 1}", M("choice.next_page", page=page + 2, pages=last + 1))
    return choices.row(earlier, later if page < last else None)


def _last_list(kept: Any) -> Iterable[Line]:
    if kept is None:
        return
    name, result = kept
    if result is None:
        yield Line(Kind.NOTE, M("contacts.list.reading", name=name))
    elif "error" in result:
        yield Line(Kind.ERROR, thawed(result["error"]))
    else:
        numbers = {key: result[key] for key in ("new", "changed", "same", "refused")}
        yield Line(Kind.NOTE, M("contacts.list.done", name=name, **numbers))
        if result.get("lacking"):
            yield Line(Kind.TEXT, M("contacts.list.lacking", result["lacking"]))
        if result.get("unused"):
            yield Line(Kind.HINT, M("contacts.list.unused", columns=Listing(tuple(map(str, result["unused"])))))
        for row, what in result["problems"]:
            yield Line(Kind.ITEM, M("contacts.list.row", row=row, what=thawed(what)))
        left = result.get("all", result["refused"]) - len(result["problems"])
        if left:
            yield Line(Kind.HINT, M("contacts.list.more", left))


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        _keep(ctx, event.result)
    elif isinstance(event, Sent):
        _take(ctx, event)
    elif isinstance(event, Chose) and event.code.startswith(".page:"):
        ctx.update(page=int(event.code.partition(":")[2]))
    elif isinstance(event, Chose) and event.code == ".look":
        ctx.ask(ReadReach())
    elif isinstance(event, Chose):
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _take(ctx: StepContext, event: Sent) -> None:
    if event.file.size > LARGEST:
        ctx.error(M("contacts.list.too_large", size=Size(LARGEST)))
    else:
        ctx.ask(TakeList(event.file))


def _keep(ctx: StepContext, reach: Reach) -> None:
    groups = [list(astuple(group)) for group in reach.groups[:KEPT]]
    state: ListState | None = reach.list
    kept = [state.name, state.result] if state is not None else None
    ctx.update(groups=groups, total=list(astuple(total(reach.groups))), list=kept, page=None)


ENTRY = MenuEntry("contacts", M("choice.contacts"), Right.CONTACTS, open_contacts)

ROUTES = {"organize_contacts": OrganizerRoute(Right.CONTACTS, render, handle)}
