"""When it is sent, and the second yes: it repeats how many people it goes to, and how long that takes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs import choices
from dialogs.answers.fold import western_digits
from dialogs.events import Chose, Event, Said
from dialogs.messages import Code, M, Message, Moment
from dialogs.organizing.announcing.sheets import HUB, answered, blockers, kept, planned_for, sheet_of, title
from dialogs.organizing.announcing.summary import size_and_time, summary, what_is_missing
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.moments import MORNING, read_moment
from dialogs.organizing.requests.announcements import Happened, Launch, Sheet
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["PLACES"]

SEND = f"{HUB}_send"
SURE = f"{HUB}_sure"

GENEVA = "Europe/Zurich"
"""The zone of an organizer who has not told theirs."""

GROUPING = re.compile(r"[\s.,'’٬،\u00a0\u202f]")


def show(talk: Talk) -> Screen:
    """Now, or at a moment that is typed in the organizer's own clock."""
    example = f"{talk.at + timedelta(days=7):%Y-%m-%d} 09:00"
    how = M("announcement.when_how", example=Code(example), zone=Code(_zone(talk)))
    lines: tuple[Line, ...] = (Line(Kind.TITLE, M("announcement.when")), Line(Kind.HINT, how))
    planned = planned_for(sheet_of(talk), talk.at)
    now = Choice("now", M("choice.announce_now")) if planned else choices.primary("now", M("choice.announce_now"))
    rows = choices.row(now, choices.back())
    if planned is not None:
        lines = (*lines, Line(Kind.TEXT, M("announcement.planned", at=Moment(planned))))
        rows = choices.row(choices.primary("planned", M("choice.announce_planned"))) + rows
    return Screen(SEND, lines, rows, expects=Expect.TEXT)


def _zone(talk: Talk) -> str:
    return talk.conversation.person.zone or GENEVA


def hear(talk: Talk, event: Event) -> None:
    sheet = sheet_of(talk)
    if answered(talk, event):
        return
    if isinstance(event, Chose) and event.code == "now":
        talk.go(SURE, sheet=kept(sheet))
    elif isinstance(event, Chose) and event.code == "planned":
        talk.go(SURE, sheet=kept(sheet), at=sheet.due)
    elif isinstance(event, Said):
        _at(talk, event.text)
    elif isinstance(event, Chose):
        talk.go(HUB, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


def _at(talk: Talk, text: str) -> None:
    """A typed moment; the second yes says it back in the organizer's own clock and in Geneva's."""
    today = talk.at.astimezone(ZoneInfo(_zone(talk))).date()
    moment = read_moment(text, talk.world.vocabulary.months, _zone(talk), MORNING, today)
    if isinstance(moment, Message):
        talk.error(moment)
    elif moment <= talk.at:
        talk.error(M("announcement.is_past"))
    else:
        talk.go(SURE, sheet=talk.args["sheet"], at=moment.isoformat())


def show_sure(talk: Talk) -> Screen:
    sheet, at = sheet_of(talk), talk.args.get("at")
    moment = Moment(datetime.fromisoformat(str(at))) if at else None
    lines = (
        Line(Kind.TITLE, title(sheet.id, sheet.state)),
        *summary(sheet, talk.world.vocabulary.languages),
        *size_and_time(sheet),
        Line(Kind.TEXT, M("announcement.at", at=moment) if moment else M("announcement.at_once")),
        *what_is_missing(sheet),
    )
    if blockers(sheet):
        return Screen(SURE, lines, choices.row(choices.back()))
    ask = Line(Kind.TEXT, M("announcement.sure", sheet.size))
    yes = Choice("launch", M("choice.announce_launch", sheet.size))
    return Screen(SURE, (*lines, ask), choices.row(yes, choices.back()))


def hear_sure(talk: Talk, event: Event) -> None:
    sheet = sheet_of(talk)
    at = talk.args.get("at")
    if answered(talk, event):
        if Happened(getattr(getattr(event, "result", None), "happened", "")) is Happened.RECOUNT:
            talk.go(SURE, **talk.args, **({"at": at} if at else {}))
        return
    if isinstance(event, Chose) and event.code == "launch":
        _launch(talk, sheet)
    elif isinstance(event, Said):
        _typed(talk, sheet, event.text)
    elif isinstance(event, Chose):
        talk.go(HUB, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


def _typed(talk: Talk, sheet: Sheet, text: str) -> None:
    """The number typed is as good as the tap; another one is a reason to stop and look."""
    number = GROUPING.sub("", western_digits(text))
    if number == str(sheet.size) and not blockers(sheet):
        _launch(talk, sheet)
    else:
        talk.error(M("announcement.another_number", sheet.size))


def _launch(talk: Talk, sheet: Sheet) -> None:
    at = talk.args.get("at")
    talk.ask(Launch(sheet.id, datetime.fromisoformat(str(at)) if at else None, sheet.size))


PLACES = {
    SEND: OrganizersPlace(Right.ANNOUNCE, show, hear),
    SURE: OrganizersPlace(Right.ANNOUNCE, show_sure, hear_sure),
}
