"""The sheet of the announcement that one is at, as its places keep it and hand it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dialogs.domain.announcements import rules as announcement_rules
from dialogs.domain.events import Event, QueryResult
from dialogs.domain.messages import M, Message
from dialogs.domain.notice import NoticeState
from dialogs.domain.organizers.announcements import ActionResult, Approval, ListAnnouncements, LookAt, Sheet
from dialogs.domain.values.plain_data import rebuild
from dialogs.screens import Kind
from dialogs.step_context import StepContext

__all__ = [
    "HUB",
    "LIST",
    "STATES",
    "answered",
    "blockers",
    "kept",
    "list_again",
    "look_again",
    "planned_for",
    "sheet_of",
    "title",
    "waits_for_approval",
]

LIST = "organize_announcements"
HUB = "organize_announcement"

HAPPENED: Mapping[ActionResult, Message] = {
    ActionResult.COPIED: M("announcement.copied"),
    ActionResult.KEPT: M("announcement.kept"),
    ActionResult.NOT_NOW: M("announcement.not_now"),
    ActionResult.TESTED: M("announcement.tested"),
    ActionResult.NO_TELEGRAM: M("announcement.no_telegram"),
    ActionResult.ASKED: M("announce.blocker.not_approved"),
    ActionResult.ALONE: M("announcement.alone"),
    ActionResult.APPROVED: M("announcement.approved"),
    ActionResult.SENT_BACK: M("announcement.sent_back"),
    ActionResult.OWN: M("announcement.own"),
    ActionResult.LAUNCHED: M("announcement.launched"),
    ActionResult.SCHEDULED: M("announcement.scheduled"),
    ActionResult.RECOUNT: M("announcement.recount"),
    ActionResult.BLOCKED: M("announce.blocked"),
    ActionResult.CALLED_OFF: M("announcement.called_off"),
    ActionResult.PAUSED: M("announcement.paused"),
    ActionResult.RESUMED: M("announcement.resumed"),
    ActionResult.STOPPED: M("announcement.stopped"),
    ActionResult.RETRIED: M("announcement.retried"),
    ActionResult.NOTHING_TO_RETRY: M("announcement.nothing_to_retry"),
    ActionResult.RESENT: M("announcement.resent"),
    ActionResult.RECALLED: M("announcement.recalled"),
    ActionResult.EDITED: M("announcement.edited"),
}

REFUSED = frozenset(
    {
        ActionResult.ALONE,
        ActionResult.NOT_NOW,
        ActionResult.NO_TELEGRAM,
        ActionResult.OWN,
        ActionResult.RECOUNT,
        ActionResult.BLOCKED,
        ActionResult.NOTHING_TO_RETRY,
    }
)

STATES: Mapping[str, Message] = {
    NoticeState.DRAFT: M("announce.state.draft"),
    NoticeState.SCHEDULED: M("announce.state.scheduled"),
    NoticeState.RUNNING: M("announce.state.running"),
    NoticeState.PAUSED: M("announce.state.paused"),
    NoticeState.STOPPED: M("announce.state.stopped"),
    NoticeState.DONE: M("announce.state.done"),
}


def sheet_of(ctx: StepContext) -> Sheet:
    """The announcement that this place is about."""
    return rebuild(Sheet, ctx.args.get("sheet"))


def kept(sheet: Sheet) -> dict[str, Any]:
    """As a place keeps it; what happened is said once."""
    return {**asdict(sheet), "happened": ""}


def title(id: int, state: str) -> Message:
    return M("announcement.title", number=id, state=STATES[state])


def answered(ctx: StepContext, event: Event, place: str = HUB, **args: Any) -> bool:
    """Take the answer to a request about an announcement: say what happened, go to this place. False: it is none."""
    if not isinstance(event, QueryResult):
        return False
    sheet = event.result
    if not isinstance(sheet, Sheet):
        ctx.note(M("announcement.gone"))
        list_again(ctx)
        return True
    happened = ActionResult(sheet.happened)
    if happened in HAPPENED:
        ctx.note(HAPPENED[happened], Kind.ERROR if happened in REFUSED else Kind.NOTE)
    ctx.goto(place, sheet=kept(sheet), **args)
    return True


def list_again(ctx: StepContext) -> None:
    """To the list, as it is now."""
    ctx.goto(LIST)
    ctx.ask(ListAnnouncements())


def look_again(ctx: StepContext) -> None:
    """To the announcement, as it is now."""
    ctx.ask(LookAt(sheet_of(ctx).id))


def blockers(sheet: Sheet) -> tuple[Message, ...]:
    """What keeps it from being sent."""
    return _blockers(sheet, approved=sheet.approval != Approval.MISSING.value)


def planned_for(sheet: Sheet, at: datetime) -> datetime | None:
    """When a draft is meant to be sent, if whoever began it said so and that is still to come."""
    due = datetime.fromisoformat(sheet.due)
    return due if sheet.state == NoticeState.DRAFT and due > at else None


def waits_for_approval(sheet: Sheet) -> bool:
    """Whether nothing but a second organizer's word is missing."""
    return sheet.approval == Approval.MISSING.value and not _blockers(sheet, approved=True)


def _blockers(sheet: Sheet, *, approved: bool) -> tuple[Message, ...]:
    return announcement_rules.blockers(
        sheet.texts,
        sheet.language,
        has_file=bool(sheet.file),
        file_gone=sheet.file_gone,
        size=sheet.size,
        approved=approved,
        buttons=sheet.buttons,
    )
