"""What an announcement is about: who stopped that topic does not get it."""

from __future__ import annotations

from dialogs import choices
from dialogs.events import Chose, Event
from dialogs.messages import M
from dialogs.organizing.announcing.sheets import HUB, answered, kept, sheet_of
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.requests.announcements import SetTopic
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk
from dialogs.topics import TOPICS

__all__ = ["PLACES"]

TOPIC = f"{HUB}_topic"


def show(talk: Talk) -> Screen:
    now = sheet_of(talk).topic
    ways = [Choice(code, label, chosen=code == now, number=n) for n, (code, label) in enumerate(TOPICS.items(), 1)]
    lines = (Line(Kind.TITLE, M("announcement.topic_ask")), Line(Kind.HINT, M("announcement.topic_why")))
    return Screen(TOPIC, lines, choices.column(ways) + choices.row(choices.back()))


def hear(talk: Talk, event: Event) -> None:
    sheet = sheet_of(talk)
    if answered(talk, event):
        return
    if isinstance(event, Chose) and event.code in TOPICS:
        talk.ask(SetTopic(sheet.id, event.code))
    elif isinstance(event, Chose):
        talk.go(HUB, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


PLACES = {TOPIC: OrganizersPlace(Right.ANNOUNCE, show, hear)}
