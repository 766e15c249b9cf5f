"""`/calls`: the calls and how they stand; making, opening, extending and closing them; late codes."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.domain.conversation import Call, CallState
from dialogs.domain.criteria import MIDDLES, listed
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M, Message, Moment, Value
from dialogs.domain.organizers.calls import LONGEST_NAME, CallStanding, ListCalls, Trouble
from dialogs.domain.roles import Right
from dialogs.domain.scores import HEAVIEST, LONGEST_CRITERION, MOST_CRITERIA
from dialogs.organizers import wizard
from dialogs.organizers.calls.call_flows import FLOWS, call_of
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES", "STATES", "TROUBLES", "call_lines", "call_of"]

STATES = {
    CallState.ANNOUNCED: M("calls.state.announced"),
    CallState.OPEN: M("calls.state.open"),
    CallState.CLOSED: M("calls.state.closed"),
}

TROUBLES = {
    Trouble.EXISTS: M("calls.trouble.exists"),
    Trouble.ORDER: M("calls.trouble.order"),
    Trouble.PAST: M("calls.in_the_past"),
    Trouble.OVERLAPS: M("calls.trouble.overlaps"),
    Trouble.NOT_EMPTY: M("calls.trouble.not_empty"),
    Trouble.BAD_CODE: M("calls.bad_code", example=Code("2028")),
    Trouble.BAD_NAME: M("calls.bad_name", LONGEST_NAME),
    Trouble.BAD_CRITERIA: M("calls.bad_criteria", most=MOST_CRITERIA, longest=LONGEST_CRITERION, heaviest=HEAVIEST),
    Trouble.USES: M("calls.bad_number", 1),
    Trouble.UNKNOWN: M("calls.trouble.unknown"),
}


def open_calls(ctx: StepContext) -> None:
    enter(ctx, "organize_calls")
    ctx.ask(ListCalls())


def find_call(ctx: StepContext, code: str) -> None:
    """To the call with this code, with its numbers as they are now; to all of them when there is none."""
    if not any(call.code == code.strip() for call in ctx.conversation.calls):
        ctx.error(TROUBLES[Trouble.UNKNOWN])
        open_calls(ctx)
        return
    enter(ctx, "organize_call", call=code.strip())
    ctx.ask(ListCalls())


def render_calls(ctx: StepContext) -> Screen:
    lines = [Line(Kind.TITLE, M("calls.title"))]
    ways: list[Choice] = []
    for number, call in enumerate(ctx.conversation.calls[:9], 1):
        state = STATES[call.state(ctx.at)]
        lines.append(Line(Kind.ITEM, M("calls.item", number=number, code=Code(call.code), state=state)))
        ways.append(Choice(f"call:{call.code}", M("choice.call", code=Code(call.code)), number=number))
    new = choices.quiet(".new_call", M("choice.new_call"))
    return Screen("organize_calls", tuple(lines), choices.grid(ways, 3) + choices.row(new) + ways_out())


def handle_calls(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(numbers={each.call.code: _numbers(each) for each in event.result})
        return
    code = event.code if isinstance(event, Chose) else ""
    if code.startswith("call:"):
        _look_at(ctx, code.partition(":")[2])
    elif code == ".new_call":
        ctx.goto("organize_call_ask", flow="new", given={})
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _numbers(standing: CallStanding) -> list[int]:
    return [standing.entries, standing.drafts, standing.concerned]


def _look_at(ctx: StepContext, code: str) -> None:
    numbers = ctx.args.get("numbers", {}).get(code, [0, 0, 0])
    ctx.goto("organize_call", call=code, numbers=numbers)


def render_call(ctx: StepContext) -> Screen:
    call = call_of(ctx)
    if call is None:
        return Screen("organize_call", (Line(Kind.TITLE, TROUBLES[Trouble.UNKNOWN]),), ways_out())
    ways = [Choice(way, FLOWS[way].title, number=n) for n, way in enumerate(_ways(ctx, call), 1)]
    waits = choices.row(choices.quiet(".overview", M("choice.overview_of_call")))
    return Screen("organize_call", tuple(_described(ctx, call)), choices.column(ways) + waits + ways_out())


def _described(ctx: StepContext, call: Call) -> Iterator[Line]:
    entries, drafts, _ = ctx.args.get("numbers", (0, 0, 0))
    yield Line(Kind.TITLE, M("calls.one", code=Code(call.code), state=STATES[call.state(ctx.at)]))
    if ctx.args.get("late_code"):
        yield Line(Kind.TEXT, M("calls.late_made"))
        yield Line(Kind.QUOTE, Code(f"/late {ctx.args['late_code']}"))
    yield from call_lines(call, entries, drafts)


def call_lines(call: Call, entries: int, drafts: int) -> Iterator[Line]:
    """What a call is, and how much there is in it."""
    yield _given(M("calls.opens"), Moment(call.opens))
    yield _given(M("calls.closes"), Moment(call.closes))
    yield _given(M("calls.version"), Code(call.version))
    yield _given(M("calls.report"), call.report or M("answer.none"))
    yield _given(M("calls.event"), call.event or M("answer.none"))
    if call.rubric is not None:
        yield _given(M("calls.criteria"), listed(call.rubric))
        yield _given(M("calls.middle"), MIDDLES[call.rubric.middle])
    yield Line(Kind.ITEM, M("calls.entries", entries))
    yield Line(Kind.ITEM, M("calls.drafts", drafts))


def _given(label: Message, value: Value) -> Line:
    return Line(Kind.ITEM, M("organize.given", label=label, value=value))


def _ways(ctx: StepContext, call: Call) -> tuple[str, ...]:
    """What can be done with a call as it stands; another questionnaire can be chosen where there are several.

    Only one in which there is nothing yet can be renamed and deleted.
    """
    state = call.state(ctx.at)
    version = ("version",) if len(ctx.world.questionnaires) > 1 else ()
    empty = ("rename", "delete") if not any(ctx.args.get("numbers", (0, 0))[:2]) else ()
    if state is CallState.ANNOUNCED:
        return ("open_now", "opens", "closes", "feeds", "criteria", *version, *empty)
    if state is CallState.OPEN:
        return ("closes", "close_now", "feeds", "criteria", *version, *empty)
    return ("late", "closes", "feeds", "criteria", *empty)


def handle_call(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(numbers=next((_numbers(each) for each in event.result if each.call.code == ctx.args["call"]), None))
        return
    call = call_of(ctx)
    code = event.code if isinstance(event, Chose) else ""
    if call is not None and code == ".overview":
        to_menu(ctx, call.code)
    elif call is not None and code in _ways(ctx, call):
        flow, numbers = FLOWS[code], ctx.args.get("numbers", [0, 0, 0])
        place = "organize_call_ask" if flow.fields else "organize_call_check"
        ctx.goto(place, flow=code, call=call.code, concerned=numbers[2], given={})
    elif isinstance(event, Chose):
        open_calls(ctx)
    else:
        ctx.note(M("not_understood.review"))


def render_ask(ctx: StepContext) -> Screen:
    return wizard.render_field(ctx, FLOWS[ctx.args["flow"]], "organize_call_ask")


def handle_ask(ctx: StepContext, event: Event) -> None:
    wizard.handle_field(ctx, event, FLOWS[ctx.args["flow"]], "organize_call_check", open_calls)


def render_check(ctx: StepContext) -> Screen:
    return wizard.render_check(ctx, FLOWS[ctx.args["flow"]], "organize_call_check")


def handle_check(ctx: StepContext, event: Event) -> None:
    """The store did it, or says what is in the way."""
    if not isinstance(event, QueryResult):
        wizard.handle_check(ctx, event, FLOWS[ctx.args["flow"]], "organize_call_ask", open_calls)
        return
    result = event.result
    if isinstance(result, Trouble):
        ctx.error(TROUBLES[result])
        open_calls(ctx)
    elif isinstance(result, str):
        ctx.goto("organize_call", call=ctx.args["call"], late_code=result)
        ctx.ask(ListCalls())  # the numbers as they are now
    else:
        ctx.note(M("calls.done"))
        open_calls(ctx)


ENTRY = MenuEntry("calls", M("choice.calls"), Right.CALLS, open_calls, find_call)

ROUTES = {
    "organize_calls": OrganizerRoute(Right.CALLS, render_calls, handle_calls),
    "organize_call": OrganizerRoute(Right.CALLS, render_call, handle_call),
    "organize_call_ask": OrganizerRoute(Right.CALLS, render_ask, handle_ask),
    "organize_call_check": OrganizerRoute(Right.CALLS, render_check, handle_check),
}
