"""One announcement: what it is, how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs import choices
from dialogs.domain.announcements.announcement import CONFIRMED, AnnouncementAction, allowed
from dialogs.domain.events import Chose, Event
from dialogs.domain.messages import M, Message, Moment
from dialogs.domain.notice import NoticeState
from dialogs.domain.organizers.announcements import (
    Approval,
    ApproveAnnouncement,
    AskApproval,
    PerformAction,
    Progress,
    Sheet,
    Unschedule,
    UseAgain,
)
from dialogs.domain.roles import Right, may
from dialogs.organizers.announcements.progress_lines import CONTROLS, controls, figures, outcome
from dialogs.organizers.announcements.summary import size_and_time, summary, what_is_missing
from dialogs.organizers.announcements.view import (
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
from dialogs.organizers.flow import OrganizerRoute, ways_out
from dialogs.screens import Choice, Kind, Line, Screen, Style
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "TWICE", "acts", "sheet_lines"]

A = AnnouncementAction
OUTCOME = f"{HUB}_outcome"

PARTS = {
    part: f"{HUB}_{part}"
    for part in ("texts", "file", "buttons", "audience", "topic", "preview", "send", "send_back", "outcome")
}
"""Where each part of it is looked at and changed, by the code of its choice."""

TWICE: Mapping[str, tuple[Message, Message]] = {
    AnnouncementAction.STOP.value: (M("announcement.stop_ask"), M("choice.announce_stop_yes")),
    AnnouncementAction.RESEND.value: (M("announcement.resend_ask"), M("choice.announce_resend_yes")),
    AnnouncementAction.RECALL.value: (M("announcement.recall_ask"), M("choice.announce_recall_yes")),
    AnnouncementAction.DISCARD.value: (M("announcement.discard_ask"), M("choice.announce_discard_yes")),
}
"""What cannot be undone is asked twice: the question, and the yes."""


def render(ctx: StepContext) -> Screen:
    sheet = sheet_of(ctx)
    asking = str(ctx.args.get("asking"))
    if asking in TWICE:
        question, yes = TWICE[asking]
        sure = choices.row(choices.danger(f"{asking}!", yes), choices.primary(".keep", M("choice.announce_keep")))
        return Screen(HUB, (Line(Kind.TITLE, title(sheet.id, sheet.state)), Line(Kind.TEXT, question)), sure)
    told = sheet_lines(sheet, ctx.world.vocabulary.languages, ctx.at)
    lines = (Line(Kind.TITLE, title(sheet.id, sheet.state)), *told)
    return Screen(HUB, lines, choices.grid(_ways(ctx, sheet), 2) + ways_out())


def sheet_lines(sheet: Sheet, languages: Sequence[str], now: datetime) -> Iterator[Line]:
    """What an announcement is, or how far it is. `languages`: those that the bot speaks."""
    if NoticeState(sheet.state).has_begun:
        yield from figures(Progress.of(sheet.progress), sheet.state)
        if sheet.recalled:
            yield Line(Kind.HINT, M("announcement.is_recalled"))
        return
    yield from summary(sheet, languages)
    yield from size_and_time(sheet)
    if sheet.state == NoticeState.SCHEDULED:
        yield Line(Kind.TEXT, M("announcement.at", at=Moment(datetime.fromisoformat(sheet.due))))
    else:
        if (planned := planned_for(sheet, now)) is not None:
            yield Line(Kind.TEXT, M("announcement.planned", at=Moment(planned)))
        yield from what_is_missing(sheet)
    if sheet.approval == Approval.GIVEN.value:
        yield Line(Kind.HINT, M("announcement.is_approved"))


def _ways(ctx: StepContext, sheet: Sheet) -> Iterator[Choice]:
    announces = may(ctx.conversation.role, Right.ANNOUNCE)
    if _takes(sheet, A.WRITE_TEXT):
        yield Choice("texts", M("choice.announce_texts"))
    elif announces and _takes(sheet, A.CHANGE_TEXT):
        yield Choice("texts", M("choice.announce_edit"))
    if announces and _takes(sheet, A.COMPOSE):
        yield Choice("file", M("choice.announce_file"))
        yield Choice("buttons", M("choice.announce_buttons"))
        yield Choice("audience", M("choice.announce_audience"))
        yield Choice("topic", M("choice.announce_topic"))
    if announces and _takes(sheet, A.CHANGE_BUTTONS):
        yield Choice("buttons", M("choice.announce_buttons"))
    if any(sheet.texts.values()):
        yield Choice("preview", M("choice.announce_preview"))
    if announces:
        yield from acts(sheet)
        if NoticeState(sheet.state).has_begun:
            yield Choice("copy", M("choice.announce_copy"))


def _takes(sheet: Sheet, action: AnnouncementAction) -> bool:
    return allowed(NoticeState(sheet.state), action, recalled=sheet.recalled)


def acts(sheet: Sheet) -> Iterator[Choice]:
    """What somebody who announces can do with it as it stands."""
    if _takes(sheet, A.LAUNCH):
        if sheet.approval == Approval.MISSING.value and not sheet.mine:
            yield Choice("approve", M("choice.announce_approve"), Style.PRIMARY)
            yield Choice("send_back", M("choice.announce_send_back"))
        elif waits_for_approval(sheet):
            yield Choice("ask", M("choice.announce_send"), Style.PRIMARY)
        if not blockers(sheet):
            yield Choice("send", M("choice.announce_send"), Style.PRIMARY)
        yield Choice("discard", M("choice.announce_discard"), Style.DANGER)
        return
    if _takes(sheet, A.UNSCHEDULE):
        yield Choice("call_off", M("choice.announce_call_off"), Style.DANGER)
        return
    for to, label, style in controls(sheet.state, Progress.of(sheet.progress), sheet.recalled):
        yield Choice(to.value, label, style)
    yield Choice("again", M("choice.announce_refresh"))
    if NoticeState(sheet.state).is_over:
        yield Choice("outcome", M("choice.stats"))


def handle(ctx: StepContext, event: Event) -> None:
    if answered(ctx, event):
        return
    code = event.code if isinstance(event, Chose) else None
    act = ACTS.get(code or "")
    if code is None:
        ctx.note(M("not_understood.review"))
    elif act is not None:
        act(ctx)
    elif code.rstrip("!") in {A.DISCARD, *CONTROLS}:
        _drive(ctx, code)
    elif code == ".keep":
        ctx.update(asking=None)
    elif code in PARTS:
        ctx.goto(PARTS[code], sheet=kept(sheet_of(ctx)))
    else:
        list_again(ctx)


def _drive(ctx: StepContext, code: str) -> None:
    """Do it; what cannot be undone only after a second yes."""
    if code in CONFIRMED:
        ctx.update(asking=code)
    else:
        ctx.ask(PerformAction(sheet_of(ctx).id, AnnouncementAction(code.rstrip("!"))))


def render_outcome(ctx: StepContext) -> Screen:
    """What became of it, drawn and in words."""
    sheet = sheet_of(ctx)
    shown = outcome(sheet.id, sheet.state, Progress.of(sheet.progress))
    return replace(shown, name=OUTCOME, rows=choices.row(choices.back()))


def handle_outcome(ctx: StepContext, event: Event) -> None:
    if answered(ctx, event):
        return
    if isinstance(event, Chose):
        look_again(ctx)
    else:
        ctx.note(M("not_understood.review"))


ACTS: Mapping[str, Callable[[StepContext], None]] = {
    "again": look_again,
    "ask": lambda ctx: ctx.ask(AskApproval(sheet_of(ctx).id)),
    "approve": lambda ctx: ctx.ask(ApproveAnnouncement(sheet_of(ctx).id)),
    "call_off": lambda ctx: ctx.ask(Unschedule(sheet_of(ctx).id)),
    "copy": lambda ctx: ctx.ask(UseAgain(sheet_of(ctx).id)),
}

ROUTES = {
    HUB: OrganizerRoute(Right.TRANSLATE, render, handle),
    OUTCOME: OrganizerRoute(Right.ANNOUNCE, render_outcome, handle_outcome),
}
