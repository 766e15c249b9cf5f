"""A second organizer who does not approve an announcement yet says what should change."""

from __future__ import annotations

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.events import Chose, Event, Said
from dialogs.domain.messages import M
from dialogs.domain.organizers.announcements import SendBack
from dialogs.domain.roles import Right
from dialogs.organizers.announcements.view import HUB, answered, kept, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["LONGEST", "ROUTES"]

SENDING_BACK = f"{HUB}_send_back"

LONGEST = 1_000
"""Characters of what should change."""


def render(ctx: StepContext) -> Screen:
    lines = (Line(Kind.TITLE, M("announcement.change_ask")), Line(Kind.HINT, M("announcement.change_why")))
    back = choices.row(choices.back())
    return Screen(SENDING_BACK, lines, back, expects=Expect.LONG_TEXT, placeholder=M("placeholder.type"))


def handle(ctx: StepContext, event: Event) -> None:
    if answered(ctx, event):
        return
    if isinstance(event, Said) and not is_blank(event.text):
        words = clean(event.text).strip()
        refusal = too_long(words, LONGEST)
        if refusal is None:
            ctx.ask(SendBack(sheet_of(ctx).id, words))
        else:
            ctx.error(refusal)
    elif isinstance(event, Chose):
        ctx.goto(HUB, sheet=kept(sheet_of(ctx)))
    else:
        ctx.note(M("contact.text_only"))


ROUTES = {SENDING_BACK: OrganizerRoute(Right.ANNOUNCE, render, handle)}
