"""The log of what organizers did: read by owners, written by whoever carries a request out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dialogs import choices
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.state_words import STATE_NAMES
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import LanguageName, M, Message, Moment, Value
from dialogs.domain.organizers.team import Logged, ReadLog
from dialogs.domain.roles import ROLE_NAMES, Right, Role
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.organizers.team import named
from dialogs.screens import Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES", "sentence"]

SENTENCES: Mapping[str, str] = {
    "invited": "log.invited",
    "joined": "log.joined",
    "invitation_revoked": "log.invitation_revoked",
    "role_changed": "log.role_changed",
    "removed": "log.removed",
    "named": "log.named",
    "unnamed": "log.unnamed",
    "contacts_imported": "log.contacts_imported",
    "contacts_undone": "log.contacts_undone",
    "contact_changed": "log.contact_changed",
    "contact_removed": "log.contact_removed",
    "contact_merged": "log.contact_merged",
    "links_exported": "log.links_exported",
    "unreached_exported": "log.unreached_exported",
    "call_created": "log.call_created",
    "call_opening": "log.call_opening",
    "call_extended": "log.call_extended",
    "call_shortened": "log.call_shortened",
    "call_described": "log.call_described",
    "call_version": "log.call_version",
    "call_criteria": "log.call_criteria",
    "reminders_set": "log.reminders_set",
    "questionnaire_kept": "log.questionnaire_kept",
    "questionnaire_published": "log.questionnaire_published",
    "questionnaire_removed": "log.questionnaire_removed",
    "call_deleted": "log.call_deleted",
    "call_renamed": "log.call_renamed",
    "late_code": "log.late_code",
    "report_text": "log.report_text",
    "report_ordered": "log.report_ordered",
    "report_comments": "log.report_comments",
    "report_comments_closed": "log.report_comments_closed",
    "prize_step": "log.prize_step",
    "prize_announced": "log.prize_announced",
    "prize_scores": "log.prize_scores",
    "prize_votes": "log.prize_votes",
    "answered": "log.answered",
    "desk_assigned": "log.desk_assigned",
    "desk_freed": "log.desk_freed",
    "desk_closed": "log.desk_closed",
    "desk_reopened": "log.desk_reopened",
    "entry_state": "log.entry_state",
    "freshness_set": "log.freshness_set",
    "entry_scored": "log.entry_scored",
    "entries_assigned": "log.entries_assigned",
    "console_entered": "log.console_entered",
    "console_left": "log.console_left",
    "wrote_to_author": "log.wrote_to_author",
    "not_taken": "log.not_taken",
    "announce_composed": "log.announce_composed",
    "announce_text": "log.announce_text",
    "announce_changed": "log.announce_changed",
    "announce_aimed": "log.announce_aimed",
    "announce_tested": "log.announce_tested",
    "announce_asked": "log.announce_asked",
    "announce_approved": "log.announce_approved",
    "announce_sent_back": "log.announce_sent_back",
    "announce_sent": "log.announce_sent",
    "announce_scheduled": "log.announce_scheduled",
    "announce_called_off": "log.announce_called_off",
    "announce_paused": "log.announce_paused",
    "announce_held": "log.announce_held",
    "announce_resumed": "log.announce_resumed",
    "announce_stopped": "log.announce_stopped",
    "announce_retried": "log.announce_retried",
    "announce_resent": "log.announce_resent",
    "announce_edited": "log.announce_edited",
    "announce_recalled": "log.announce_recalled",
    "announce_discarded": "log.announce_discarded",
    "receipt_key": "log.receipt_key",
    "entries_imported": "log.entries_imported",
    "push_replayed": "log.push_replayed",
    "push_all_replayed": "log.push_all_replayed",
    "push_dropped": "log.push_dropped",
    "push_resumed": "log.push_resumed",
}
"""What was done, by the name that the store keeps, and how it is said. Values: {who}, {subject}, the details."""

MOMENTS = frozenset({"opens", "closes", "until", "before", "due"})
"""Details that are moments, kept as ISO text."""


def sentence(line: Logged) -> Message:
    """A line of the log in words, after its moment and who it was."""
    who = named(line.name, line.person) if line.person is not None else M("log.command_line")
    key = SENTENCES.get(line.action)
    values = {name: _value(name, value) for name, value in line.details.items()}
    if key is None:
        return M("log.other", who=who, action=line.action, subject=line.subject)
    return Message(key, {**values, "who": who, "subject": line.subject})


def _value(name: str, value: Any) -> Value:
    if name in MOMENTS:
        return Moment(datetime.fromisoformat(str(value)))
    if name == "role":
        return ROLE_NAMES[Role(value)]
    if name == "state":
        return STATE_NAMES[EntryState(value)]
    if name == "language":
        return LanguageName(str(value), own=False)
    return value if isinstance(value, int) else str(value)


def open_log(ctx: StepContext) -> None:
    enter(ctx, "organizers_log")
    ctx.ask(ReadLog())


def render(ctx: StepContext) -> Screen:
    kept = [_thawed(line) for line in ctx.args.get("lines", ())]
    lines = [Line(Kind.TITLE, M("log.title"))]
    for line in kept:
        lines.append(Line(Kind.ITEM, M("log.line", at=Moment(line.at), what=sentence(line))))
    if not kept:
        lines.append(Line(Kind.TEXT, M("log.empty")))
    older = choices.row(choices.quiet(".older", M("choice.older"))) if len(kept) == ReadLog().limit else ()
    return Screen("organizers_log", tuple(lines), older + ways_out())


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(lines=[_frozen(line) for line in event.result])
    elif isinstance(event, Chose) and event.code == ".older":
        ctx.ask(ReadLog(min(_thawed(line).id for line in ctx.args["lines"])))
    elif isinstance(event, Chose):
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _frozen(line: Logged) -> list[Any]:
    return [line.id, line.at.isoformat(), line.person, line.name, line.action, line.subject, line.details]


def _thawed(kept: list[Any]) -> Logged:
    id, at, *rest = kept
    return Logged(id, datetime.fromisoformat(at), *rest)


ENTRY = MenuEntry("log", M("choice.log"), Right.ORGANIZERS, open_log)

ROUTES = {"organizers_log": OrganizerRoute(Right.ORGANIZERS, render, handle)}
