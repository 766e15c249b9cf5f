"""The addresses of the web chat."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from importlib import resources
from pathlib import Path

from aiohttp import web

from bot import file_store
from bot.app import App
from bot.channels.web import chat, first_page, letters, pages, verify
from bot.channels.web.access import sign_out
from bot.channels.web.access.identity import Visitor, forget_cookie, keep_session, recognised, visitor
from bot.channels.web.access.limits import LIMITS, Limits
from bot.channels.web.access.origin import origin_of
from bot.channels.web.access.security_headers import dress, guard
from bot.channels.web.app_keys import APP, HUB, PROBLEMS
from bot.channels.web.forms import LONGEST, event_of, is_too_long, plain_form, update_of
from bot.channels.web.notices import watching
from bot.channels.web.stream import Full, Hub
from bot.channels.web.uploads import has_room, is_kept, receive
from bot.offline import filled_file
from bot.pictures.metadata import without_metadata
from bot.services.offline_template import template_of_draft
from dialogs.answers.file import ENDINGS
from dialogs.domain.events import Commanded, Event, FileRef, Odd, Sent
from dialogs.screens import Expect

__all__ = ["attach"]

AT_ONCE = "X-Page"
"""A request header: a page that draws itself wants the next page as the answer, in one round trip."""

FILE_ID = re.compile(r"[0-9a-f]{32}")

TURN = "X-Turn"
"""A response header: the turn that the page shows, so that news of it is no news to the one who took it."""

PREVIEWED = ("image/jpeg", "image/png", "image/gif", "image/webp")
"""Pictures that every browser can show."""

FOREVER = "public, max-age=31536000, immutable"


def attach(site: web.Application, app: App) -> None:
    """Add the web chat to a site."""
    site[APP], site[HUB], site[LIMITS], site[PROBLEMS] = app, Hub(), Limits(app.settings), {}
    site.middlewares.append(guard)
    site.on_response_prepare.append(dress)
    site.add_routes(
        [
            web.get("/", landing),
            web.get("/questions", questions),
            web.get("/sample", sample),
            web.get("/chat", show),
            web.post("/chat", act),
            web.post("/chat/file", send_file),
            web.get("/chat/file/{id}", picture),
            web.get("/chat/template.{format}", template),
            web.get("/chat/stream", stream),
            web.post("/leave", sign_out.leave),
            web.post("/return", sign_out.come_back),
            *verify.ROUTES,
            *letters.ROUTES,
            web.get("/static/{hash}/{name}", static),
        ]
    )
    site.cleanup_ctx.append(_watching)
    site.on_shutdown.append(_let_go)


async def _watching(site: web.Application) -> AsyncIterator[None]:
    """Bring news to open pages for as long as the site is open."""
    task = asyncio.create_task(watching(site[APP], site[HUB]))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _let_go(site: web.Application) -> None:
    site[HUB].close()


async def landing(request: web.Request) -> web.Response:
    """What this is, until when, and a button to begin."""
    app, asked = request.app[APP], request.query
    page = await first_page.landing(
        app, visitor(request), asked.get("language"), link=asked.get("start", ""), code=asked.get("back", "")
    )
    return _html(page)


async def questions(request: web.Request) -> web.Response:
    """All questions, to be read or printed beforehand."""
    return _html(await first_page.questions(request.app[APP], visitor(request)))


async def sample(request: web.Request) -> web.Response:
    """A finished entry, invented."""
    return _html(await first_page.sample(request.app[APP], visitor(request)))


async def show(request: web.Request) -> web.Response:
    """The conversation as it stands. Of a stranger nothing is kept, and they get no cookie, until they do something."""
    app, who = request.app[APP], await recognised(request)
    if who.known is None:
        return _html(pages.chat(app, await chat.greeting(app, who), None))
    response = _html("")
    response.text = pages.chat(app, await chat.current(app, who), await keep_session(request, response, who))
    return response


async def act(request: web.Request) -> web.StreamResponse:
    """A choice, a command or a text; then back to the page."""
    app, form = request.app[APP], await plain_form(request)
    if is_too_long(form):
        raise web.HTTPRequestEntityTooLarge(LONGEST, len(form["text"]))
    who, event = await _counted(request), event_of(form, app.turns.now())
    page = sign_out.COMMANDS.get(event.name.lower()) if isinstance(event, Commanded) else None
    if page is not None:
        return await page(request, who)
    if who.known is None and form.get("language") in app.words.languages:
        await _speak(app, who, form)
    return await _turn(request, who, form, event)


async def _speak(app: App, who: Visitor, form: Mapping[str, str]) -> None:
    """Take the language that a stranger chose on the first page, before what they pressed there."""
    event = Commanded("language", app.turns.now(), form["language"])
    await asyncio.shield(chat.take(app, who, update_of(form, event, secrets.token_hex(12)), event))


async def send_file(request: web.Request) -> web.StreamResponse:
    """A file with what stands beside it in the form; then back to the page.

    Whether the open question takes a file, and whether there is room for one, is asked before a byte of it is kept.
    """
    app, who = request.app[APP], await _counted(request)
    request.app[LIMITS].uploads.take(who.address if who.known else _sender(request))
    folder, screen = app.settings.files, await chat.open_screen(app, who) if who.known else None
    asked = screen is not None and screen.expects is Expect.FILE
    room = await asyncio.to_thread(has_room, folder, app.settings.files_floor)
    async with receive(request, folder, keep=asked and room and is_kept(request)) as form:
        now = app.turns.now()
        refused = Odd("file", now) if not asked else Odd("no_room", now) if not room else None
        sent = refused or await _looked_into(_sent(form.file, now), folder)
        response = await _turn(request, who, form.fields, sent)
    if form.file is not None:
        await file_store.settle(app, form.file.id)
    return response


def _sent(file: FileRef | None, at: datetime) -> Event:
    return Sent(file, at) if file is not None else Odd("empty", at)


async def _looked_into(event: Event, folder: Path) -> Event:
    """What was sent, with what stands in it where it may be a template that comes back."""
    if not isinstance(event, Sent) or not filled_file.may_be_template(event.file):
        return event
    return replace(event, filled=await asyncio.to_thread(filled_file.read_path, folder / event.file.id))


async def _counted(request: web.Request) -> Visitor:
    """Who posts, after what they posted was counted: a session's posts, or an address's new people."""
    who, limits = await recognised(request), request.app[LIMITS]
    if who.known is not None:
        limits.posts.take(who.address)
    else:
        limits.people.take(_sender(request))
    return who


def _sender(request: web.Request) -> str:
    return origin_of(request, request.app[APP].settings.trusted_proxies).address


async def _turn(request: web.Request, who: Visitor, form: Mapping[str, str], event: Event) -> web.StreamResponse:
    app = request.app[APP]
    update = update_of(form, event, secrets.token_hex(12))
    # Shielded: somebody who closes the page in this moment has still answered.
    taken = await asyncio.shield(chat.take(app, who, update, event, form.get("place", "")[:40]))
    farewell = chat.farewell(taken.outcome)
    if farewell is not None:
        response: web.StreamResponse = _html(pages.chat(app, farewell, None))
        forget_cookie(request, response)
        request.app[HUB].end(who.address)
        return response
    request.app[HUB].tell(who.address, taken.outcome.turn)
    request.app[HUB].went_on(who.address, taken.outcome.turn)
    at_once = request.headers.get(AT_ONCE) == "1" or who.only is not None
    response = _html("") if at_once else web.HTTPSeeOther("/chat#now")
    after = await keep_session(request, response, who, taken.rights)
    if after.address != who.address:
        request.app[HUB].end(who.address)  # their pages come back with the new cookie
    if at_once:
        page = chat.answered(who, taken.outcome) if who.only is not None else await chat.current(app, after)
        response.text = pages.chat(app, page, after)
        response.headers[TURN] = str(taken.outcome.turn)
    return response


async def picture(request: web.Request) -> web.StreamResponse:
    """A picture that the open screen shows, without what it says of who took it: a colleague may look at it too."""
    app, who = request.app[APP], await recognised(request)
    screen = await chat.open_screen(app, who) if who.known is not None else None
    files = screen.details.files if screen is not None and screen.details is not None else ()
    file = next((file for file in files if file.id == request.match_info["id"]), None)
    path = app.settings.files / file.id if file is not None and FILE_ID.fullmatch(file.id) else None
    if file is None or path is None or file.kind not in PREVIEWED or not await asyncio.to_thread(path.is_file):
        raise web.HTTPNotFound
    clean = await asyncio.to_thread(lambda: without_metadata(path.read_bytes()))
    if clean is None:
        return web.Response(status=204)  # it is kept, but nobody can be shown it without what it says
    headers = {"Content-Type": file.kind, "Content-Disposition": "inline", "Cache-Control": "private, max-age=600"}
    return web.Response(body=clean, headers=headers)


async def template(request: web.Request) -> web.StreamResponse:
    """The template that the open screen offers, to whom it offers it."""
    app, who = request.app[APP], await recognised(request)
    screen = await chat.open_screen(app, who) if who.known is not None else None
    documents = screen.documents if screen is not None else ()
    wanted = next((each for each in documents if each.format == request.match_info["format"]), None)
    if wanted is None or who.known is None:
        raise web.HTTPNotFound
    request.app[LIMITS].uploads.take(who.address)  # it is made anew each time, which takes as much as a file that comes
    made = await template_of_draft(app, who.known.person, wanted.draft, wanted.format, wanted.language)
    if made is None:
        raise web.HTTPNotFound
    named = f'attachment; filename="{made.name}"'
    kind = ENDINGS[f".{wanted.format}"]
    headers = {"Content-Type": kind, "Content-Disposition": named, "Cache-Control": "no-store"}
    return web.Response(body=made.data, headers=headers)


async def stream(request: web.Request) -> web.StreamResponse:
    """A line of server-sent events for each piece of news: for those who talk to us, a few each."""
    who, hub = await recognised(request), request.app[HUB]
    if who.known is None:
        return web.Response(status=204)  # by which a browser knows not to ask again
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    try:
        with hub.listening(who.address, _sender(request)) as told:
            await response.prepare(request)
            await response.write(b": open\n\n")
            async for news in told:
                line = f"event: news\ndata: {news}\n\n" if news is not None else ": still here\n\n"
                await response.write(line.encode())
    except Full:
        raise web.HTTPTooManyRequests from None
    except ConnectionResetError:
        pass  # the page was closed
    return response


async def static(request: web.Request) -> web.Response:
    """A file of ours, under an address that changes with its content."""
    name = request.match_info["name"]
    kind = pages.KINDS.get(name.rpartition(".")[2])
    source = resources.files("bot.channels.web") / "static" / name
    if kind is None or not source.is_file() or "/" in name:
        raise web.HTTPNotFound
    response = web.Response(body=source.read_bytes(), headers={"Content-Type": kind, "Cache-Control": FOREVER})
    response.enable_compression()
    return response


def _html(text: str) -> web.Response:
    response = web.Response(text=text, content_type="text/html")
    response.enable_compression()
    return response
