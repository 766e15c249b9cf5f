"""One announcement: what it is, how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from dialogs import choices
from dialogs.events import Chose, Event
from dialogs.messages import M, Message, Moment
from dialogs.organizing.announcing.figures import OVER, controls, figures, outcome
from dialogs.organizing.announcing.sheets import (
    HUB,
    answered,
    blockers,
    kept,
    list_again,
    look_again,
    planned_for,
    sheet_of,
    title,
    waits_for_approval,
)
from dialogs.organizing.announcing.summary import size_and_time, summary, what_is_missing
from dialogs.organizing.frame import OrganizersPlace, ways_out
from dialogs.organizing.requests.announcements import (
    Approval,
    ApproveAnnouncement,
    AskApproval,
    CallOff,
    Drive,
    DriveTo,
    Progress,
    Sheet,
)
from dialogs.organizing.roles import Right, may
from dialogs.screens import Choice, Kind, Line, Screen, Style
from dialogs.talk import Talk

__all__ = ["PLACES"]

OUTCOME = f"{HUB}_outcome"

TWICE: Mapping[str, tuple[Message, Message]] = {
    DriveTo.STOP.value: (M("announcement.stop_ask"), M("choice.announce_stop_yes")),
    DriveTo.RECALL.value: (M("announcement.recall_ask"), M("choice.announce_recall_yes")),
    DriveTo.DISCARD.value: (M("announcement.discard_ask"), M("choice.announce_discard_yes")),
}
"""What cannot be undone is asked twice: the question, and the yes."""


def show(talk: Talk) -> Screen:
    sheet = sheet_of(talk)
    asking = str(talk.args.get("asking"))
    if asking in TWICE:
        question, yes = TWICE[asking]
        sure = choices.row(choices.danger(f"{asking}!", yes), choices.primary(".keep", M("choice.announce_keep")))
        return Screen(HUB, (Line(Kind.TITLE, title(sheet.id, sheet.state)), Line(Kind.TEXT, question)), sure)
    lines = (Line(Kind.TITLE, title(sheet.id, sheet.state)), *_lines(talk, sheet))
    return Screen(HUB, lines, choices.grid(_ways(talk, sheet), 2) + ways_out())


def _lines(talk: Talk, sheet: Sheet) -> Iterator[Line]:
    if sheet.state not in ("draft", "scheduled"):
        yield from figures(Progress.of(sheet.progress), sheet.state)
        if sheet.recalled:
            yield Line(Kind.HINT, M("announcement.is_recalled"))
        return
    yield from summary(sheet, talk.world.vocabulary.languages)
    yield from size_and_time(sheet)
    if sheet.state == "scheduled":
        yield Line(Kind.TEXT, M("announcement.at", at=Moment(datetime.fromisoformat(sheet.due))))
    else:
        if (planned := planned_for(sheet, talk.at)) is not None:
            yield Line(Kind.TEXT, M("announcement.planned", at=Moment(planned)))
        yield from what_is_missing(sheet)
    if sheet.approval == Approval.GIVEN.value:
        yield Line(Kind.HINT, M("announcement.is_approved"))


def _ways(talk: Talk, sheet: Sheet) -> Iterator[Choice]:
    announces = may(talk.conversation.role, Right.ANNOUNCE)
    has_text = any(sheet.texts.values())
    if sheet.state == "draft":
        yield Choice("texts", M("choice.announce_texts"))
        if announces:
            yield Choice("file", M("choice.announce_file"))
            yield Choice("buttons", M("choice.announce_buttons"))
            yield Choice("audience", M("choice.announce_audience"))
            yield Choice("topic", M("choice.announce_topic"))
    elif announces and sheet.state != "scheduled" and not sheet.recalled:
        yield Choice("texts", M("choice.announce_edit"))
        if sheet.state == "paused":
            yield Choice("buttons", M("choice.announce_buttons"))
    if has_text:
        yield Choice("preview", M("choice.announce_preview"))
    if announces:
        yield from _acts(sheet)


def _acts(sheet: Sheet) -> Iterator[Choice]:
    if sheet.state == "draft":
        if sheet.approval == Approval.MISSING.value and not sheet.mine:
            yield Choice("approve", M("choice.announce_approve"), Style.PRIMARY)
            yield Choice("send_back", M("choice.announce_send_back"))
        elif waits_for_approval(sheet):
            yield Choice("ask", M("choice.announce_send"), Style.PRIMARY)
        if not blockers(sheet):
            yield Choice("send", M("choice.announce_send"), Style.PRIMARY)
        yield Choice("discard", M("choice.announce_discard"), Style.DANGER)
        return
    if sheet.state == "scheduled":
        yield Choice("call_off", M("choice.announce_call_off"), Style.DANGER)
        return
    for to, label, style in controls(sheet.state, Progress.of(sheet.progress), sheet.recalled):
        yield Choice(to.value, label, style)
    yield Choice("again", M("choice.announce_refresh"))
    if sheet.state in OVER:
        yield Choice("outcome", M("choice.stats"))


def hear(talk: Talk, event: Event) -> None:
    if answered(talk, event):
        return
    code = event.code if isinstance(event, Chose) else None
    act = ACTS.get(code or "")
    if code is None:
        talk.note(M("not_understood.review"))
    elif act is not None:
        act(talk)
    elif code.rstrip("!") in set(DriveTo):
        _drive(talk, code)
    elif code == ".keep":
        talk.stay(asking=None)
    elif code == ".back":
        list_again(talk)
    else:
        talk.go(f"{HUB}_{code}", sheet=kept(sheet_of(talk)))


def _drive(talk: Talk, code: str) -> None:
    """Do it; what cannot be undone only after a second yes."""
    if code in TWICE:
        talk.stay(asking=code)
    else:
        talk.ask(Drive(sheet_of(talk).id, DriveTo(code.rstrip("!"))))


def show_outcome(talk: Talk) -> Screen:
    """What became of it, drawn and in words."""
    sheet = sheet_of(talk)
    shown = outcome(sheet.id, sheet.state, Progress.of(sheet.progress))
    return replace(shown, name=OUTCOME, rows=choices.row(choices.back()))


def hear_outcome(talk: Talk, event: Event) -> None:
    if answered(talk, event):
        return
    if isinstance(event, Chose):
        look_again(talk)
    else:
        talk.note(M("not_understood.review"))


ACTS: Mapping[str, Callable[[Talk], None]] = {
    "again": look_again,
    "ask": lambda talk: talk.ask(AskApproval(sheet_of(talk).id)),
    "approve": lambda talk: talk.ask(ApproveAnnouncement(sheet_of(talk).id)),
    "call_off": lambda talk: talk.ask(CallOff(sheet_of(talk).id)),
}

PLACES = {
    HUB: OrganizersPlace(Right.TRANSLATE, show, hear),
    OUTCOME: OrganizersPlace(Right.ANNOUNCE, show_outcome, hear_outcome),
}
