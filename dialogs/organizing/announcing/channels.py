"""A public channel that an announcement is posted to as well."""

from __future__ import annotations

import re

from dialogs import choices
from dialogs.events import Chose, Event, Said
from dialogs.messages import Code, M
from dialogs.organizing.announcing.sheets import HUB, answered, kept, sheet_of
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.requests.announcements import Aim
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["CHANNEL", "NAME", "PLACES"]

CHANNEL = f"{HUB}_channel"
AUDIENCE = f"{HUB}_audience"

NAME = re.compile(r"@[A-Za-z]\w{3,31}|-100\d{6,13}")
"""A channel's public name, or its number (Bot API, `chat_id`)."""


def show(talk: Talk) -> Screen:
    sheet = sheet_of(talk)
    lines = [Line(Kind.TITLE, M("channel.title")), Line(Kind.HINT, M("channel.how"))]
    now = sheet.audience.get("channel")
    if now:
        lines.append(Line(Kind.TEXT, M("audience.channel", channel=Code(now))))
    ways = []
    if sheet.channel and sheet.channel != now:
        ways.append(Choice(".settings", M("choice.channel_of_settings", channel=Code(sheet.channel))))
    if now:
        ways.append(Choice(".without", M("choice.no_channel")))
    rows = choices.column(ways) + choices.row(choices.back())
    return Screen(CHANNEL, tuple(lines), rows, expects=Expect.TEXT)


def hear(talk: Talk, event: Event) -> None:
    sheet = sheet_of(talk)
    if answered(talk, event, AUDIENCE):
        return
    if isinstance(event, Said):
        name = event.text.strip().removeprefix("https://t.me/")
        name = name if name.startswith(("@", "-")) else f"@{name}"
        if NAME.fullmatch(name):
            talk.ask(Aim(sheet.id, {**sheet.audience, "channel": name}))
        else:
            talk.error(M("channel.no_name", text=event.text.strip()[:60]))
    elif isinstance(event, Chose) and event.code in (".settings", ".without"):
        name = sheet.channel if event.code == ".settings" else ""
        talk.ask(Aim(sheet.id, {**sheet.audience, "channel": name}))
    elif isinstance(event, Chose):
        talk.go(AUDIENCE, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


PLACES = {CHANNEL: OrganizersPlace(Right.ANNOUNCE, show, hear)}
