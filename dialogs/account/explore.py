"""`/search`: the register explored in the chat, by typing and by buttons. Only published entries are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from dialogs import choices
from dialogs.account import follows
from dialogs.domain.effects import ReadPublished, SearchRegister
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, Country, M, Message, Value
from dialogs.domain.organizers.entry_search import FoundEntry, Published, Wanted
from dialogs.domain.values.plain_data import rebuild
from dialogs.organizers.entries.entry_query import understood
from dialogs.organizers.entries.entry_search import PAGE, card, found, of_search, pages
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "handle_one", "open_register", "render", "render_one"]

NARROWING = ("line", "goal")
PARTS = ("words", "line", "goal", "country", "call")
"""The parts of a search that are taken back by a button each."""


def open_register(ctx: StepContext, text: str = "") -> None:
    """Show what is newest, or what `text` asks for."""
    ctx.push("explore")
    _search(ctx, understood(text, ctx.world.vocabulary))


def render(ctx: StepContext) -> Screen:
    """What is looked for, how many there are, a page of them, and ways to narrow it."""
    wanted, page, number = of_search(ctx)
    lines, ways = found(ctx, M("explore.title"))
    narrower = _narrower(ctx) if number > PAGE else ()
    rows = choices.column(ways) + choices.column(narrower) + choices.column(_without(wanted)) + pages(number, page)
    follow = choices.quiet(".follow", M("choice.follow")) if _can_be_followed(ctx, wanted) else None
    rows += choices.row(follow) + choices.row(choices.back())
    return Screen("explore", lines, rows, expects=Expect.SEARCH, placeholder=M("placeholder.type"))


def _can_be_followed(ctx: StepContext, wanted: Wanted) -> bool:
    return wanted != Wanted() and ctx.args.get("followed") != wanted.as_json() and ctx.conversation.only is None


def _narrower(ctx: StepContext) -> Iterator[Choice]:
    for part, family in zip(NARROWING, ("action_line", "goal"), strict=True):
        for code, count in ctx.args.get(part, ()):
            short = Message(f"{family}.{code}.short") if part == "line" else Message(f"{family}.{code}")
            label = M("choice.coded", code=Code(code), label=short)
            yield choices.quiet(f".{part}:{code}", M("choice.narrow", label=label, number=count))


def _without(wanted: Wanted) -> Iterator[Choice]:
    """A button for each part of the search, to take it back."""
    for part in PARTS if wanted != Wanted() else ():
        if value := getattr(wanted, part):
            shown: Value = Country(value) if part == "country" else value if part == "words" else Code(value)
            yield choices.quiet(f".drop:{part}", M("choice.without", part=shown))


def handle(ctx: StepContext, event: Event) -> None:
    wanted = Wanted.of(ctx.args.get("wanted", {}))
    if isinstance(event, QueryResult):
        _keep(ctx, event.result)
    elif isinstance(event, Said):
        _search(ctx, understood(event.text, ctx.world.vocabulary))
    elif not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
    else:
        deed, _, what = event.code.partition(":")
        if deed == "entry":
            ctx.push("explored")
            ctx.ask(ReadPublished(what))
        elif deed == ".follow" and _can_be_followed(ctx, wanted):
            follows.begin(ctx, wanted)
        elif deed == ".page":
            _search(ctx, wanted, int(what))
        elif deed == ".drop" and what in PARTS:
            _search(ctx, replace(wanted, **{what: ""}))
        elif deed.removeprefix(".") in NARROWING:
            _search(ctx, replace(wanted, **{deed.removeprefix("."): what}))
        else:
            ctx.pop()


def _search(ctx: StepContext, wanted: Wanted, page: int = 0) -> None:
    ctx.update(wanted=wanted.as_json(), page=page)
    ctx.ask(SearchRegister(wanted, page * PAGE, PAGE))


def _keep(ctx: StepContext, found: Any) -> None:
    if isinstance(found, Published):
        ctx.update(number=found.number, entries=_listed(found.entries), line=found.lines, goal=found.goals)


def _listed(entries: Iterable[FoundEntry]) -> list[list[str]]:
    return [[entry.reference, entry.title, entry.organisation, entry.country] for entry in entries]


def render_one(ctx: StepContext) -> Screen:
    """One entry and those that are related to it."""
    kept = ctx.args.get("entry")
    if kept is None:
        return Screen("explored", (Line(Kind.TITLE, M("register.gone")),), choices.row(choices.back()))
    lines, ways = card(rebuild(FoundEntry, kept)), list[Choice]()
    related = ctx.args.get("related", ())
    if related:
        lines.append(Line(Kind.HINT, M("explore.related")))
    for number, (reference, title, _, _) in enumerate(related, 1):
        label = M("choice.entry", reference=Code(reference), title=title)
        ways.append(Choice(f"entry:{reference}", label, number=number))
    return Screen("explored", tuple(lines), choices.column(ways) + choices.row(choices.back()))


def handle_one(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        entry, related = (event.result[0], event.result[1:]) if event.result else (None, ())
        ctx.update(entry=asdict(entry) if entry is not None else None, related=_listed(related))
    elif isinstance(event, Chose) and event.code.startswith("entry:"):
        ctx.ask(ReadPublished(event.code.partition(":")[2]))
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))
