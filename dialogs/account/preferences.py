"""Short asides that lead back to where one was: writing to the organizers, reminders, access."""

from __future__ import annotations

import re

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.effects import ContactOrganizers
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, M
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = [
    "about",
    "handle_access",
    "handle_contact",
    "handle_declined",
    "handle_reminders",
    "render_access",
    "render_contact",
    "render_declined",
    "render_reminders",
]

LONGEST_LETTER = 3_000
"""Characters of a message to the organizers that are passed on."""


REFERENCE = re.compile(r"WSIS-\d{4}-\d{6,9}", re.ASCII)


def about(argument: str) -> dict[str, str]:
    """What a letter is about, when the command names an entry."""
    return {"about": argument} if REFERENCE.fullmatch(argument) else {}


def render_contact(ctx: StepContext) -> Screen:
    lines: tuple[Line, ...] = (Line(Kind.TITLE, M("contact.ask")), Line(Kind.HINT, M("contact.hint")))
    if entry := ctx.args.get("about"):
        lines = (*lines, Line(Kind.HINT, M("contact.about", reference=Code(str(entry)))))
    rows = choices.row(choices.back())
    return Screen("contact", lines, rows, expects=Expect.LONG_TEXT, placeholder=M("placeholder.type"))


def handle_contact(ctx: StepContext, event: Event) -> None:
    """What is written here goes to the organizers."""
    if isinstance(event, QueryResult):
        ctx.note(M("contact.sent") if event.result else M("contact.too_many"))
        ctx.pop()
    elif isinstance(event, Said) and not is_blank(event.text):
        entry = ctx.args.get("about")
        _write(ctx, (f"{entry}: " if entry else "") + clean(event.text).strip())
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("contact.text_only"))


def _write(ctx: StepContext, letter: str) -> None:
    """Pass a letter on whole, or not at all."""
    refusal = too_long(letter, LONGEST_LETTER)
    if refusal is None:
        ctx.ask(ContactOrganizers(letter, ctx.at))
    else:
        ctx.error(refusal)


def render_reminders(ctx: StepContext) -> Screen:
    now = ctx.conversation.person.reminders
    rows = choices.column(
        Choice(code, label, chosen=code == now, number=number)
        for number, (code, label) in enumerate(
            (
                ("all", M("choice.remind_all")),
                ("last", M("choice.remind_last")),
                ("none", M("choice.remind_none")),
            ),
            1,
        )
    )
    return Screen("reminders", (Line(Kind.TITLE, M("reminders.ask")),), rows + choices.row(choices.back()))


def handle_reminders(ctx: StepContext, event: Event) -> None:
    if isinstance(event, Chose) and event.code in ("all", "last", "none"):
        ctx.change_person(reminders=event.code)
        ctx.note(M("reminders.kept"))
        ctx.pop()
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))


def render_access(ctx: StepContext) -> Screen:
    on = ctx.conversation.person.access
    lines = (Line(Kind.TITLE, M("access.title")), Line(Kind.TEXT, M("access.what")))
    rows = (
        choices.row(Choice("off", M("choice.access_off"))) if on else choices.row(Choice("on", M("choice.access_on")))
    )
    return Screen("access", lines, rows + choices.row(choices.back()))


def handle_access(ctx: StepContext, event: Event) -> None:
    if isinstance(event, Chose) and event.code in ("on", "off"):
        ctx.change_person(access=event.code == "on")
        ctx.note(M("access.is_on") if event.code == "on" else M("access.is_off"))
        ctx.pop()
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))


def render_declined(ctx: StepContext) -> Screen:
    """Without agreement nothing can be kept: say so kindly, and how to go on."""
    lines = (Line(Kind.TITLE, M("declined.title")), Line(Kind.TEXT, M("declined.text")))
    rows = choices.row(choices.primary(".agree", M("choice.agree_after_all"))) + choices.row(
        choices.danger(".forget", M("choice.forget"))
    )
    return Screen("declined", lines, rows + choices.row(choices.home()))


def handle_declined(ctx: StepContext, event: Event) -> None:
    if isinstance(event, Chose) and event.code == ".agree":
        ctx.goto("filling")
    elif isinstance(event, Chose) and event.code == ".forget":
        ctx.goto("forgetting")
    else:
        ctx.note(M("declined.text"))
