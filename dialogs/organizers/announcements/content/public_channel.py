"""A public channel that an announcement is posted to as well."""

from __future__ import annotations

from dialogs import choices
from dialogs.domain.announcements.rules import PUBLIC_CHANNEL
from dialogs.domain.events import Chose, Event, Said
from dialogs.domain.messages import Code, M
from dialogs.domain.organizers.announcements import SetAudience
from dialogs.domain.roles import Right
from dialogs.organizers.announcements.view import HUB, answered, kept, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["CHANNEL", "ROUTES"]

CHANNEL = f"{HUB}_channel"
AUDIENCE = f"{HUB}_audience"


def render(ctx: StepContext) -> Screen:
    sheet = sheet_of(ctx)
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


def handle(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    if answered(ctx, event, AUDIENCE):
        return
    if isinstance(event, Said):
        name = event.text.strip().removeprefix("https://t.me/")
        name = name if name.startswith(("@", "-")) else f"@{name}"
        if PUBLIC_CHANNEL.fullmatch(name):
            ctx.ask(SetAudience(sheet.id, {**sheet.audience, "channel": name}))
        else:
            ctx.error(M("channel.no_name", text=event.text.strip()[:60]))
    elif isinstance(event, Chose) and event.code in (".settings", ".without"):
        name = sheet.channel if event.code == ".settings" else ""
        ctx.ask(SetAudience(sheet.id, {**sheet.audience, "channel": name}))
    elif isinstance(event, Chose):
        ctx.goto(AUDIENCE, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


ROUTES = {CHANNEL: OrganizerRoute(Right.ANNOUNCE, render, handle)}
