"""Buttons below an announcement: where each leads, and what stands on it in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs import choices
from dialogs.events import Chose, Event, Said
from dialogs.messages import Code, M, Tongue
from dialogs.organizing.announcing.button_rules import LONGEST_LABEL, MOST, address_of, too_long
from dialogs.organizing.announcing.checking import text_for
from dialogs.organizing.announcing.sheets import HUB, answered, kept, sheet_of
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.requests.announcements import PutButtons, Sheet
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["PLACES"]

BUTTONS = f"{HUB}_buttons"
BUTTON = f"{HUB}_button"


def show(talk: Talk) -> Screen:
    sheet = sheet_of(talk)
    lines = [Line(Kind.TITLE, M("announcement.buttons_title"))]
    ways: list[Choice] = []
    for number, button in enumerate(sheet.buttons, 1):
        label = text_for(button["label"], sheet.language, sheet.language)[1]
        lines.append(Line(Kind.ITEM, M("announcement.button", label=label, url=Code(button["url"]))))
        ways.append(Choice(f"drop:{number - 1}", M("choice.remove_button", label=label)))
    add = Choice(".add", M("choice.add_button")) if len(sheet.buttons) < MOST else None
    rows = choices.column(ways) + choices.row(add, choices.primary(".done", M("choice.done")))
    return Screen(BUTTONS, tuple(lines), rows)


def hear(talk: Talk, event: Event) -> None:
    sheet = sheet_of(talk)
    if answered(talk, event, BUTTONS):
        return
    code = event.code if isinstance(event, Chose) else ""
    if code == ".add":
        talk.go(BUTTON, sheet=kept(sheet))
    elif code.startswith("drop:"):
        gone = int(code.partition(":")[2])
        talk.ask(PutButtons(sheet.id, tuple(b for n, b in enumerate(sheet.buttons) if n != gone)))
    elif code:
        talk.go(HUB, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


def show_button(talk: Talk) -> Screen:
    """First where it leads, then its words in each language that has a text."""
    language = _next_language(talk)
    if "url" not in talk.args:
        lines = (Line(Kind.TITLE, M("announcement.button_link")), Line(Kind.HINT, M("announcement.button_link_how")))
        return Screen(BUTTON, lines, choices.row(choices.back()), expects=Expect.URL)
    title = M("announcement.button_label", language=Tongue(language or "en", own=False))
    optional = language != sheet_of(talk).language
    skip = choices.quiet(".skip", M("choice.skip")) if optional else None
    hint = Line(Kind.HINT, M("announcement.button_label_how", LONGEST_LABEL))
    return Screen(BUTTON, (Line(Kind.TITLE, title), hint), choices.row(skip, choices.back()), expects=Expect.TEXT)


def _next_language(talk: Talk) -> str | None:
    """The next language that a label is asked for: the one for all others first."""
    sheet, labels = sheet_of(talk), talk.args.get("labels", {})
    wanted = [sheet.language, *(each for each in sheet.texts if each != sheet.language)]
    return next((each for each in wanted if each not in labels), None)


def hear_button(talk: Talk, event: Event) -> None:
    sheet = sheet_of(talk)
    if answered(talk, event, BUTTONS):
        return
    if isinstance(event, Said) and "url" not in talk.args:
        _linked(talk, event.text.strip())
    elif isinstance(event, Said):
        _labelled(talk, sheet, event.text.strip())
    elif isinstance(event, Chose) and event.code == ".skip":
        _keep(talk, sheet, "")
    elif isinstance(event, Chose):
        talk.go(BUTTONS, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


def _linked(talk: Talk, text: str) -> None:
    address = address_of(text)
    if address is not None:
        talk.stay(url=address)
    else:
        talk.error(M("announcement.no_link"))


def _labelled(talk: Talk, sheet: Sheet, text: str) -> None:
    trouble = too_long(text)
    if trouble is not None:
        talk.error(trouble)
    elif text:
        _keep(talk, sheet, text)


def _keep(talk: Talk, sheet: Sheet, label: str) -> None:
    """Keep a label ("": none in this language); after the last one the button is there."""
    labels: Mapping[str, str] = {**talk.args.get("labels", {}), _next_language(talk) or sheet.language: label}
    talk.stay(labels=labels)
    if _next_language(talk) is None:
        written = {language: text for language, text in labels.items() if text}
        new: Sequence[Mapping[str, Any]] = [{"label": written, "url": talk.args["url"]}]
        talk.ask(PutButtons(sheet.id, (*sheet.buttons, *new)))


PLACES = {
    BUTTONS: OrganizersPlace(Right.ANNOUNCE, show, hear),
    BUTTON: OrganizersPlace(Right.ANNOUNCE, show_button, hear_button),
}
