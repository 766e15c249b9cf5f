"""`/entries`: entries that were sent, found by Action Line, goal, country, year and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, Country, Listing, M, Message, Value
from dialogs.domain.organizers.entry_search import Found, FoundEntry, ReadEntry, SearchEntries, Wanted
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild
from dialogs.knowledge.action_lines import number_of
from dialogs.organizers.entries.entry_query import understood
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "PAGE", "ROUTES", "card", "found", "of_search", "pages"]

PAGE = 6


def open_register(ctx: StepContext) -> None:
    enter(ctx, "organize_entries")
    ctx.ask(SearchEntries(Wanted(), limit=PAGE))


def find_entries(ctx: StepContext, text: str) -> None:
    """The entries that these words, codes and names ask for."""
    enter(ctx, "organize_entries")
    _search(ctx, understood(text, ctx.world.vocabulary))


def render(ctx: StepContext) -> Screen:
    """What is looked for, how many there are, and a page of them."""
    wanted, page, number = of_search(ctx)
    lines, ways = found(ctx, M("register.title"))
    everything = choices.row(choices.quiet(".all", M("choice.all_entries"))) if wanted != Wanted() else ()
    rows = choices.column(ways) + pages(number, page) + everything + ways_out()
    return Screen("organize_entries", lines, rows, expects=Expect.SEARCH, placeholder=M("placeholder.type"))


def of_search(ctx: StepContext) -> tuple[Wanted, int, int]:
    """What is looked for, which page of it is shown (from 0), and how many entries there are."""
    return Wanted.of(ctx.args.get("wanted", {})), int(ctx.args.get("page", 0)), int(ctx.args.get("number", 0))


def found(ctx: StepContext, title: Message) -> tuple[tuple[Line, ...], tuple[Choice, ...]]:
    """A page of what was found: its lines under this title, and a choice for each entry."""
    wanted, page, number = of_search(ctx)
    lines = [Line(Kind.TITLE, title), *(Line(Kind.TEXT, text) for text in sought(wanted))]
    lines.append(Line(Kind.TEXT, M("register.found", number)))
    ways: list[Choice] = []
    for place, (reference, name, organisation, country) in enumerate(ctx.args.get("entries", ()), page * PAGE + 1):
        where = Country(country) if country else M("contacts.unknown")
        values = {"number": place, "title": name, "organisation": organisation, "country": where}
        lines.append(Line(Kind.ITEM, Message("register.item", values)))
        label = M("choice.entry", reference=Code(reference), title=name)
        ways.append(Choice(f"entry:{reference}", label, number=place))
    lines.append(Line(Kind.HINT, M("register.how")))
    return tuple(lines), tuple(ways)


def sought(wanted: Wanted) -> Iterable[Value]:
    """What was understood, so that a misunderstanding shows."""
    parts: list[Value] = []
    if wanted.line:
        parts.append(M("choice.coded", code=Code(number_of(wanted.line)), label=Message(f"action_line.{wanted.line}")))
    if wanted.goal:
        parts.append(M("choice.coded", code=Code(wanted.goal), label=Message(f"goal.{wanted.goal}")))
    if wanted.country:
        parts.append(Country(wanted.country))
    parts += [Code(part) for part in (wanted.call,) if part]
    parts += [part for part in (wanted.words,) if part]
    if parts:
        yield M("register.sought", parts=Listing(tuple(parts)))


def pages(number: int, page: int) -> choices.Rows:
    last = max(0, (number - 1) // PAGE)
    earlier = choices.quiet(f".page:{page - 1}", M("choice.previous_page")) if page else None
    later = choices.quiet(f".page:{page + 1}", M("choice.next_page", page=page + 2, pages=last + 1))
    return choices.row(earlier, later if page < last else None)


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        _keep(ctx, event.result)
    elif isinstance(event, Said):
        _search(ctx, understood(event.text, ctx.world.vocabulary))
    elif not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
    elif event.code.startswith("entry:"):
        ctx.goto("organize_entry", **{**ctx.args, "back": True})
        ctx.ask(ReadEntry(event.code.partition(":")[2]))
    elif event.code.startswith(".page:"):
        _search(ctx, Wanted.of(ctx.args.get("wanted", {})), int(event.code.partition(":")[2]))
    elif event.code == ".all":
        _search(ctx, Wanted())
    else:
        to_menu(ctx)


def _search(ctx: StepContext, wanted: Wanted, page: int = 0) -> None:
    ctx.update(wanted=wanted.as_json(), page=page)
    ctx.ask(SearchEntries(wanted, page * PAGE, PAGE))


def _keep(ctx: StepContext, found: Any) -> None:
    if isinstance(found, Found):
        entries = [[entry.reference, entry.title, entry.organisation, entry.country] for entry in found.entries]
        ctx.update(number=found.number, entries=entries)


def render_one(ctx: StepContext) -> Screen:
    """One entry: what it is about, without anything about a person."""
    kept = ctx.args.get("entry")
    if kept is None:
        return Screen("organize_entry", (Line(Kind.TITLE, M("register.gone")),), choices.row(choices.back()))
    return Screen("organize_entry", tuple(card(rebuild(FoundEntry, kept))), ways_out())


def card(entry: FoundEntry) -> list[Line]:
    """What an entry is about, line by line."""
    lines = [
        Line(Kind.TITLE, entry.title),
        Line(Kind.TEXT, M("register.head", reference=Code(entry.reference), call=Code(entry.call))),
        Line(Kind.ITEM, M("register.by", organisation=entry.organisation, country=_where(entry.country))),
    ]
    lines += [Line(Kind.ITEM, _coded("action_line", code)) for code in entry.lines]
    lines += [Line(Kind.ITEM, _coded("goal", code)) for code in entry.goals]
    if entry.description:
        lines.append(Line(Kind.QUOTE, entry.description))
    if entry.url:
        lines.append(Line(Kind.TEXT, Code(entry.url)))
    return lines


def _where(country: str) -> Value:
    return Country(country) if country else M("contacts.unknown")


def _coded(family: str, code: str) -> Value:
    return M("choice.coded", code=Code(number_of(code)), label=Message(f"{family}.{code}"))


def handle_one(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(entry=asdict(event.result) if event.result is not None else None)
    elif isinstance(event, Chose):
        ctx.goto("organize_entries", **{key: value for key, value in ctx.args.items() if key not in ("entry", "back")})
    else:
        ctx.note(M("not_understood.review"))


ENTRY = MenuEntry("entries", M("choice.entries"), Right.ENTRIES, open_register, find_entries)

ROUTES = {
    "organize_entries": OrganizerRoute(Right.ENTRIES, render, handle),
    "organize_entry": OrganizerRoute(Right.ENTRIES, render_one, handle_one),
}
