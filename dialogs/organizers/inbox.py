"""`/messages`: what people wrote to the organizers, and answering it. A reply to a delivered letter answers it too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import LanguageName, M, Moment
from dialogs.domain.organizers.inbox import AnswerLetter, InboxMessage, ListLetters, ReadLetter
from dialogs.domain.roles import Right
from dialogs.form.answer_format import shortened
from dialogs.organizers.routing import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.organizers.team import named
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "LONGEST", "ROUTES", "open_letter", "sent"]

LONGEST = 3_000
"""Characters of an answer."""


def open_desk(ctx: StepContext) -> None:
    enter(ctx, "organize_desk")
    ctx.ask(ListLetters())


def open_letter(ctx: StepContext, id: str) -> None:
    """Open a letter to answer it; one's own running question waits."""
    enter(ctx, "organize_letter")
    ctx.ask(ReadLetter(int(id) if id.isascii() and id.isdigit() else 0))


def sent(ctx: StepContext, letter: InboxMessage) -> None:
    """Say that an answer is on its way."""
    ctx.note(M("desk.sent", name=named(letter.name, letter.person)))


def render_desk(ctx: StepContext) -> Screen:
    lines = [Line(Kind.TITLE, M("desk.title"))]
    ways: list[Choice] = []
    for number, (id, person, name, text, answered) in enumerate(ctx.args.get("letters", ()), 1):
        key = M("desk.item_answered", number=number, name=named(name, person), text=shortened(text))
        waiting = M("desk.item", number=number, name=named(name, person), text=shortened(text))
        lines.append(Line(Kind.ITEM, key if answered else waiting))
        ways.append(Choice(f"letter:{id}", M("choice.letter", name=named(name, person)), number=number))
    if not ways:
        lines.append(Line(Kind.TEXT, M("desk.empty")))
    return Screen("organize_desk", tuple(lines), choices.grid(ways, 2) + ways_out())


def handle_desk(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(letters=[[e.id, e.person, e.name, e.text[:200], bool(e.answers)] for e in event.result])
        return
    code = event.code if isinstance(event, Chose) else ""
    if code.startswith("letter:"):
        open_letter(ctx, code.partition(":")[2])
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def render_letter(ctx: StepContext) -> Screen:
    """The letter, its answers so far, and room for one's own."""
    if "id" not in ctx.args:
        return Screen("organize_letter", (Line(Kind.TITLE, M("desk.gone")),), ways_out())
    lines = (*_shown(ctx.args), Line(Kind.HINT, M("desk.write")))
    return Screen("organize_letter", lines, ways_out(), expects=Expect.LONG_TEXT, placeholder=M("placeholder.type"))


def _shown(kept: Any) -> Iterator[Line]:
    language = LanguageName(kept["language"], own=False)
    yield Line(Kind.TITLE, M("desk.letter", name=named(kept["name"], kept["person"]), language=language))
    yield Line(Kind.QUOTE, kept["text"])
    for name, person, text, at in kept["answers"]:
        moment = Moment(datetime.fromisoformat(at))
        yield Line(Kind.TEXT, M("desk.answered_at", name=named(name, person), at=moment))
        yield Line(Kind.QUOTE, text)


def handle_letter(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif isinstance(event, Said) and not is_blank(event.text) and "id" in ctx.args:
        _answer(ctx, clean(event.text).strip())
    elif isinstance(event, Chose):
        open_desk(ctx)
    else:
        ctx.note(M("contact.text_only"))


def _answer(ctx: StepContext, text: str) -> None:
    """Send an answer whole, or not at all."""
    refusal = too_long(text, LONGEST)
    if refusal is None:
        ctx.update(answering=True)
        ctx.ask(AnswerLetter(int(ctx.args["id"]), text))
    else:
        ctx.error(refusal)


def _came(ctx: StepContext, letter: InboxMessage | None) -> None:
    """The letter was looked up, or the answer to it is on its way: then one is where one was before."""
    if letter is None:
        ctx.update(id=None)
    elif ctx.args.get("answering"):
        sent(ctx, letter)
        ctx.pop()
    else:
        answers = [[each.name, each.person or 0, each.text, each.at.isoformat()] for each in letter.answers]
        facts = {"person": letter.person, "name": letter.name, "language": letter.language, "text": letter.text}
        ctx.update(id=letter.id, answers=answers, **facts)


ENTRY = MenuEntry("messages", M("choice.messages"), Right.HELP, open_desk)

ROUTES = {
    "organize_desk": OrganizerRoute(Right.HELP, render_desk, handle_desk),
    "organize_letter": OrganizerRoute(Right.HELP, render_letter, handle_letter),
}
