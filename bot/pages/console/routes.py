"""The addresses of the console. A GET changes nothing; a POST ends in a redirect, so that reloading repeats nothing."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from bot.channels.web.access.identity import visitor
from bot.channels.web.app_keys import APP
from bot.channels.web.forms import plain_form
from bot.pages.console import announcements, calls, contacts, desk, figures, pages
from bot.pages.console.access import let_in, let_out, signed_in
from bot.pages.console.deeds import ask, failed, requests_for, together
from bot.pages.console.render import style
from dialogs.domain.entries.review import Trouble
from dialogs.domain.organizers.inbox import AnswerLetter, InboxMessage
from dialogs.domain.organizers.reports import OrderReport
from dialogs.domain.organizers.review import AnnounceDecisions, SetDue, Undo
from dialogs.domain.roles import Right
from dialogs.organizers.datetime_input import END_OF_DAY, read_moment
from dialogs.step_context import GENEVA
from storage.report import orders

__all__ = ["attach"]

MOST = 200
"""Entries that one form does something to."""
REFERENCE = "{reference:WSIS-[0-9]{4}-[0-9]{6,9}}"
TOGETHER = ("take", "release", "accept", "refuse", "test", "spam")


def attach(site: web.Application) -> None:
    """Add the console to a site that has the web chat."""
    site.add_routes(
        [
            web.get("/organize", dashboard),
            web.get("/organize/enter/{token}", entering),
            web.post("/organize/enter", enter),
            web.get("/organize/out", signed_out),
            web.post("/organize/out", sign_out),
            web.get("/organize/review", queue),
            web.post("/organize/review", act_on_many),
            web.post("/organize/undo", undo),
            web.get(f"/organize/entry/{REFERENCE}", entry),
            web.post(f"/organize/entry/{REFERENCE}", act),
            web.get("/organize/decisions", decisions),
            web.post("/organize/decisions", announce),
            web.get("/organize/reports", reports),
            web.post("/organize/reports", order_report),
            web.get("/organize/reports/{id:[0-9]{1,9}}", report_file),
            web.get("/organize/desk", letters),
            web.post("/organize/desk", act_on_letter),
            *calls.ROUTES,
            *announcements.ROUTES,
            *contacts.ROUTES,
            *figures.ROUTES,
            web.get("/organize/log", log),
            web.get("/organize/style/{name}.css", sheet),
        ]
    )


async def entering(request: web.Request) -> web.Response:
    token = request.match_info["token"][:64]
    return pages.entering(request.app[APP], visitor(request).language, token)


async def enter(request: web.Request) -> web.StreamResponse:
    form = await plain_form(request)
    return await let_in(request, form.get("token", "")[:64]) or pages.signed_out(
        request.app[APP], visitor(request).language
    )


async def signed_out(request: web.Request) -> web.Response:
    return pages.signed_out(request.app[APP], visitor(request).language)


async def sign_out(request: web.Request) -> web.Response:
    form = await plain_form(request)
    return await let_out(request, everywhere=form.get("where") == "everywhere")


async def dashboard(request: web.Request) -> web.Response:
    return await pages.dashboard(*await signed_in(request))


async def queue(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.REVIEW)
    return await pages.queue(app, who, dict(request.query))


async def act_on_many(request: web.Request) -> web.StreamResponse:
    """Do one thing to several entries, each by itself: what cannot be done to one does not hold up the others."""
    app, who = await signed_in(request, Right.REVIEW)
    form = await request.post()
    what, chosen = str(form.get("do", "")), [str(each) for each in form.getall("on", [])][:MOST]
    if what not in TOGETHER:
        raise web.HTTPBadRequest
    asked = []
    for reference in chosen:
        version = str(form.get(f"version:{reference}", ""))
        asked += requests_for({"do": what}, reference, int(version) if version.isdigit() else 0)
    results = await together(app, who, asked) if asked else []
    good = [reference for reference, result in zip(chosen, results, strict=True) if not failed(result)]
    back = dict(request.query) | {"did": str(len(good)), "failed": str(len(chosen) - len(good)), "undo": ",".join(good)}
    raise web.HTTPSeeOther(f"/organize/review?{urlencode(back)}")


async def undo(request: web.Request) -> web.StreamResponse:
    app, who = await signed_in(request, Right.REVIEW)
    form = await plain_form(request)
    references = tuple(each for each in form.get("undo", "").split(",") if each)[:MOST]
    undone = await ask(app, who, Undo(references))
    raise web.HTTPSeeOther(f"/organize/review?did={len(undone)}&failed={len(references) - len(undone)}")


async def entry(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.REVIEW)
    return await pages.entry(app, who, request.match_info["reference"], dict(request.query))


async def act(request: web.Request) -> web.StreamResponse:
    """Do something to one entry; back to it, with what was wrong."""
    app, who = await signed_in(request, Right.REVIEW)
    form, reference = await plain_form(request), request.match_info["reference"]
    version = int(form["version"]) if form.get("version", "").isdigit() else 0
    asked = requests_for(form, reference, version)
    if form.get("do") == "due":
        today = app.turns.now().astimezone(GENEVA).date()
        months = app.turns.machine.world.vocabulary.months
        moment = read_moment(form.get("text", ""), months, GENEVA.key, END_OF_DAY, today)
        asked = [] if not hasattr(moment, "tzinfo") else [SetDue(reference, moment)]  # type: ignore[arg-type]
        if not asked:
            raise web.HTTPSeeOther(f"/organize/entry/{reference}?trouble={Trouble.PAST}")
    results = await together(app, who, asked) if asked else [Trouble.EMPTY]
    trouble = next((result for result in results if isinstance(result, Trouble)), None)
    where = f"?trouble={trouble}" if trouble is not None else ""
    raise web.HTTPSeeOther(f"/organize/entry/{reference}{where}#now")


async def decisions(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.DECIDE)
    return await pages.decisions(app, who, request.query.get("told", ""))


async def announce(request: web.Request) -> web.StreamResponse:
    app, who = await signed_in(request, Right.DECIDE)
    form = await request.post()
    told = await ask(app, who, AnnounceDecisions(tuple(str(each) for each in form.getall("on", []))[:MOST]))
    raise web.HTTPSeeOther(f"/organize/decisions?told={len(told)}")


async def reports(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.REPORT)
    return await pages.reports(app, who, request.query)


async def order_report(request: web.Request) -> web.StreamResponse:
    app, who = await signed_in(request, Right.REPORT)
    form = await plain_form(request)
    call, language, kind = (form.get(name, "")[:20] for name in ("call", "language", "form"))
    found = await ask(app, who, OrderReport(call, language, kind, form.get("draft") == "1"))
    raise web.HTTPSeeOther(f"/organize/reports?did={'no_call' if failed(found) or found is None else 'asked'}")


async def report_file(request: web.Request) -> web.StreamResponse:
    """The file, to be kept: it is never shown here, where an organizer is signed in."""
    app, _ = await signed_in(request, Right.REPORT)
    id = int(request.match_info["id"])
    found = await app.database.read(lambda session: orders.find(session, id))
    path = app.settings.files / found[1] if found is not None and found[1] else None
    if path is None or not path.is_file():
        raise web.HTTPNotFound
    headers = {"Content-Disposition": f'attachment; filename="{path.name}"', "X-Content-Type-Options": "nosniff"}
    return web.FileResponse(path, headers=headers)


async def letters(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.HELP)
    return await desk.letters(app, who, dict(request.query))


async def act_on_letter(request: web.Request) -> web.StreamResponse:
    """Do something about one letter; back to the list that it was in."""
    app, who = await signed_in(request, Right.HELP)
    asked = desk.request_for(await plain_form(request), who.person)
    if asked is None:
        raise web.HTTPBadRequest
    letter = await ask(app, who, asked)
    back = {"show": request.query.get("show", "")[:20]}
    if isinstance(asked, AnswerLetter) and isinstance(letter, InboxMessage):
        back["sent"] = str(letter.id)
    raise web.HTTPSeeOther(f"/organize/desk?{urlencode(back)}")


async def log(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.ORGANIZERS)
    return await pages.log(app, who, request.query.get("before", ""))


async def sheet(request: web.Request) -> web.Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Type": "text/css; charset=utf-8"}
    return web.Response(body=style(), headers=headers)
