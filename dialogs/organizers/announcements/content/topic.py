"""What an announcement is about: who stopped that topic does not get it."""

from __future__ import annotations

from dialogs import choices
from dialogs.account.topics import TOPICS
from dialogs.domain.events import Chose, Event
from dialogs.domain.messages import M
from dialogs.domain.organizers.announcements import SetTopic
from dialogs.domain.roles import Right
from dialogs.organizers.announcements.view import HUB, answered, kept, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES"]

TOPIC = f"{HUB}_topic"


def render(ctx: StepContext) -> Screen:
    now = sheet_of(ctx).topic
    ways = [Choice(code, label, chosen=code == now, number=n) for n, (code, label) in enumerate(TOPICS.items(), 1)]
    lines = (Line(Kind.TITLE, M("announcement.topic_ask")), Line(Kind.HINT, M("announcement.topic_why")))
    return Screen(TOPIC, lines, choices.column(ways) + choices.row(choices.back()))


def handle(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    if answered(ctx, event):
        return
    if isinstance(event, Chose) and event.code in TOPICS:
        ctx.ask(SetTopic(sheet.id, event.code))
    elif isinstance(event, Chose):
        ctx.goto(HUB, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


ROUTES = {TOPIC: OrganizerRoute(Right.ANNOUNCE, render, handle)}
