"""`/report`: have the yearly report of a call made; it comes to who asked for it, and lies in the console."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, LanguageName, M, Message, Moment
from dialogs.domain.organizers.reports import ListReports, Ordered, OrderReport
from dialogs.domain.report import FORMS, OrderState
from dialogs.domain.roles import Right
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Kind, Line, Screen, Style
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES", "standing", "what"]

CALLS = 3
"""Calls to choose from, beginning with the one that counts now."""
SHOWN = 5
"""Orders that the chat shows; the console has more."""

STANDINGS: Mapping[OrderState, str] = {
    OrderState.WAITING: "reports.waiting",
    OrderState.MAKING: "reports.making",
    OrderState.FAILED: "reports.failed",
    OrderState.EXPIRED: "reports.expired",
}


def what(order: Ordered) -> Message:
    """Which report it is, in words."""
    key = "reports.draft_of" if order.draft else "reports.report_of"
    language = LanguageName(order.language, own=False)
    return M(key, call=Code(order.call), language=language, form=Code(order.form.upper()))


def standing(order: Ordered) -> Message:
    """How it stands, in words."""
    if order.state is OrderState.MADE:
        return M("reports.made", order.entries)
    return M(STANDINGS[order.state], reason=Code(order.reason or "?"))


def open_reports(ctx: StepContext) -> None:
    enter(ctx, "organize_report")
    ctx.ask(ListReports())


def render(ctx: StepContext) -> Screen:
    """What can be chosen, as toggles, and what was asked for."""
    lines = [Line(Kind.TITLE, M("reports.title")), Line(Kind.TEXT, M("reports.what"))]
    for order in map(_thawed, ctx.args.get("orders", ())[:SHOWN]):
        said = M("reports.line", at=Moment(order.asked), what=what(order), standing=standing(order))
        lines.append(Line(Kind.ITEM, said))
    if _call(ctx) is None:
        lines.append(Line(Kind.HINT, M("reports.no_call")))
        return Screen("organize_report", tuple(lines), ways_out())
    lines.append(Line(Kind.HINT, M("reports.choose")))
    toggles = list(_toggles(ctx))
    numbered = [Choice(each.code, each.label, chosen=each.chosen, number=n) for n, each in enumerate(toggles, 1)]
    make = choices.row(Choice(".make", M("choice.report_make"), Style.PRIMARY))
    again = choices.row(choices.quiet(".again", M("choice.report_look")))
    rows = choices.grid(numbered, 3) + make + again + ways_out()
    return Screen("organize_report", tuple(lines), rows, in_place=True)


def _toggles(ctx: StepContext) -> Iterator[Choice]:
    chosen = _call(ctx)
    for call in _codes(ctx):
        yield Choice(f"call:{call}", Code(call), chosen=call == chosen)
    for language in ctx.world.vocabulary.languages:
        yield Choice(f"language:{language}", LanguageName(language), chosen=language == _language(ctx))
    for form in FORMS:
        yield Choice(f"form:{form}", Code(form.upper()), chosen=form == _form(ctx))
    yield Choice(".draft", M("choice.report_draft"), chosen=bool(ctx.args.get("draft")))


def handle(ctx: StepContext, event: Event) -> None:
    code = event.code if isinstance(event, Chose) else ""
    name, _, value = code.partition(":")
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif name in ("call", "language", "form") and any(each.code == code for each in _toggles(ctx)):
        ctx.update(**{name: value})
    elif code == ".draft":
        ctx.update(draft=not ctx.args.get("draft"))
    elif code == ".make" and (call := _call(ctx)) is not None:
        ctx.update(asked=True)
        ctx.ask(OrderReport(call, _language(ctx), _form(ctx), bool(ctx.args.get("draft"))))
    elif code == ".again":
        ctx.ask(ListReports())
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _came(ctx: StepContext, result: tuple[Ordered, ...] | None) -> None:
    """The orders, after one was added or to be looked at."""
    if result is None:
        ctx.note(M("reports.no_call"))
    else:
        if ctx.args.get("asked"):
            ctx.note(M("reports.asked"))
        ctx.update(orders=[_frozen(order) for order in result])
    ctx.update(asked=None)


def _codes(ctx: StepContext) -> list[str]:
    return [call.code for call in ctx.conversation.calls[:CALLS]]


def _call(ctx: StepContext) -> str | None:
    """The call that was chosen, else the one that counts now."""
    codes, wished = _codes(ctx), ctx.args.get("call")
    return wished if wished in codes else next(iter(codes), None)


def _language(ctx: StepContext) -> str:
    return str(ctx.args.get("language") or ctx.language)


def _form(ctx: StepContext) -> str:
    return str(ctx.args.get("form") or FORMS[0])


def _frozen(order: Ordered) -> list[Any]:
    return [
        *(order.id, order.call, order.language, order.form, order.draft, order.state.value),
        *(order.asked.isoformat(), order.entries, order.reason),
    ]


def _thawed(kept: list[Any]) -> Ordered:
    id, call, language, form, draft, state, asked, entries, reason = kept
    return Ordered(id, call, language, form, draft, OrderState(state), datetime.fromisoformat(asked), entries, reason)


ENTRY = MenuEntry("report", M("choice.reports"), Right.REPORT, open_reports)

ROUTES = {"organize_report": OrganizerRoute(Right.REPORT, render, handle)}
