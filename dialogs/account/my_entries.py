"""My entries: what was sent, when, how it stands, and its record to read and to keep.

Argument of `entry`: `reference`; `files`, those that the entry's answers name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogs import choices
from dialogs.details import Details
from dialogs.domain.conversation import CallState, Entry
from dialogs.domain.effects import LookAtEntry
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.events import Chose, Event, FileRef, QueryResult
from dialogs.domain.messages import Code, M, Message, Moment
from dialogs.form.check.record import answered, is_given, record_journey, record_lines
from dialogs.form.new_entry import start_draft
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["STATES", "handle_entry", "handle_list", "own_entries", "render_entry", "render_list"]

STATES: Mapping[EntryState, Message] = {
    EntryState.RECEIVED: M("my_entry.received"),
    EntryState.IN_REVIEW: M("my_entry.in_review"),
    EntryState.CHANGES_ASKED: M("my_entry.changes_asked"),
    EntryState.ACCEPTED: M("my_entry.in_review"),  # a decision is told when it is announced, not before
    EntryState.REFUSED: M("my_entry.in_review"),
    EntryState.PUBLISHED: M("my_entry.published"),
    EntryState.DECLINED: M("my_entry.declined"),
    EntryState.WITHDRAWN: M("my_entry.withdrawn"),
    EntryState.MERGED: M("my_entry.merged"),
    EntryState.TEST: M("my_entry.received"),
    EntryState.SPAM: M("my_entry.received"),
}
"""How an entry stands, as its author is told."""

MOST = 50
"""Entries in the list, newest first."""


def own_entries(ctx: StepContext) -> list[Entry]:
    return [entry for entry in ctx.conversation.entries if entry.mine]


def render_list(ctx: StepContext) -> Screen:
    """One's entries with date and state, newest first."""
    lines = [Line(Kind.TITLE, M("entries.title"))]
    rows: choices.Rows = ()
    for number, entry in enumerate(own_entries(ctx)[:MOST], start=1):
        name = M("choice.entry", reference=Code(entry.reference), title=entry.title)
        standing = _standing(entry)
        lines.append(Line(Kind.ITEM, M("entries.item", number=number, name=name, standing=standing), repeated=True))
        rows += choices.row(Choice(f"entry:{entry.reference}", name, number=number, reason=standing))
    if not rows:
        lines.append(Line(Kind.TEXT, M("entries.none")))
    return Screen("entries", tuple(lines), rows + choices.row(choices.home()))


def _standing(entry: Entry) -> Message:
    return M("entries.standing", at=Moment(entry.submitted), state=STATES[entry.state])


def handle_list(ctx: StepContext, event: Event) -> None:
    """An entry was chosen."""
    reference = event.code.partition(":")[2] if isinstance(event, Chose) else ""
    if reference:
        open_entry(ctx, reference)
    else:
        ctx.note(M("not_understood.review"))


def open_entry(ctx: StepContext, reference: str) -> None:
    """Show an entry of one's own."""
    ctx.goto("entry", reference=reference)
    ctx.ask(LookAtEntry(reference))


def render_entry(ctx: StepContext) -> Screen:
    """The record of one entry."""
    reference = str(ctx.args.get("reference", ""))
    entry = next((entry for entry in own_entries(ctx) if entry.reference == reference), None)
    back = choices.row(choices.quiet(".entries", M("choice.my_entries")), choices.home())
    if entry is None:
        return Screen("entry", (Line(Kind.TITLE, M("entries.title")), Line(Kind.TEXT, M("entries.none"))), back)
    lines = [
        Line(Kind.TITLE, entry.title or M("draft.unnamed")),
        Line(Kind.TEXT, M("sent.reference_is", reference=Code(reference))),
        Line(Kind.TEXT, M("sent.received", at=Moment(entry.submitted))),
        Line(Kind.TEXT, STATES[entry.state]),
        *_leading(entry),
        *_publishing(entry),
    ]
    files = {id: FileRef(id, "", name, kind, size) for id, name, kind, size in ctx.args.get("files", ())}
    journey = record_journey(ctx, entry, files)
    details = None
    if journey is not None:
        lines += [Line(Kind.HINT, M("sent.copy")), *record_lines(journey)]
        details = Details(answers=tuple(answered(journey, is_given, change=False)))
    rows = choices.row(_update(ctx, reference), Choice(".copy", M("choice.copy_reference"), copies=reference))
    return Screen("entry", tuple(lines), rows + back, details=details)


def _leading(entry: Entry) -> Iterable[Line]:
    """Where the reference of a merged entry leads."""
    if entry.merged_into:
        yield Line(Kind.TEXT, M("decision.leads_to", reference=Code(entry.merged_into)))


def _publishing(entry: Entry) -> Iterable[Line]:
    """That it is not published, when its author said so."""
    if entry.answers.get("publish") is False:
        yield Line(Kind.TEXT, M("entries.private"))


def _update(ctx: StepContext, reference: str) -> Choice | None:
    call = ctx.conversation.call
    is_open = call is not None and call.state(ctx.at) is CallState.OPEN
    return choices.primary(f"update:{reference}", M("choice.update_this")) if is_open else None


def handle_entry(ctx: StepContext, event: Event) -> None:
    """The store tells an entry's files; then its person updates it, or goes back."""
    if isinstance(event, QueryResult):
        ctx.update(files=[[file.id, file.name, file.kind, file.size] for file in event.result or ()])
        return
    name, _, reference = event.code.partition(":") if isinstance(event, Chose) else ("", "", "")
    entry = next((entry for entry in own_entries(ctx) if entry.reference == reference), None)
    if name == "update" and entry is not None:
        start_draft(ctx, "update", revises=entry)
    else:
        ctx.note(M("not_understood.review"))
