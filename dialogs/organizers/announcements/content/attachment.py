"""The picture or document that goes with an announcement."""

from __future__ import annotations

from dialogs import choices
from dialogs.domain.announcements.rules import LONGEST_WITH_FILE
from dialogs.domain.events import Chose, Event, FileRef, Sent
from dialogs.domain.messages import M, Size
from dialogs.domain.organizers.announcements import AttachFile
from dialogs.domain.roles import Right
from dialogs.organizers.announcements.view import HUB, answered, kept, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "is_fit"]

FILE = f"{HUB}_file"

LARGEST = 20_000_000
"""Bytes that a bot may have back from Telegram (Bot API, `getFile`)."""


def is_fit(file: FileRef) -> bool:
    """Whether it can go with an announcement: a picture or a document, not too large."""
    return file.sent_as in ("", "photo", "document") and file.size <= LARGEST


def render(ctx: StepContext) -> Screen:
    sheet = sheet_of(ctx)
    lines = [Line(Kind.TITLE, M("announcement.send_file"))]
    if sheet.file:
        lines.append(
            Line(Kind.TEXT, M("announcement.picture" if sheet.picture else "announcement.document", name=sheet.file))
        )
    lines.append(Line(Kind.HINT, M("announcement.file_limits", LONGEST_WITH_FILE, size=Size(LARGEST))))
    without = Choice(".without", M("choice.without_file")) if sheet.file else None
    return Screen(FILE, tuple(lines), choices.row(without, choices.back()), expects=Expect.FILE)


def handle(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    if answered(ctx, event):
        return
    if isinstance(event, Sent) and is_fit(event.file):
        ctx.ask(AttachFile(sheet.id, event.file))
    elif isinstance(event, Chose) and event.code == ".without":
        ctx.ask(AttachFile(sheet.id, None))
    elif isinstance(event, Chose):
        ctx.goto(HUB, sheet=kept(sheet))
    else:
        ctx.error(M("announcement.no_such_file", size=Size(LARGEST)))


ROUTES = {FILE: OrganizerRoute(Right.ANNOUNCE, render, handle)}
