"""`/calls`: the calls and how they stand; making, opening, extending and closing them; late codes."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.conversation import Call, CallState
from dialogs.events import Chose, Event, Replied
from dialogs.messages import Code, M, Message, Moment
from dialogs.organizing import wizard
from dialogs.organizing.call_flows import FLOWS, call_of
from dialogs.organizing.frame import Entry, OrganizersPlace, enter, ways_out
from dialogs.organizing.requests.calls import LONGEST_NAME, CallStanding, ListCalls, Trouble
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["ENTRY", "PLACES"]

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
    Trouble.USES: M("calls.bad_number", 1),
    Trouble.UNKNOWN: M("calls.trouble.unknown"),
}


def open_calls(talk: Talk) -> None:
    enter(talk, "organize_calls")
    talk.ask(ListCalls())


def show_calls(talk: Talk) -> Screen:
    lines = [Line(Kind.TITLE, M("calls.title"))]
    ways: list[Choice] = []
    for number, call in enumerate(talk.conversation.calls[:9], 1):
        state = STATES[call.state(talk.at)]
        lines.append(Line(Kind.ITEM, M("calls.item", number=number, code=Code(call.code), state=state)))
        ways.append(Choice(f"call:{call.code}", M("choice.call", code=Code(call.code)), number=number))
    new = choices.quiet(".new_call", M("choice.new_call"))
    return Screen("organize_calls", tuple(lines), choices.grid(ways, 3) + choices.row(new) + ways_out())


def hear_calls(talk: Talk, event: Event) -> None:
    if isinstance(event, Replied):
        talk.stay(numbers={each.call.code: _numbers(each) for each in event.result})
        return
    code = event.code if isinstance(event, Chose) else ""
    if code.startswith("call:"):
        _look_at(talk, code.partition(":")[2])
    elif code == ".new_call":
        talk.go("organize_call_ask", flow="new", given={})
    elif code == ".back":
        talk.go("organize")
    else:
        talk.note(M("not_understood.review"))


def _numbers(standing: CallStanding) -> list[int]:
    return [standing.entries, standing.drafts, standing.concerned]


def _look_at(talk: Talk, code: str) -> None:
    numbers = talk.args.get("numbers", {}).get(code, [0, 0, 0])
    talk.go("organize_call", call=code, numbers=numbers)


def show_call(talk: Talk) -> Screen:
    call = call_of(talk)
    if call is None:
        return Screen("organize_call", (Line(Kind.TITLE, TROUBLES[Trouble.UNKNOWN]),), ways_out())
    ways = [Choice(way, FLOWS[way].title, number=n) for n, way in enumerate(_ways(talk, call), 1)]
    return Screen("organize_call", tuple(_described(talk, call)), choices.column(ways) + ways_out())


def _described(talk: Talk, call: Call) -> Iterator[Line]:
    state = call.state(talk.at)
    entries, drafts, _ = talk.args.get("numbers", (0, 0, 0))
    yield Line(Kind.TITLE, M("calls.one", code=Code(call.code), state=STATES[state]))
    if talk.args.get("late_code"):
        yield Line(Kind.TEXT, M("calls.late_made"))
        yield Line(Kind.QUOTE, Code(f"/late {talk.args['late_code']}"))
    yield _given(M("calls.opens"), Moment(call.opens))
    yield _given(M("calls.closes"), Moment(call.closes))
    yield _given(M("calls.version"), Code(call.version))
    yield _given(M("calls.report"), call.report or M("answer.none"))
    yield _given(M("calls.event"), call.event or M("answer.none"))
    yield Line(Kind.ITEM, M("calls.entries", entries))
    yield Line(Kind.ITEM, M("calls.drafts", drafts))


def _given(label: Message, value: Moment | Code | Message | str) -> Line:
    return Line(Kind.ITEM, M("organize.given", label=label, value=value))


def _ways(talk: Talk, call: Call) -> tuple[str, ...]:
    """What can be done with a call as it stands; another questionnaire can be chosen where there are several.

    Only one in which there is nothing yet can be renamed and deleted.
    """
    state = call.state(talk.at)
    version = ("version",) if len(talk.world.questionnaires) > 1 else ()
    empty = ("rename", "delete") if not any(talk.args.get("numbers", (0, 0))[:2]) else ()
    if state is CallState.ANNOUNCED:
        return ("open_now", "opens", "closes", "feeds", *version, *empty)
    if state is CallState.OPEN:
        return ("closes", "close_now", "feeds", *version, *empty)
    return ("late", "closes", "feeds", *empty)


def hear_call(talk: Talk, event: Event) -> None:
    if isinstance(event, Replied):
        talk.stay(numbers=next((_numbers(each) for each in event.result if each.call.code == talk.args["call"]), None))
        return
    call = call_of(talk)
    code = event.code if isinstance(event, Chose) else ""
    if call is not None and code in _ways(talk, call):
        flow, numbers = FLOWS[code], talk.args.get("numbers", [0, 0, 0])
        place = "organize_call_ask" if flow.fields else "organize_call_check"
        talk.go(place, flow=code, call=call.code, concerned=numbers[2], given={})
    elif isinstance(event, Chose):
        open_calls(talk)
    else:
        talk.note(M("not_understood.review"))


def show_ask(talk: Talk) -> Screen:
    return wizard.show_field(talk, FLOWS[talk.args["flow"]], "organize_call_ask")


def hear_ask(talk: Talk, event: Event) -> None:
    wizard.hear_field(talk, event, FLOWS[talk.args["flow"]], "organize_call_check", open_calls)


def show_check(talk: Talk) -> Screen:
    return wizard.show_check(talk, FLOWS[talk.args["flow"]], "organize_call_check")


def hear_check(talk: Talk, event: Event) -> None:
    """The store did it, or says what is in the way."""
    if not isinstance(event, Replied):
        wizard.hear_check(talk, event, FLOWS[talk.args["flow"]], "organize_call_ask", open_calls)
        return
    result = event.result
    if isinstance(result, Trouble):
        talk.error(TROUBLES[result])
        open_calls(talk)
    elif isinstance(result, str):
        talk.go("organize_call", call=talk.args["call"], late_code=result)
        talk.ask(ListCalls())  # the numbers as they are now
    else:
        talk.note(M("calls.done"))
        open_calls(talk)


ENTRY = Entry("calls", M("choice.calls"), Right.CALLS, open_calls)

PLACES = {
    "organize_calls": OrganizersPlace(Right.CALLS, show_calls, hear_calls),
    "organize_call": OrganizersPlace(Right.CALLS, show_call, hear_call),
    "organize_call_ask": OrganizersPlace(Right.CALLS, show_ask, hear_ask),
    "organize_call_check": OrganizersPlace(Right.CALLS, show_check, hear_check),
}
