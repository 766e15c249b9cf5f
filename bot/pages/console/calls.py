"""The calls: how each stands; made, opened, moved and closed, and late codes for who missed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from types import MappingProxyType

from aiohttp import web

from bot.app import App
from bot.channels.web.forms import plain_form
from bot.pages.console.access import Organizer, signed_in
from bot.pages.console.deeds import ask
from bot.pages.console.pages import console_page
from dialogs.domain.conversation import Call, CallState
from dialogs.domain.messages import Message
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.calls import (
    CallWish,
    CreateCall,
    DeleteCall,
    DescribeCall,
    ListCalls,
    MintLateCode,
    MoveCall,
    RenameCall,
    Trouble,
    usual_feeds,
)
from dialogs.domain.roles import Right
from dialogs.domain.values.geneva import GENEVA, GENEVA_NAME
from dialogs.organizers.calls.call_flows import HOW, MOST_USES
from dialogs.organizers.calls.calls import STATES, TROUBLES, call_lines
from dialogs.organizers.datetime_input import END_OF_DAY, MORNING, read_moment
from storage.calls import calls

__all__ = ["ROUTES"]

CODE = "{code:[A-Za-z0-9][A-Za-z0-9-]{0,19}}"
Said = Mapping[str, str]
FIELDS = ("do", "text", "code", "opens", "closes", "report", "event", "uses", "overlap")
EMPTY: Said = MappingProxyType(dict.fromkeys(FIELDS, ""))


class _UnreadError(Exception):
    """A field that cannot be read; `why` says so to who wrote it."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.key)
        self.why = why


async def show_all(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.CALLS)
    return await _listed(app, who, done="done" in request.query)


async def _listed(
    app: App, who: Organizer, why: Message | None = None, said: Said = EMPTY, *, done: bool = False
) -> web.Response:
    """All calls, and the form for a new one: with what was `said` in it, and `why` that cannot be."""
    found, now = await ask(app, who, ListCalls()), app.turns.now()
    shown = [(each, STATES[each.call.state(now)]) for each in found]
    return console_page(
        *("calls.html", app, who, "/calls"), shown=shown, why=why, said={**EMPTY, **said}, done=done, how=HOW
    )


async def make(request: web.Request) -> web.StreamResponse:
    """A new call; what cannot be is said beside what was written."""
    app, who = await signed_in(request, Right.CALLS)
    form = await plain_form(request)
    try:
        opens = _moment(app, form.get("opens", ""), GENEVA_NAME, MORNING)
        closes = _moment(app, form.get("closes", ""), GENEVA_NAME, END_OF_DAY)
    except _UnreadError as unread:
        return await _listed(app, who, unread.why, form)
    year = closes.astimezone(GENEVA).year
    wish = CallWish(form.get("code", "").strip()[:40], opens, closes, *usual_feeds(year), overlapping="overlap" in form)
    result = await ask(app, who, CreateCall(wish, app.turns.machine.world.edition_of(year)))
    if isinstance(result, Trouble):
        return await _listed(app, who, TROUBLES[result], form)
    raise web.HTTPSeeOther(f"/organize/calls/{wish.code}?done=1")


async def show_one(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.CALLS)
    return await _one(app, who, request.match_info["code"], done="done" in request.query)


async def _one(
    app: App,
    who: Organizer,
    code: str,
    why: Message | None = None,
    said: Said = EMPTY,
    *,
    late: str = "",
    done: bool = False,
) -> web.Response:
    """One call, with what can be done to it. `late`: a code that was made a moment ago; it is not kept to be read."""
    found = await ask(app, who, ListCalls())
    standing = next((each for each in found if each.call.code == code), None)
    if standing is None:
        raise web.HTTPNotFound
    state = standing.call.state(app.turns.now())
    return console_page(
        *("call.html", app, who, "/calls"),
        standing=standing,
        state=STATES[state],
        lines=[line.text for line in call_lines(standing.call, standing.entries, standing.drafts)],
        announced=state is CallState.ANNOUNCED,
        open=state is CallState.OPEN,
        over=state is CallState.CLOSED,
        empty=not standing.entries and not standing.drafts,
        late=late,
        done=done,
        why=why,
        said={**EMPTY, **said},
        how=HOW,
    )


async def act(request: web.Request) -> web.StreamResponse:
    """Do one thing to a call; back to it, with what was wrong beside what was written."""
    app, who = await signed_in(request, Right.CALLS)
    form, code, now = await plain_form(request), request.match_info["code"], app.turns.now()
    known = await app.database.read(lambda session: calls.every(session, now))
    call = next((each for each in known if each.code == code), None)
    if call is None:
        raise web.HTTPNotFound
    try:
        wanted = _wanted(app, form, call, now)
    except _UnreadError as unread:
        return await _one(app, who, code, unread.why, form)
    result = await ask(app, who, wanted)
    if isinstance(result, Trouble):
        return await _one(app, who, code, TROUBLES[result], form)
    if isinstance(wanted, MintLateCode):
        return await _one(app, who, code, late=result)
    there = f"/{wanted.to}" if isinstance(wanted, RenameCall) else f"/{code}"
    raise web.HTTPSeeOther(f"/organize/calls{'' if isinstance(wanted, DeleteCall) else there}?done=1")


def _wanted(app: App, form: Mapping[str, str], call: Call, now: datetime) -> OrganizersRequest:
    """What a form asks for; _UnreadError: a field that cannot be read; HTTPBadRequest: no form of ours."""
    what, text, both = form.get("do", ""), form.get("text", ""), "overlap" in form
    if what == "opens":
        return MoveCall(call.code, opens=_moment(app, text, call.zone, MORNING), overlapping=both)
    if what == "closes":
        return MoveCall(call.code, closes=_moment(app, text, call.zone, END_OF_DAY), overlapping=both)
    if what == "open_now":
        return MoveCall(call.code, opens=now, overlapping=both)
    if what == "close_now" and "sure" in form:
        return MoveCall(call.code, closes=now, at_once=True)
    if what == "feeds":
        return DescribeCall(call.code, form.get("report", "")[:200].strip(), form.get("event", "")[:200].strip())
    if what == "late":
        uses = form.get("uses", "").strip()
        number = int(uses) if uses.isascii() and uses.isdigit() and len(uses) < 6 else 0
        if not 1 <= number <= MOST_USES:
            raise _UnreadError(replace(TROUBLES[Trouble.USES], count=MOST_USES))
        return MintLateCode(call.code, _moment(app, text, call.zone, END_OF_DAY), number)
    if what == "rename":
        return RenameCall(call.code, text.strip()[:40])
    if what == "delete" and "sure" in form:
        return DeleteCall(call.code)
    raise web.HTTPBadRequest


def _moment(app: App, text: str, zone: str, default: time) -> datetime:
    today = app.turns.now().astimezone(GENEVA).date()
    found = read_moment(text, app.turns.machine.world.vocabulary.months, zone, default, today)
    if isinstance(found, Message):
        raise _UnreadError(found)
    return found


ROUTES = (
    web.get("/organize/calls", show_all),
    web.post("/organize/calls", make),
    web.get(f"/organize/calls/{CODE}", show_one),
    web.post(f"/organize/calls/{CODE}", act),
)
