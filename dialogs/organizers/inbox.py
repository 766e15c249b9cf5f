"""`/messages`: what people wrote to the organizers, and answering it. A reply to a delivered letter answers it too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import LanguageName, M, Moment
from dialogs.domain.organizers.inbox import (
    AnswerLetter,
    AssignLetter,
    CloseLetter,
    Desk,
    DeskList,
    InboxMessage,
    ListHelpers,
    ListLetters,
    ReadLetter,
)
from dialogs.domain.roles import Right
from dialogs.form.answer_format import shortened
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.organizers.team import named
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "LONGEST", "ROUTES", "open_letter", "sent", "standing"]

LONGEST = 3_000
"""Characters of an answer."""


PAGE = 8
LISTS = {
    DeskList.WAITING: M("choice.desk_waiting"),
    DeskList.MINE: M("choice.desk_mine"),
    DeskList.DONE: M("choice.desk_done"),
}


def open_desk(ctx: StepContext, shown: str = DeskList.WAITING, page: int = 0) -> None:
    """Open a list of the desk."""
    shown = shown if shown in LISTS else DeskList.WAITING
    enter(ctx, "organize_desk", shown=shown, page=page)
    ctx.ask(ListLetters(DeskList(shown), page * PAGE, PAGE))


def open_letter(ctx: StepContext, id: str, **listed: Any) -> None:
    """Open a letter to answer it; one's own running question waits. `listed`: the list that it was opened from."""
    enter(ctx, "organize_letter", **listed)
    ctx.ask(ReadLetter(int(id) if id.isascii() and id.isdigit() else 0))


def sent(ctx: StepContext, letter: InboxMessage) -> None:
    """Say that an answer is on its way."""
    ctx.note(M("desk.sent", name=named(letter.name, letter.person)))


def render_desk(ctx: StepContext) -> Screen:
    lines = [Line(Kind.TITLE, M("desk.title"))]
    lines.append(Line(Kind.HINT, LISTS[DeskList(ctx.args.get("shown", DeskList.WAITING))]))
    ways: list[Choice] = []
    for number, (id, person, name, text, answered) in enumerate(ctx.args.get("letters", ()), 1):
        key = M("desk.item_answered", number=number, name=named(name, person), text=shortened(text))
        waiting = M("desk.item", number=number, name=named(name, person), text=shortened(text))
        lines.append(Line(Kind.ITEM, key if answered else waiting))
        ways.append(Choice(f"letter:{id}", M("choice.letter", name=named(name, person)), number=number))
    shown, page = str(ctx.args.get("shown", DeskList.WAITING)), int(ctx.args.get("page", 0))
    if not ways:
        lines.append(Line(Kind.TEXT, M("desk.empty")))
    others = (
        choices.quiet(f".show:{name}", M("choice.desk_list", name=label, number=int(ctx.args.get(name.value, 0))))
        if name is not DeskList.DONE
        else choices.quiet(f".show:{name}", label)
        for name, label in LISTS.items()
        if name != shown
    )
    rows = choices.grid(ways, 2) + _pages(ctx, page) + choices.row(*others) + ways_out()
    return Screen("organize_desk", tuple(lines), rows)


def _pages(ctx: StepContext, page: int) -> choices.Rows:
    last = max(0, (int(ctx.args.get("number", 0)) - 1) // PAGE)
    earlier = choices.quiet(f".page:{page - 1}", M("choice.previous_page")) if page else None
    later = choices.quiet(f".page:{page + 1}", M("choice.next_page", page=page + 2, pages=last + 1))
    return choices.row(earlier, later if page < last else None)


def handle_desk(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        _listed(ctx, event.result)
        return
    code = event.code if isinstance(event, Chose) else ""
    shown = str(ctx.args.get("shown", DeskList.WAITING))
    if code.startswith("letter:"):
        open_letter(ctx, code.partition(":")[2], shown=shown, page=ctx.args.get("page", 0))
    elif code.startswith(".show:"):
        open_desk(ctx, code.partition(":")[2])
    elif code.startswith(".page:"):
        open_desk(ctx, shown, int(code.partition(":")[2]))
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _listed(ctx: StepContext, desk: Desk) -> None:
    letters = [[e.id, e.person, e.name, e.text[:200], bool(e.answers)] for e in desk.letters]
    ctx.update(letters=letters, shown=desk.shown.value, number=desk.number, waiting=desk.waiting, mine=desk.mine)


def render_letter(ctx: StepContext) -> Screen:
    """The letter, its answers so far, and room for one's own."""
    if "id" not in ctx.args:
        return Screen("organize_letter", (Line(Kind.TITLE, M("desk.gone")),), ways_out())
    lines = (*_shown(ctx.args), Line(Kind.HINT, M("desk.write")))
    rows, placeholder = _ways(ctx) + ways_out(), M("placeholder.type")
    return Screen("organize_letter", lines, rows, expects=Expect.LONG_TEXT, placeholder=placeholder)


def _ways(ctx: StepContext) -> choices.Rows:
    """Who takes care of it, and that it needs no answer."""
    helpers = ctx.args.get("helpers")
    if helpers is not None:
        who = (Choice(f"who:{person}", named(name, person), number=n) for n, (person, name) in enumerate(helpers, 1))
        return choices.column(who)
    care = ctx.args.get("assignee")
    mine = care is not None and care == ctx.conversation.person.id
    take = choices.quiet("do:free", M("choice.desk_free")) if mine else choices.quiet("do:take", M("choice.desk_take"))
    give = choices.quiet(".assign", M("choice.desk_assign"))
    if ctx.args.get("closed"):
        return choices.row(choices.quiet("do:reopen", M("choice.desk_reopen")))
    close = choices.quiet("do:close", M("choice.desk_close")) if not ctx.args.get("answers") else None
    return choices.row(take, give) + choices.row(close)


def standing(letter: InboxMessage) -> Iterator[Line]:
    """Who takes care of a letter, and that it was closed."""
    if letter.assignee is not None:
        yield Line(Kind.NOTE, M("desk.care", name=named(letter.assignee_name, letter.assignee)))
    if letter.closed is not None:
        yield Line(Kind.NOTE, M("desk.closed", at=Moment(letter.closed)))


def _shown(kept: Any) -> Iterator[Line]:
    language = LanguageName(kept["language"], own=False)
    yield Line(Kind.TITLE, M("desk.letter", name=named(kept["name"], kept["person"]), language=language))
    yield Line(Kind.QUOTE, kept["text"])
    if kept.get("assignee") is not None:
        yield Line(Kind.NOTE, M("desk.care", name=named(kept.get("care") or "", kept["assignee"])))
    if kept.get("closed"):
        yield Line(Kind.NOTE, M("desk.closed", at=Moment(datetime.fromisoformat(kept["closed"]))))
    for name, person, text, at in kept["answers"]:
        moment = Moment(datetime.fromisoformat(at))
        who = named(name, person) if name or person else M("log.command_line")
        yield Line(Kind.TEXT, M("desk.answered_at", name=who, at=moment))
        yield Line(Kind.QUOTE, text)


def handle_letter(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif isinstance(event, Said) and not is_blank(event.text) and "id" in ctx.args:
        _answer(ctx, clean(event.text).strip())
    elif isinstance(event, Chose) and "id" in ctx.args and event.code != ".back":
        _act(ctx, event.code, int(ctx.args["id"]))
    elif isinstance(event, Chose) and ctx.args.get("helpers") is not None:
        ctx.update(helpers=None)
    elif isinstance(event, Chose):
        open_desk(ctx, str(ctx.args.get("shown", DeskList.WAITING)), int(ctx.args.get("page", 0)))
    else:
        ctx.note(M("contact.text_only"))


def _act(ctx: StepContext, code: str, id: int) -> None:
    name, _, argument = code.partition(":")
    deeds = {
        "do:take": AssignLetter(id, ctx.conversation.person.id),
        "do:free": AssignLetter(id, None),
        "do:close": CloseLetter(id),
        "do:reopen": CloseLetter(id, closed=False),
        ".assign": ListHelpers(),
    }
    if code in deeds:
        ctx.ask(deeds[code])
    elif name == "who" and argument.isascii() and argument.isdigit():
        ctx.ask(AssignLetter(id, int(argument)))
    else:
        ctx.note(M("not_understood.review"))


def _answer(ctx: StepContext, text: str) -> None:
    """Send an answer whole, or not at all."""
    refusal = too_long(text, LONGEST)
    if refusal is None:
        ctx.update(answering=True)
        ctx.ask(AnswerLetter(int(ctx.args["id"]), text))
    else:
        ctx.error(refusal)


def _came(ctx: StepContext, letter: InboxMessage | tuple[Any, ...] | None) -> None:
    """The letter was looked up, or the answer to it is on its way: then one is where one was before."""
    if letter is None:
        ctx.update(id=None)
    elif isinstance(letter, tuple):
        ctx.update(helpers=[[each.person, each.name] for each in letter])
    elif ctx.args.get("answering"):
        sent(ctx, letter)
        if "shown" in ctx.args:  # it was opened from a list, which it has left now
            open_desk(ctx, str(ctx.args["shown"]), int(ctx.args.get("page", 0)))
        else:
            ctx.pop()
    else:
        answers = [[each.name, each.person or 0, each.text, each.at.isoformat()] for each in letter.answers]
        facts = {"person": letter.person, "name": letter.name, "language": letter.language, "text": letter.text}
        closed = letter.closed.isoformat() if letter.closed else None
        care = {"assignee": letter.assignee, "care": letter.assignee_name, "closed": closed, "helpers": None}
        ctx.update(id=letter.id, answers=answers, **facts, **care)


ENTRY = MenuEntry("messages", M("choice.messages"), Right.HELP, open_desk)

ROUTES = {
    "organize_desk": OrganizerRoute(Right.HELP, render_desk, handle_desk),
    "organize_letter": OrganizerRoute(Right.HELP, render_letter, handle_letter),
}
