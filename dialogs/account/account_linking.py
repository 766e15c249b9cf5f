"""Joining two apps: a code is shown in the one and written in the other, and both are asked before anything moves.

    joining           the code of this app; a code of another one may be written here
    joining_ask       written: whom one would be joined with, and what moves there
    joining_waits     said yes: the other app has the last word
    joining_confirm   in that app: who asks, and what comes with them

Nothing of this can be done by following a link: a link is followed by whoever was sent it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.link_requests import (
    AgreeToJoin,
    AskToJoin,
    ConfirmJoin,
    Joinable,
    Joined,
    JoinTrouble,
    LookAtJoin,
    OfferJoin,
    RefuseJoin,
    WithdrawJoin,
)
from dialogs.domain.messages import Code, Listing, M, Message, Value
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = [
    "handle",
    "handle_ask",
    "handle_confirm",
    "handle_waits",
    "join",
    "offer",
    "render",
    "render_ask",
    "render_confirm",
    "render_waits",
]

APPS: Mapping[str, Message] = {
    "telegram": M("app.telegram"),
    "web": M("app.web"),
    "terminal": M("app.terminal"),
}
"""What channels are called."""

LONGEST = 40
"""Characters of what is taken for a code."""

NAMED = 10
"""Drafts that are named; of more, how many they are."""

TROUBLES: Mapping[JoinTrouble, Message] = {
    JoinTrouble.UNKNOWN: M("joining.bad_code"),
    JoinTrouble.OVER: M("joining.bad_code"),
    JoinTrouble.OWN: M("joining.own_code"),
    JoinTrouble.ORGANIZER: M("joining.organizer"),
}


def offer(ctx: StepContext) -> None:
    """Show a code for another app, or who has used it there."""
    _enter(ctx)
    ctx.ask(OfferJoin(ctx.at))


def join(ctx: StepContext, code: str) -> None:
    """Write a code that another app shows."""
    _enter(ctx)
    ctx.ask(AskToJoin(ctx.at, code.strip()[:LONGEST]))


def _enter(ctx: StepContext) -> None:
    """Come here from elsewhere, to be led back there; a code that is shown here stays."""
    if not ctx.position.name.startswith("joining"):
        ctx.push("joining")
    elif ctx.position.name != "joining":
        ctx.goto("joining")


def render(ctx: StepContext) -> Screen:
    code = str(ctx.args.get("code", ""))
    lines = [Line(Kind.TITLE, M("joining.title"))]
    if not code:
        lines.append(Line(Kind.TEXT, M("joining.write_code")))
        return Screen("joining", tuple(lines), choices.row(choices.back()), expects=Expect.TEXT)
    lines += [
        Line(Kind.TEXT, M("joining.how")),
        Line(Kind.QUOTE, Code(f"/join {code}")),
        Line(Kind.TEXT, M("joining.then")),
        Line(Kind.HINT, M("joining.minutes")),
        Line(Kind.HINT, M("joining.or_write")),
    ]
    rows = choices.row(Choice(".copy", M("choice.copy"), copies=f"/join {code}")) + choices.row(
        choices.primary("look", M("choice.joining_look")), choices.back()
    )
    return Screen("joining", tuple(lines), rows, expects=Expect.TEXT)


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        _told(ctx, event.result)
    elif isinstance(event, Chose) and event.code == "look":
        ctx.ask(LookAtJoin(ctx.at))
    elif isinstance(event, Chose):
        ctx.pop()
    elif isinstance(event, Said):
        join(ctx, event.text)
    else:
        ctx.note(M("joining.bad_code"))


def _told(ctx: StepContext, result: object) -> None:
    """What the store says: a code, who is on the other side, or why a code is none."""
    if isinstance(result, str) and not isinstance(result, JoinTrouble):
        ctx.update(code=result)
    elif isinstance(result, JoinTrouble):
        ctx.error(TROUBLES[result])
        ctx.update(code=None if result is JoinTrouble.OVER else ctx.args.get("code"))
    elif isinstance(result, Joinable):
        ctx.goto("joining_confirm" if result.asks else "joining_ask", **_frozen(result))
    else:
        ctx.note(M("joining.nobody_yet"))


def render_ask(ctx: StepContext) -> Screen:
    """In the app where a code was written: everything here moves to somebody."""
    lines = (
        Line(Kind.TITLE, M("joining.ask")),
        Line(Kind.TEXT, M("joining.to", name=_name(ctx), apps=_apps(ctx))),
        *_moving(ctx, M("joining.moves"), M("joining.nothing_moves")),
        Line(Kind.TEXT, M("joining.warning_ask")),
    )
    rows = choices.column(
        [choices.danger("yes", M("choice.joining_yes")), choices.primary("no", M("choice.joining_no"))]
    )
    return Screen("joining_ask", lines, rows)


def handle_ask(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult) and event.result is True:
        ctx.goto("joining_waits", **ctx.args)
    elif isinstance(event, QueryResult):
        ctx.pop()
        ctx.note(M("joining.not_moved") if event.result is None else M("joining.bad_code"))
    elif isinstance(event, Chose):
        ctx.ask(AgreeToJoin(ctx.at) if event.code == "yes" else WithdrawJoin(ctx.at))
    else:
        ctx.note(M("not_understood.review"))


def render_waits(ctx: StepContext) -> Screen:
    lines = (
        Line(Kind.TITLE, M("joining.waits")),
        Line(Kind.TEXT, M("joining.confirm_there", name=_name(ctx), apps=_apps(ctx))),
    )
    return Screen("joining_waits", lines, choices.row(choices.quiet("no", M("choice.joining_no"))))


def handle_waits(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.pop()
        ctx.note(M("joining.not_moved"))
    elif isinstance(event, Chose):
        ctx.ask(WithdrawJoin(ctx.at))
    else:
        ctx.note(M("not_understood.review"))


def render_confirm(ctx: StepContext) -> Screen:
    """In the app that made the code: who has said yes there, and what comes with them."""
    lines = [
        Line(Kind.TITLE, M("joining.confirm")),
        Line(Kind.TEXT, M("joining.from", name=_name(ctx), apps=_apps(ctx))),
        *_moving(ctx, M("joining.comes"), M("joining.nothing_comes")),
        Line(Kind.TEXT, M("joining.warning_confirm")),
    ]
    if ctx.conversation.role is not None:
        lines.append(Line(Kind.TEXT, M("joining.warning_role")))
    rows = choices.column(
        [choices.danger("yes", M("choice.joining_it_is_me")), choices.primary("no", M("choice.joining_refuse"))]
    )
    return Screen("joining_confirm", tuple(lines), rows)


def handle_confirm(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult) and isinstance(event.result, Joined):
        ctx.outdo(event.result.stamp)
        ctx.goto("home")
        ctx.note(M("joining.done"))
    elif isinstance(event, QueryResult):
        ctx.pop()
        ctx.note(M("joining.not_moved"))
    elif isinstance(event, Chose) and event.code == "yes":
        ctx.ask(ConfirmJoin(ctx.at, int(ctx.args["person"])))
    elif isinstance(event, Chose):
        ctx.ask(RefuseJoin(ctx.at))
    else:
        ctx.note(M("not_understood.review"))


def _frozen(found: Joinable) -> dict[str, object]:
    whom, moving = found.whom, found.moving
    return {
        "person": whom.person,
        "name": whom.name,
        "apps": list(whom.apps),
        "drafts": list(moving.drafts),
        "entries": moving.entries,
    }


def _name(ctx: StepContext) -> Value:
    return str(ctx.args.get("name") or "") or M("joining.nameless")


def _apps(ctx: StepContext) -> Listing:
    """The apps of the other side. Where we do not know one, its own name has to do."""
    return Listing(tuple(APPS.get(app, Code(app)) for app in ctx.args.get("apps", ())))


def _moving(ctx: StepContext, what: Message, nothing: Message) -> Iterable[Line]:
    """What moves, by name and number."""
    drafts, entries = ctx.args.get("drafts", ()), int(ctx.args.get("entries", 0))
    if not drafts and not entries:
        yield Line(Kind.TEXT, nothing)
        return
    yield Line(Kind.TEXT, what)
    if drafts:
        yield Line(Kind.ITEM, M("joining.drafts", len(drafts)))
    for title in drafts[:NAMED]:
        yield Line(Kind.ITEM, title or M("draft.unnamed"))
    if len(drafts) > NAMED:
        yield Line(Kind.ITEM, M("joining.more", len(drafts) - NAMED))
    if entries:
        yield Line(Kind.ITEM, M("joining.entries", entries))
