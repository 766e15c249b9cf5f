"""Buttons below an announcement: where each leads, and what stands on it in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs import choices
from dialogs.domain.announcements.button_rules import LONGEST_LABEL, MOST, address_of, too_long
from dialogs.domain.announcements.rules import text_for
from dialogs.domain.events import Chose, Event, Said
from dialogs.domain.messages import Code, LanguageName, M, Value
from dialogs.domain.organizers.announcements import PutButtons, Sheet
from dialogs.domain.roles import Right
from dialogs.organizers.announcements.view import HUB, answered, kept, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES"]

BUTTONS = f"{HUB}_buttons"
BUTTON = f"{HUB}_button"


def render(ctx: StepContext) -> Screen:
    sheet = sheet_of(ctx)
    lines = [Line(Kind.TITLE, M("announcement.buttons_title"))]
    ways: list[Choice] = []
    for number, button in enumerate(sheet.buttons, 1):
        label = text_for(button["label"], sheet.language, sheet.language)[1]
        lines.append(Line(Kind.ITEM, M("announcement.button", label=label, url=Code(button["url"]))))
        for language in (each for each in sheet.texts if each != sheet.language):
            said = M("stats.item", label=LanguageName(language, own=False), number=_said(button["label"], language))
            lines.append(Line(Kind.HINT, said))
        ways.append(Choice(f"drop:{number - 1}", M("choice.remove_button", label=label)))
    add = Choice(".add", M("choice.add_button")) if len(sheet.buttons) < MOST else None
    rows = choices.column(ways) + choices.row(add, choices.primary(".done", M("choice.done")))
    return Screen(BUTTONS, tuple(lines), rows)


def _said(labels: Mapping[str, str], language: str) -> Value:
    """What stands on a button for readers of a language; a dash when they read another language's words."""
    return labels.get(language, "").strip() or "–"


def handle(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    if answered(ctx, event, BUTTONS):
        return
    code = event.code if isinstance(event, Chose) else ""
    if code == ".add":
        ctx.goto(BUTTON, sheet=kept(sheet))
    elif code.startswith("drop:"):
        gone = int(code.partition(":")[2])
        ctx.ask(PutButtons(sheet.id, tuple(b for n, b in enumerate(sheet.buttons) if n != gone)))
    elif code:
        ctx.goto(HUB, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


def render_button(ctx: StepContext) -> Screen:
    """First where it leads, then its words in each language that has a text."""
    language = _next_language(ctx)
    if "url" not in ctx.args:
        lines = (Line(Kind.TITLE, M("announcement.button_link")), Line(Kind.HINT, M("announcement.button_link_how")))
        return Screen(BUTTON, lines, choices.row(choices.back()), expects=Expect.URL)
    title = M("announcement.button_label", language=LanguageName(language or "en", own=False))
    optional = language != sheet_of(ctx).language
    skip = choices.quiet(".skip", M("choice.skip")) if optional else None
    hint = Line(Kind.HINT, M("announcement.button_label_how", LONGEST_LABEL))
    return Screen(BUTTON, (Line(Kind.TITLE, title), hint), choices.row(skip, choices.back()), expects=Expect.TEXT)


def _next_language(ctx: StepContext) -> str | None:
    """The next language that a label is asked for: the one for all others first."""
    sheet, labels = sheet_of(ctx), ctx.args.get("labels", {})
    wanted = [sheet.language, *(each for each in sheet.texts if each != sheet.language)]
    return next((each for each in wanted if each not in labels), None)


def handle_button(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    if answered(ctx, event, BUTTONS):
        return
    if isinstance(event, Said) and "url" not in ctx.args:
        _linked(ctx, event.text.strip())
    elif isinstance(event, Said):
        _labelled(ctx, sheet, event.text.strip())
    elif isinstance(event, Chose) and event.code == ".skip":
        _keep(ctx, sheet, "")
    elif isinstance(event, Chose):
        ctx.goto(BUTTONS, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


def _linked(ctx: StepContext, text: str) -> None:
    address = address_of(text)
    if address is not None:
        ctx.update(url=address)
    else:
        ctx.error(M("announcement.no_link"))


def _labelled(ctx: StepContext, sheet: Sheet, text: str) -> None:
    trouble = too_long(text)
    if trouble is not None:
        ctx.error(trouble)
    elif text:
        _keep(ctx, sheet, text)


def _keep(ctx: StepContext, sheet: Sheet, label: str) -> None:
    """Keep a label ("": none in this language); after the last one the button is there."""
    labels: Mapping[str, str] = {**ctx.args.get("labels", {}), _next_language(ctx) or sheet.language: label}
    ctx.update(labels=labels)
    if _next_language(ctx) is None:
        written = {language: text for language, text in labels.items() if text}
        new: Sequence[Mapping[str, Any]] = [{"label": written, "url": ctx.args["url"]}]
        ctx.ask(PutButtons(sheet.id, (*sheet.buttons, *new)))


ROUTES = {
    BUTTONS: OrganizerRoute(Right.ANNOUNCE, render, handle),
    BUTTON: OrganizerRoute(Right.ANNOUNCE, render_button, handle_button),
}
