"""The sheet of the announcement that one is at, as its places keep it and hand it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dialogs.events import Event, Replied
from dialogs.kept import rebuild
from dialogs.messages import M, Message
from dialogs.organizing.announcing import checking
from dialogs.organizing.requests.announcements import Approval, Happened, ListAnnouncements, LookAt, Sheet
from dialogs.screens import Kind
from dialogs.talk import Talk

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

HAPPENED: Mapping[Happened, Message] = {
    Happened.KEPT: M("announcement.kept"),
    Happened.NOT_NOW: M("announcement.not_now"),
    Happened.TESTED: M("announcement.tested"),
    Happened.NO_TELEGRAM: M("announcement.no_telegram"),
    Happened.ASKED: M("announce.blocker.not_approved"),
    Happened.ALONE: M("announcement.alone"),
    Happened.APPROVED: M("announcement.approved"),
    Happened.SENT_BACK: M("announcement.sent_back"),
    Happened.OWN: M("announcement.own"),
    Happened.LAUNCHED: M("announcement.launched"),
    Happened.SCHEDULED: M("announcement.scheduled"),
    Happened.RECOUNT: M("announcement.recount"),
    Happened.BLOCKED: M("announce.blocked"),
    Happened.CALLED_OFF: M("announcement.called_off"),
    Happened.PAUSED: M("announcement.paused"),
    Happened.RESUMED: M("announcement.resumed"),
    Happened.STOPPED: M("announcement.stopped"),
    Happened.RETRIED: M("announcement.retried"),
    Happened.NOTHING_TO_RETRY: M("announcement.nothing_to_retry"),
    Happened.RECALLED: M("announcement.recalled"),
    Happened.EDITED: M("announcement.edited"),
}

REFUSED = frozenset(
    {
        Happened.ALONE,
        Happened.NOT_NOW,
        Happened.NO_TELEGRAM,
        Happened.OWN,
        Happened.RECOUNT,
        Happened.BLOCKED,
        Happened.NOTHING_TO_RETRY,
    }
)

STATES: Mapping[str, Message] = {
    "draft": M("announce.state.draft"),
    "scheduled": M("announce.state.scheduled"),
    "running": M("announce.state.running"),
    "paused": M("announce.state.paused"),
    "stopped": M("announce.state.stopped"),
    "done": M("announce.state.done"),
}


def sheet_of(talk: Talk) -> Sheet:
    """The announcement that this place is about."""
    return rebuild(Sheet, talk.args.get("sheet"))


def kept(sheet: Sheet) -> dict[str, Any]:
    """As a place keeps it; what happened is said once."""
    return {**asdict(sheet), "happened": ""}


def title(id: int, state: str) -> Message:
    return M("announcement.title", number=id, state=STATES[state])


def answered(talk: Talk, event: Event, place: str = HUB, **args: Any) -> bool:
    """Take the answer to a request about an announcement: say what happened, go to this place. False: it is none."""
    if not isinstance(event, Replied):
        return False
    sheet = event.result
    if not isinstance(sheet, Sheet):
        talk.note(M("announcement.gone"))
        list_again(talk)
        return True
    happened = Happened(sheet.happened)
    if happened in HAPPENED:
        talk.note(HAPPENED[happened], Kind.ERROR if happened in REFUSED else Kind.NOTE)
    talk.go(place, sheet=kept(sheet), **args)
    return True


def list_again(talk: Talk) -> None:
    """To the list, as it is now."""
    talk.go(LIST)
    talk.ask(ListAnnouncements())


def look_again(talk: Talk) -> None:
    """To the announcement, as it is now."""
    talk.ask(LookAt(sheet_of(talk).id))


def blockers(sheet: Sheet) -> tuple[Message, ...]:
    """What keeps it from being sent."""
    return _blockers(sheet, approved=sheet.approval != Approval.MISSING.value)


def planned_for(sheet: Sheet, at: datetime) -> datetime | None:
    """When a draft is meant to be sent, if whoever began it said so and that is still to come."""
    due = datetime.fromisoformat(sheet.due)
    return due if sheet.state == "draft" and due > at else None


def waits_for_approval(sheet: Sheet) -> bool:
    """Whether nothing but a second organizer's word is missing."""
    return sheet.approval == Approval.MISSING.value and not _blockers(sheet, approved=True)


def _blockers(sheet: Sheet, *, approved: bool) -> tuple[Message, ...]:
    return checking.blockers(
        sheet.texts,
        sheet.language,
        has_file=bool(sheet.file),
        file_gone=sheet.file_gone,
        size=sheet.size,
        approved=approved,
        buttons=sheet.buttons,
    )
