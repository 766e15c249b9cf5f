"""A second organizer who does not approve an announcement yet says what should change."""

from __future__ import annotations

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.events import Chose, Event, Said
from dialogs.messages import M
from dialogs.organizing.announcing.sheets import HUB, answered, kept, sheet_of
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.requests.announcements import SendBack
from dialogs.organizing.roles import Right
from dialogs.screens import Expect, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["PLACES"]

SENDING_BACK = f"{HUB}_send_back"

LONGEST = 1_000
"""Characters of what should change."""


def show(talk: Talk) -> Screen:
    lines = (Line(Kind.TITLE, M("announcement.change_ask")), Line(Kind.HINT, M("announcement.change_why")))
    back = choices.row(choices.back())
    return Screen(SENDING_BACK, lines, back, expects=Expect.LONG_TEXT, placeholder=M("placeholder.type"))


def hear(talk: Talk, event: Event) -> None:
    if answered(talk, event):
        return
    if isinstance(event, Said) and not is_blank(event.text):
        words = clean(event.text).strip()
        refusal = too_long(words, LONGEST)
        if refusal is None:
            talk.ask(SendBack(sheet_of(talk).id, words))
        else:
            talk.error(refusal)
    elif isinstance(event, Chose):
        talk.go(HUB, sheet=kept(sheet_of(talk)))
    else:
        talk.note(M("contact.text_only"))


PLACES = {SENDING_BACK: OrganizersPlace(Right.ANNOUNCE, show, hear)}
