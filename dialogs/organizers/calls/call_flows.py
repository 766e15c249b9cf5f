"""What organizers are asked when they make, move or describe a call, or mint a late code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.domain.conversation import Call
from dialogs.domain.criteria import MIDDLES, listed
from dialogs.domain.messages import Code, Listing, M, Message, Moment, Value
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.calls import (
    LONGEST_NAME,
    CallWish,
    CreateCall,
    DeleteCall,
    DescribeCall,
    MintLateCode,
    MoveCall,
    RenameCall,
    SetCriteria,
    is_code,
    is_name,
    overlapping,
    usual_feeds,
)
from dialogs.domain.scores import Criterion, Middle, Rubric
from dialogs.domain.values.geneva import GENEVA_NAME
from dialogs.organizers.criteria_input import USUAL, read_criteria
from dialogs.organizers.datetime_input import END_OF_DAY, MORNING, read_moment
from dialogs.organizers.wizard import Field, Flow
from dialogs.step_context import StepContext
from dialogs.text.normalize import western_digits

__all__ = ["FLOWS", "HOW", "MOST_USES", "call_of"]

MOST_USES = 10_000


def call_of(ctx: StepContext) -> Call | None:
    """The call that the place is about; None for one that is to be made."""
    return next((call for call in ctx.conversation.calls if call.code == ctx.args.get("call")), None)


def _zone(ctx: StepContext) -> str:
    call = call_of(ctx)
    return call.zone if call is not None else GENEVA_NAME


def _moment(default: time) -> Callable[[StepContext, str], str | Message]:
    def read(ctx: StepContext, text: str) -> str | Message:
        zone = _zone(ctx)
        today = ctx.at.astimezone(ZoneInfo(zone)).date()
        moment = read_moment(text, ctx.world.vocabulary.months, zone, default, today)
        return moment if isinstance(moment, Message) else moment.isoformat()

    return read


def _close(ctx: StepContext, text: str) -> str | Message:
    """The close: after the opening, and still to come, for a mistyped year would close the call at once."""
    moment = _moment(END_OF_DAY)(ctx, text)
    call, given = call_of(ctx), ctx.args.get("given", {})
    opens = call.opens if call is not None else _at(given, "opens")
    if isinstance(moment, str) and opens is not None and datetime.fromisoformat(moment) <= opens:
        return M("calls.trouble.order")
    if isinstance(moment, str) and datetime.fromisoformat(moment) <= ctx.at:
        return M("calls.close_is_past", close_now=M("calls.close_now")) if call is not None else M("calls.in_the_past")
    return moment


def _to_come(ctx: StepContext, text: str) -> str | Message:
    moment = _moment(END_OF_DAY)(ctx, text)
    if isinstance(moment, str) and datetime.fromisoformat(moment) <= ctx.at:
        return M("calls.in_the_past")
    return moment


def _at(given: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(given[name]) if name in given else None


def _shown_moment(value: Any) -> Value:
    return Moment(datetime.fromisoformat(value))


def _new_code(ctx: StepContext, text: str) -> str | Message:
    code = text.strip()
    if not is_code(code):
        return M("calls.bad_code", example=Code("2028"))
    taken = any(call.code == code for call in ctx.conversation.calls)
    return M("calls.trouble.exists") if taken else code


def _name(ctx: StepContext, text: str) -> str | Message:
    name = " ".join(text.split())
    return name if is_name(name) else M("calls.bad_name", LONGEST_NAME)


def _number(ctx: StepContext, text: str) -> int | Message:
    digits = western_digits(text).strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
    return number if 1 <= number <= MOST_USES else M("calls.bad_number", MOST_USES)


def _code(value: Any) -> Value:
    return Code(str(value))


HOW = M("moment.how", example=Code("2027-03-01 18:00"))

CALL_CODE = Field("code", M("calls.code"), M("calls.ask_code"), _new_code, _code)
OPENS = Field("opens", M("calls.opens"), M("calls.ask_opens"), _moment(MORNING), _shown_moment, HOW)
CLOSES = Field("closes", M("calls.closes"), M("calls.ask_closes"), _close, _shown_moment, HOW)
REPORT = Field(
    *("report", M("calls.report"), M("calls.ask_report"), _name, str),
    offered=lambda ctx: [_feeds(ctx, "report")],
)
EVENT = Field(
    *("event", M("calls.event"), M("calls.ask_event"), _name, str),
    offered=lambda ctx: [_feeds(ctx, "event")],
)
NEW_CODE = replace(CALL_CODE, ask=M("calls.ask_new_code"))
VERSION = Field(
    *("version", M("calls.version"), M("calls.ask_version"), lambda ctx, text: _version(ctx, text), _code),
    offered=lambda ctx: [(Code(version), version) for version in _versions(ctx)],
    asked=lambda ctx: len(_versions(ctx)) > 1,
)
CRITERIA = Field(
    *("criteria", M("calls.criteria"), M("calls.ask_criteria"), lambda ctx, text: _read_criteria(ctx, text)),
    lambda kept: listed(_rubric(kept)) if kept else M("choice.no_scores"),
    M("calls.criteria_how"),
    offered=lambda ctx: [
        (M("choice.usual_criteria"), _plain(USUAL)),
        (M("choice.no_scores"), []),
    ],
)
MIDDLE = Field(
    *("middle", M("calls.middle"), M("calls.ask_middle"), lambda ctx, text: M("not_understood.review")),
    lambda kept: MIDDLES[Middle(kept)],
    offered=lambda ctx: [(label, middle.value) for middle, label in MIDDLES.items()],
    asked=lambda ctx: bool(ctx.args.get("given", {}).get("criteria")),
)
UNTIL = Field("until", M("calls.until"), M("calls.ask_until"), _to_come, _shown_moment, HOW)
USES = Field("uses", M("calls.uses"), M("calls.ask_uses"), _number, int)


def _feeds(ctx: StepContext, name: str) -> tuple[Message, Any]:
    """What the call feeds now may be kept; of a new one, the year's own report and event are offered."""
    call = call_of(ctx)
    if call is not None:
        return M("choice.as_it_is"), getattr(call, name)
    closes = _at(ctx.args.get("given", {}), "closes")
    report, event = usual_feeds((closes or ctx.at).astimezone(ZoneInfo(GENEVA_NAME)).year)
    return M("choice.the_usual"), report if name == "report" else event


def _versions(ctx: StepContext) -> list[str]:
    """The questionnaires that a call can be given: its own, and the newest edition of each year.

    The one that is usual comes first: the call's own, of a new call that of its year.
    """
    call, given = call_of(ctx), ctx.args.get("given", {})
    usual = call.version if call is not None else _of_the_year(ctx, _at(given, "closes") or ctx.at)
    newest = {version[:4]: version for version in sorted(ctx.world.questionnaires)}
    offered = {usual, *newest.values()}
    return sorted(offered, key=lambda version: (version == usual, version), reverse=True)


def _of_the_year(ctx: StepContext, closes: datetime) -> str:
    """The questionnaire of the year in which a call closes, else the newest."""
    return ctx.world.edition_of(closes.astimezone(ZoneInfo(GENEVA_NAME)).year)


def _version(ctx: StepContext, text: str) -> str | Message:
    version = western_digits(text).strip()
    known = _versions(ctx)
    return version if version in known else M("calls.no_version", versions=Listing(tuple(map(Code, known))))


def _create(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    opens, closes = datetime.fromisoformat(given["opens"]), datetime.fromisoformat(given["closes"])
    known = bool(_overlaps(ctx, given))
    wish = CallWish(given["code"], opens, closes, given["report"], given["event"], overlapping=known)
    return CreateCall(wish, given.get("version") or _of_the_year(ctx, closes))


def _move(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    moments = _at(given, "opens"), _at(given, "closes")
    return MoveCall(str(ctx.args["call"]), *moments, overlapping=bool(_overlaps(ctx, given)))


def _open_now(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    overlaps = bool(_overlaps(ctx, {"opens": ctx.at.isoformat()}))
    return MoveCall(str(ctx.args["call"]), opens=ctx.at, overlapping=overlaps)


def _close_now(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    return MoveCall(str(ctx.args["call"]), closes=ctx.at, at_once=True)


def _delete(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    return DeleteCall(str(ctx.args["call"]))


def _rename(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    return RenameCall(str(ctx.args["call"]), given["code"])


def _describe(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    return DescribeCall(str(ctx.args["call"]), given["report"], given["event"])


def _choose(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    return DescribeCall(str(ctx.args["call"]), version=given["version"])


def _read_criteria(ctx: StepContext, text: str) -> Any | Message:
    found = read_criteria(text, ctx.world.vocabulary)
    return found if isinstance(found, Message) else _plain(found)


def _plain(criteria: Iterable[Criterion]) -> list[list[Any]]:
    return [[each.name, each.weight] for each in criteria]


def _rubric(kept: Iterable[Iterable[Any]], middle: str = Middle.MEDIAN) -> Rubric:
    return Rubric(tuple(Criterion(name, weight) for name, weight in kept), Middle(middle))


def _set_criteria(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    kept = given["criteria"]
    return SetCriteria(str(ctx.args["call"]), _rubric(kept, given["middle"]) if kept else None)


def _mint(ctx: StepContext, given: Mapping[str, Any]) -> OrganizersRequest:
    return MintLateCode(str(ctx.args["call"]), datetime.fromisoformat(given["until"]), given["uses"])


def _who_is_told(ctx: StepContext, given: Mapping[str, Any]) -> Iterator[Message]:
    yield M("calls.told", int(ctx.args.get("concerned", 0)))


def _overlaps(ctx: StepContext, given: Mapping[str, Any]) -> tuple[Call, ...]:
    """The other calls that are open in the period which this one is to have."""
    call = call_of(ctx)
    opens = _at(given, "opens") or (call.opens if call else None)
    closes = _at(given, "closes") or (call.closes if call else None)
    if opens is None or closes is None:
        return ()
    return overlapping(opens, closes, ctx.conversation.calls, call.code if call else "")


def _which_overlap(ctx: StepContext, given: Mapping[str, Any]) -> Iterator[Message]:
    """The calls that are open in the same time, by name, and who gets which: never a surprise."""
    found = _overlaps(ctx, given)
    for call in found:
        yield M("calls.overlap", code=Code(call.code), opens=Moment(call.opens), closes=Moment(call.closes))
    if found:
        yield M("calls.overlap_rule")


def _which_overlap_now(ctx: StepContext, given: Mapping[str, Any]) -> Iterator[Message]:
    return _which_overlap(ctx, {"opens": ctx.at.isoformat()})


def _told_and_overlap(ctx: StepContext, given: Mapping[str, Any]) -> Iterator[Message]:
    yield from _which_overlap(ctx, given)
    yield from _who_is_told(ctx, given)


FLOWS: Mapping[str, Flow] = {
    "new": Flow(M("calls.new"), (CALL_CODE, OPENS, CLOSES, VERSION, REPORT, EVENT), _create, _which_overlap),
    "opens": Flow(M("calls.change_opening"), (OPENS,), _move, _which_overlap),
    "closes": Flow(M("calls.change_close"), (CLOSES,), _move, _told_and_overlap),
    "open_now": Flow(M("calls.open_now"), (), _open_now, _which_overlap_now),
    "close_now": Flow(M("calls.close_now"), (), _close_now, _who_is_told),
    "feeds": Flow(M("calls.what_it_feeds"), (REPORT, EVENT), _describe),
    "version": Flow(M("calls.change_version"), (VERSION,), _choose),
    "criteria": Flow(M("calls.change_criteria"), (CRITERIA, MIDDLE), _set_criteria),
    "rename": Flow(M("calls.rename"), (NEW_CODE,), _rename),
    "delete": Flow(M("calls.delete"), (), _delete),
    "late": Flow(M("calls.late_code"), (UNTIL, USES), _mint),
}
"""By the code of the choice that begins it."""
