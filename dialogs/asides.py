"""Short asides that lead back to where one was: writing to the organizers, reminders, access."""

from __future__ import annotations

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.effects import ContactOrganizers
from dialogs.events import Chose, Event, Replied, Said
from dialogs.messages import M
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = [
    "hear_access",
    "hear_contact",
    "hear_declined",
    "hear_reminders",
    "show_access",
    "show_contact",
    "show_declined",
    "show_reminders",
]

LONGEST_LETTER = 3_000
"""Characters of a message to the organizers that are passed on."""


def show_contact(talk: Talk) -> Screen:
    lines = (Line(Kind.TITLE, M("contact.ask")), Line(Kind.HINT, M("contact.hint")))
    rows = choices.row(choices.back())
    return Screen("contact", lines, rows, expects=Expect.LONG_TEXT, placeholder=M("placeholder.type"))


def hear_contact(talk: Talk, event: Event) -> None:
    """What is written here goes to the organizers."""
    if isinstance(event, Replied):
        talk.note(M("contact.sent") if event.result else M("contact.too_many"))
        talk.return_()
    elif isinstance(event, Said) and not is_blank(event.text):
        _write(talk, clean(event.text).strip())
    elif isinstance(event, Chose):
        talk.return_()
    else:
        talk.note(M("contact.text_only"))


def _write(talk: Talk, letter: str) -> None:
    """Pass a letter on whole, or not at all."""
    refusal = too_long(letter, LONGEST_LETTER)
    if refusal is None:
        talk.ask(ContactOrganizers(letter, talk.at))
    else:
        talk.error(refusal)


def show_reminders(talk: Talk) -> Screen:
    now = talk.conversation.person.reminders
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


def hear_reminders(talk: Talk, event: Event) -> None:
    if isinstance(event, Chose) and event.code in ("all", "last", "none"):
        talk.change_person(reminders=event.code)
        talk.note(M("reminders.kept"))
        talk.return_()
    elif isinstance(event, Chose):
        talk.return_()
    else:
        talk.note(M("not_understood.review"))


def show_access(talk: Talk) -> Screen:
    on = talk.conversation.person.access
    lines = (Line(Kind.TITLE, M("access.title")), Line(Kind.TEXT, M("access.what")))
    rows = (
        choices.row(Choice("off", M("choice.access_off"))) if on else choices.row(Choice("on", M("choice.access_on")))
    )
    return Screen("access", lines, rows + choices.row(choices.back()))


def hear_access(talk: Talk, event: Event) -> None:
    if isinstance(event, Chose) and event.code in ("on", "off"):
        talk.change_person(access=event.code == "on")
        talk.note(M("access.is_on") if event.code == "on" else M("access.is_off"))
        talk.return_()
    elif isinstance(event, Chose):
        talk.return_()
    else:
        talk.note(M("not_understood.review"))


def show_declined(talk: Talk) -> Screen:
    """Without agreement nothing can be kept: say so kindly, and how to go on."""
    lines = (Line(Kind.TITLE, M("declined.title")), Line(Kind.TEXT, M("declined.text")))
    rows = choices.row(choices.primary(".agree", M("choice.agree_after_all"))) + choices.row(
        choices.danger(".forget", M("choice.forget"))
    )
    return Screen("declined", lines, rows + choices.row(choices.home()))


def hear_declined(talk: Talk, event: Event) -> None:
    if isinstance(event, Chose) and event.code == ".agree":
        talk.go("filling")
    elif isinstance(event, Chose) and event.code == ".forget":
        talk.go("forgetting")
    else:
        talk.note(M("declined.text"))
