"""Asking an organizer for a few things in a row, then reading all of them back: nothing counts before the last yes.

A `Flow` is a row of fields and what is asked of the store when its person has said yes. Its place keeps what was
given as plain JSON. Conversations of organizers differ in their flows only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, Said
from dialogs.domain.messages import M, Message, Value
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.organizers.flow import ways_out
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["Field", "Flow", "handle_check", "handle_field", "render_check", "render_field"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to be asked. `read` gives plain JSON, or a Message that says what is wrong; `shown` says it back.

    `offered`: values to take with one tap, the usual one first. `example` says how it may be written. `asked`: whether
    there is anything to ask.
    """

    name: str
    label: Message
    ask: Message
    read: Callable[[StepContext, str], Any | Message]
    shown: Callable[[Any], Value]
    example: Message | None = None
    offered: Callable[[StepContext], Sequence[tuple[Value, Any]]] = lambda ctx: ()
    asked: Callable[[StepContext], bool] = lambda ctx: True


@dataclass(frozen=True, slots=True)
class Flow:
    """Fields, the question at the end, and what is asked for then. `warnings` say whom and what it would concern."""

    title: Message
    fields: tuple[Field, ...]
    request: Callable[[StepContext, Mapping[str, Any]], OrganizersRequest]
    warnings: Callable[[StepContext, Mapping[str, Any]], Iterable[Message]] = lambda ctx, given: ()


def _field(ctx: StepContext, flow: Flow) -> Field | None:
    given = ctx.args.get("given", {})
    return next((field for field in flow.fields if field.name not in given and field.asked(ctx)), None)


def render_field(ctx: StepContext, flow: Flow, name: str) -> Screen:
    field = _field(ctx, flow)
    assert field is not None  # when all are given, the place is the check
    lines = [Line(Kind.TITLE, flow.title), Line(Kind.TEXT, field.ask)]
    if field.example is not None:
        lines.append(Line(Kind.HINT, field.example))
    offers = [Choice(f".offered:{n}", label) for n, (label, _) in enumerate(field.offered(ctx), 1)]
    rows = choices.column(offers) + ways_out()
    return Screen(name, tuple(lines), rows, expects=Expect.TEXT, placeholder=M("placeholder.type"))


def handle_field(ctx: StepContext, event: Event, flow: Flow, then: str, leave: Callable[[StepContext], None]) -> None:
    """Take an answer. When it was the last one, `then` is the place of the check; `leave` goes back."""
    field = _field(ctx, flow)
    assert field is not None
    offers = {f".offered:{n}": value for n, (_, value) in enumerate(field.offered(ctx), 1)}
    if isinstance(event, Chose) and event.code in offers:
        _give(ctx, flow, field, offers[event.code], then)
    elif isinstance(event, Chose):
        leave(ctx)
    elif isinstance(event, Said):
        read = field.read(ctx, event.text)
        if isinstance(read, Message):
            ctx.error(read)
        else:
            _give(ctx, flow, field, read, then)
    else:
        ctx.note(M("not_understood.review"))


def _give(ctx: StepContext, flow: Flow, field: Field, value: Any, then: str) -> None:
    ctx.update(given={**ctx.args.get("given", {}), field.name: value})
    if _field(ctx, flow) is None:
        ctx.goto(then, **ctx.args)


def render_check(ctx: StepContext, flow: Flow, name: str) -> Screen:
    """Everything that was given, in words, and the question whether it shall count."""
    given = ctx.args.get("given", {})
    items = (
        Line(Kind.ITEM, M("organize.given", label=field.label, value=field.shown(given[field.name])))
        for field in flow.fields
        if field.name in given
    )
    warnings = (Line(Kind.TEXT, warning) for warning in flow.warnings(ctx, given))
    lines = (Line(Kind.TITLE, flow.title), *items, *warnings)
    ask = Line(Kind.TEXT, M("organize.sure"))
    rows = choices.row(choices.primary(".yes", M("choice.yes_do_it")))
    rows += choices.row(choices.quiet(".change", M("choice.begin_again"))) if flow.fields else ()
    return Screen(name, (*lines, ask), rows + ways_out())


def handle_check(ctx: StepContext, event: Event, flow: Flow, again: str, leave: Callable[[StepContext], None]) -> None:
    """Yes asks the store; Change begins again at the first field, at the place `again`."""
    code = event.code if isinstance(event, Chose) else ""
    if code == ".yes":
        ctx.ask(flow.request(ctx, ctx.args.get("given", {})))
    elif code == ".change":
        ctx.goto(again, **{**ctx.args, "given": {}})
    elif isinstance(event, Chose):
        leave(ctx)
    else:
        ctx.note(M("organize.say_yes"))
