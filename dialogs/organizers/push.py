"""`/push`: the receivers that entries are pushed to, and what could not be delivered: sent again, or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialogs import choices
from dialogs.domain.entries.entry_event import EntryEvent
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M, Message
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.push import DropDead, PushState, ReadPush, ReplayAll, ReplayDead, ResumeReceiver
from dialogs.domain.roles import Right
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "EVENTS", "ROUTES"]

EVENTS: Mapping[str, Message] = {
    EntryEvent.SUBMITTED: M("push.event_submitted"),
    EntryEvent.REVISED: M("push.event_revised"),
    EntryEvent.PUBLISHED: M("push.event_published"),
    EntryEvent.UNPUBLISHED: M("push.event_unpublished"),
    EntryEvent.DECLINED: M("push.event_declined"),
    EntryEvent.WITHDRAWN: M("push.event_withdrawn"),
    EntryEvent.MERGED: M("push.event_merged"),
    EntryEvent.SET_ASIDE: M("push.event_set_aside"),
    EntryEvent.REINSTATED: M("push.event_reinstated"),
    EntryEvent.ANONYMIZED: M("push.event_anonymized"),
    EntryEvent.ERASED: M("push.event_erased"),
}


def open_push(ctx: StepContext) -> None:
    enter(ctx, "organize_push")
    ctx.ask(ReadPush())


def render(ctx: StepContext) -> Screen:
    lines = (Line(Kind.TITLE, M("push.title")), *_receivers(ctx), *_dead(ctx))
    return Screen("organize_push", lines, choices.column(list(_choices(ctx))) + ways_out())


def _receivers(ctx: StepContext) -> Iterator[Line]:
    found = ctx.args.get("receivers", ())
    if not found:
        yield Line(Kind.TEXT, M("push.none"))
    for name, waiting, sent, dead, stopped in found:
        numbers = M("push.receiver", name=Code(name), waiting=waiting, sent=sent, dead=dead)
        yield Line(Kind.ITEM, numbers)
        if stopped:
            yield Line(Kind.TEXT, M("push.stopped", name=Code(name)))


def _dead(ctx: StepContext) -> Iterator[Line]:
    found = ctx.args.get("dead", ())
    if found:
        yield Line(Kind.TEXT, M("push.dead"))
    for number, (_, receiver, reference, event, cause) in enumerate(found, 1):
        what = EVENTS.get(event, M("push.event_submitted"))
        named = {"reference": Code(reference), "name": Code(receiver), "cause": Code(cause)}
        yield Line(Kind.ITEM, M("push.dead_item", number=number, what=what, **named))


def _choices(ctx: StepContext) -> Iterator[Choice]:
    found = ctx.args.get("dead", ())
    for number, (id, *_) in enumerate(found, 1):
        yield Choice(f"again:{id}", M("choice.push_again", number=number))
        yield Choice(f"drop:{id}", M("choice.push_drop", number=number))
    if len(found) > 1:
        yield Choice("again", M("choice.push_all_again"))
    for name, *_, stopped in ctx.args.get("receivers", ()):
        if stopped:
            yield Choice(f"resume:{name}", M("choice.push_resume", name=Code(name)))


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(**_frozen(event.result))
        return
    code = event.code if isinstance(event, Chose) else ""
    request = _request(code)
    if request is not None:
        ctx.ask(request)
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _request(code: str) -> OrganizersRequest | None:
    name, _, rest = code.partition(":")
    if name == "resume" and rest:
        return ResumeReceiver(rest)
    if name in ("again", "drop") and rest.isascii() and rest.isdigit():
        return ReplayDead(int(rest)) if name == "again" else DropDead(int(rest))
    return ReplayAll() if code == "again" else None


def _frozen(state: PushState) -> dict[str, Any]:
    return {
        "receivers": [[each.name, each.waiting, each.sent, each.dead, each.stopped] for each in state.receivers],
        "dead": [[each.id, each.receiver, each.reference, each.event.value, each.cause] for each in state.dead],
    }


ENTRY = MenuEntry("push", M("choice.push"), Right.DECIDE, open_push)

ROUTES = {"organize_push": OrganizerRoute(Right.DECIDE, render, handle)}
