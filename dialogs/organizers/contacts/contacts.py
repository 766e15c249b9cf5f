"""`/contacts`: who can be reached, by country and language; a list taken in when one is sent; a contact found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, astuple
from typing import Any

from dialogs import choices
from dialogs.charts import Bar, Bars, Picture
from dialogs.domain.events import Chose, Event, QueryResult, Said, Sent
from dialogs.domain.messages import Country, LanguageName, Listing, M, Message, Size, Value
from dialogs.domain.organizers.contact_deeds import ReadRowsToMend, RowsToMend
from dialogs.domain.organizers.contacts import Group, ListState, Reach, ReadReach, TakeList, thawed, total
from dialogs.domain.roles import Right
from dialogs.organizers.contacts import contact_card, contact_imports, contact_search
from dialogs.organizers.contacts.contact_search import open_contacts
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, to_menu, ways_out
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.tables import Table

__all__ = ["ENTRY", "LARGEST", "ROUTES", "group_line", "numbers"]

PAGE = 8
"""Groups on a screen."""

KEPT = 200
"""Groups that a screen can be leafed through; the command shows them all."""

LARGEST = 5_000_000
"""Bytes of a list that is taken in the chat: some fifty thousand rows. Longer ones go through the command."""


def render(ctx: StepContext) -> Screen:
    """The numbers of all contacts, then of each group; what became of the list that was sent last."""
    groups = [Group(*group) for group in ctx.args.get("groups", ())]
    sum_ = Group(*ctx.args["total"]) if "total" in ctx.args else Group("", "")
    page = int(ctx.args.get("page", 0))
    lines = [Line(Kind.TITLE, M("contacts.title")), *_last_list(ctx.args.get("list"))]
    lines += [Line(Kind.TEXT, text) for text in numbers(sum_)]
    for group in groups[page * PAGE : (page + 1) * PAGE]:
        lines.append(Line(Kind.ITEM, group_line(group)))
    lines.append(Line(Kind.HINT, M("contacts.send_list", size=Size(LARGEST))))
    lines.append(Line(Kind.HINT, M("contacts.find_how")))
    if "mend" in ctx.args:
        table = _to_mend(ctx) if ctx.args["mend"]["rows"] else None
        return Screen("organize_contacts", (lines[0], _mended(ctx)), ways_out(), expects=Expect.FILE, table=table)
    picture = Picture(_chart(sum_), M("stats.alt", title=M("contacts.title"))) if sum_.invited and not page else None
    look, past = choices.quiet(".look", M("choice.look_again")), choices.quiet(".imports", M("choice.imports"))
    rows = _pages(len(groups), page) + choices.row(*_mend_way(ctx)) + choices.row(look, past) + ways_out()
    return Screen("organize_contacts", tuple(lines), rows, expects=Expect.FILE, picture=picture)


def numbers(sum_: Group) -> Iterable[Value]:
    """How many contacts there are, and how many can be reached."""
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


def group_line(group: Group) -> Value:
    """A group in a line."""
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


def _mend_way(ctx: StepContext) -> Iterable[Choice]:
    """The file of the rows to mend, where there are any."""
    _, result = ctx.args.get("list") or ("", None)
    if result is not None and result.get("mend"):
        yield Choice(".mend", M("choice.rows_to_mend"))


def _mended(ctx: StepContext) -> Line:
    number = len({number for _, number, _ in ctx.args["mend"]["rows"]})
    return Line(Kind.TEXT, M("contacts.mend_how", number) if number else M("contacts.mend_none"))


def _to_mend(ctx: StepContext) -> Table:
    """The rows as they stand below the list's own header, each with its number and what is wrong with it."""
    kept = ctx.args["mend"]
    wide = len(kept["header"])
    rows: dict[int, tuple[list[str], list[Message]]] = {}
    for cells, number, what in kept["rows"]:
        rows.setdefault(number, (cells, []))[1].append(thawed(what))
    most = max((len(wrong) for _, wrong in rows.values()), default=1)
    head = (*kept["header"], M("contacts.mend.row"), M("contacts.mend.what"), *[""] * (most - 1))
    body: Iterable[tuple[Value, ...]] = (
        (*cells[:wide], *[""] * (wide - len(cells)), number, *wrong, *[""] * (most - len(wrong)))
        for number, (cells, wrong) in sorted(rows.items())
    )
    return Table("contacts-to-correct", (head, *body))


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult) and isinstance(event.result, RowsToMend):
        ctx.update(mend=asdict(event.result))
    elif isinstance(event, QueryResult):
        _keep(ctx, event.result)
    elif isinstance(event, Said):
        contact_search.search(ctx, event.text)
    elif isinstance(event, Chose) and event.code == ".imports":
        contact_imports.open_imports(ctx)
    elif isinstance(event, Chose) and event.code == ".mend":
        ctx.ask(ReadRowsToMend())
    elif isinstance(event, Chose) and "mend" in ctx.args:
        open_contacts(ctx)
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


ENTRY = MenuEntry("contacts", M("choice.contacts"), Right.CONTACTS, open_contacts, contact_search.find)

ROUTES = {
    "organize_contacts": OrganizerRoute(Right.CONTACTS, render, handle),
    **contact_search.ROUTES,
    **contact_card.ROUTES,
    **contact_imports.ROUTES,
}
