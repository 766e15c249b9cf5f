"""Announcements: what each is and how far; texts written, approved, sent, paused and stopped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.app import App
from bot.channels.web.forms import plain_form
from bot.pages.console.access import Organizer, signed_in
from bot.pages.console.deeds import ask
from bot.pages.console.pages import console_page
from dialogs.domain.announcements.announcement import AnnouncementAction, allowed
from dialogs.domain.announcements.rules import LONGEST, LONGEST_WITH_FILE, too_long
from dialogs.domain.messages import M, Message
from dialogs.domain.notice import NoticeState
from dialogs.domain.organizers.announcements import (
    ApproveAnnouncement,
    AskApproval,
    ChangeSent,
    Compose,
    Launch,
    ListAnnouncements,
    LookAt,
    PerformAction,
    SendBack,
    Sheet,
    TestSend,
    Unschedule,
    UseAgain,
    WriteText,
)
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right
from dialogs.domain.values.geneva import GENEVA, GENEVA_NAME
from dialogs.organizers.announcements.change_request import LONGEST as LONGEST_CHANGE
from dialogs.organizers.announcements.overview import TWICE, acts, sheet_lines
from dialogs.organizers.announcements.progress_lines import CONTROLS
from dialogs.organizers.announcements.view import HAPPENED, REFUSED, STATES, planned_for, title
from dialogs.organizers.calls.call_flows import HOW
from dialogs.organizers.datetime_input import MORNING, read_moment
from dialogs.text import html_subset

__all__ = ["ROUTES"]

AT_ONCE = 30
MOST = 20_000
"""Characters of a text that are read at all."""
ID = "{id:[0-9]{1,9}}"
ELSEWHERE = ("again", "outcome", "send")
"""Acts that are no button here: this page is always as it is now, and sending has a form of its own."""

A = AnnouncementAction


async def show_all(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.TRANSLATE)
    before = request.query.get("before", "")
    first = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    found = await ask(app, who, ListAnnouncements(first, AT_ONCE))
    return console_page(
        *("announcements.html", app, who, "/announcements"),
        shown=[(each, STATES[each.state]) for each in found[:AT_ONCE]],
        older=found[AT_ONCE - 1].id if len(found) > AT_ONCE else None,
        announces=who.may(Right.ANNOUNCE),
    )


async def compose(request: web.Request) -> web.StreamResponse:
    app, who = await signed_in(request, Right.ANNOUNCE)
    sheet = await ask(app, who, Compose(who.language))
    raise web.HTTPSeeOther(f"/organize/announcements/{sheet.id}")


async def show_one(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.TRANSLATE)
    sheet = await ask(app, who, LookAt(int(request.match_info["id"])))
    if not isinstance(sheet, Sheet):
        raise web.HTTPNotFound
    return _page(app, who, sheet, _happened(request.query.get("did", "")))


def _page(
    app: App, who: Organizer, sheet: Sheet, word: tuple[Message, bool] | None = None, when: str = ""
) -> web.Response:
    """One announcement. `word`: what was done, and whether it was refused; `when`: what was written as the moment."""
    vocabulary, announces = app.turns.machine.world.vocabulary, who.may(Right.ANNOUNCE)
    state, ways = NoticeState(sheet.state), list(acts(sheet)) if announces else []
    writes = allowed(state, A.WRITE_TEXT) or (announces and allowed(state, A.CHANGE_TEXT, recalled=sheet.recalled))
    return console_page(
        *("announcement.html", app, who, "/announcements"),
        sheet=sheet,
        title=title(sheet.id, sheet.state),
        lines=[line.text for line in sheet_lines(sheet, vocabulary.languages, app.turns.now())],
        texts=[(language, html_subset.readable(sheet.texts.get(language, ""))) for language in vocabulary.languages],
        written={each: html_subset.as_typed(sheet.texts.get(each, "")) for each in vocabulary.languages},
        writes=writes,
        begun=state.has_begun,
        announces=announces,
        ways=[way for way in ways if way.code not in ELSEWHERE],
        sends=any(way.code == "send" for way in ways),
        twice={code: question for code, (question, _) in TWICE.items()},
        word=word,
        when=when or _planned(app, sheet),
        how=HOW,
    )


def _planned(app: App, sheet: Sheet) -> str:
    """When whoever began it meant it to be sent, as it is written."""
    due = planned_for(sheet, app.turns.now())
    return "" if due is None else f"{due.astimezone(GENEVA):%Y-%m-%d %H:%M}"


def _happened(name: str) -> tuple[Message, bool] | None:
    """What is said of what was done, and whether it was refused."""
    known = {result.value: result for result in HAPPENED}
    result = known.get(name)
    return None if result is None else (HAPPENED[result], result in REFUSED)


async def act(request: web.Request) -> web.StreamResponse:
    """Do one thing to an announcement; back to it, with what came of it."""
    app, who = await signed_in(request, Right.TRANSLATE)
    form, id = await plain_form(request), int(request.match_info["id"])
    sheet = await ask(app, who, LookAt(id))
    if not isinstance(sheet, Sheet):
        raise web.HTTPNotFound
    at = _moment(app, form.get("when", "")) if form.get("do") == "send" else None
    if isinstance(at, Message):
        return _page(app, who, sheet, (at, True), form.get("when", ""))
    if form.get("language", who.language) not in app.words.languages:
        raise web.HTTPBadRequest
    text = html_subset.marked(form.get("text", "").strip()[:MOST])
    long = too_long(text, form.get("language", ""), LONGEST_WITH_FILE if sheet.file else LONGEST)
    if long is not None and NoticeState(sheet.state).has_begun:
        return _page(app, who, sheet, (long, True))
    wanted = _wanted(form, sheet, text, at)
    if wanted is None or not who.may(wanted.right):
        raise web.HTTPBadRequest
    result = await ask(app, who, wanted)
    if not isinstance(result, Sheet):
        raise web.HTTPSeeOther("/organize/announcements")
    did = {"did": str(result.happened)} if result.happened else {}
    raise web.HTTPSeeOther(f"/organize/announcements/{result.id}?{urlencode(did)}#now")


def _moment(app: App, text: str) -> datetime | Message | None:
    """When it is to be sent; None: at once."""
    now = app.turns.now()
    if not text.strip():
        return None
    today = now.astimezone(GENEVA).date()
    found = read_moment(text, app.turns.machine.world.vocabulary.months, GENEVA_NAME, MORNING, today)
    return M("announcement.is_past") if isinstance(found, datetime) and found <= now else found


def _wanted(form: Mapping[str, str], sheet: Sheet, text: str, at: datetime | None) -> OrganizersRequest | None:
    """What a form asks for; None: it is none of ours. The size that was confirmed is the one that was on the page."""
    what, id, sure = form.get("do", ""), sheet.id, "sure" in form
    language, size = form.get("language", ""), form.get("size", "")
    if what == "text" and language and NoticeState(sheet.state).has_begun:
        return ChangeSent(id, language, text) if sure and text else None
    if what == "text" and language:
        return WriteText(id, language, text)
    if what == "test" and language:
        return TestSend(id, language)
    if what == "send" and sure and size.isascii() and size.isdigit() and len(size) < 10:
        return Launch(id, at, int(size))
    if what == "send_back" and text:
        return SendBack(id, form["text"].strip()[:LONGEST_CHANGE])
    simple = {"ask": AskApproval, "approve": ApproveAnnouncement, "call_off": Unschedule, "copy": UseAgain}
    if what in simple:
        return simple[what](id)
    if what in {A.DISCARD, *CONTROLS} and (what not in TWICE or sure):
        return PerformAction(id, A(what))
    return None


ROUTES = (
    web.get("/organize/announcements", show_all),
    web.post("/organize/announcements", compose),
    web.get(f"/organize/announcements/{ID}", show_one),
    web.post(f"/organize/announcements/{ID}", act),
)
