"""The addresses of the web chat."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from importlib import resources

from aiohttp import BodyPartReader, web

from bot import filing
from bot.app import App
from bot.webchat import chat, pages
from bot.webchat.forms import LONGEST, event_of, is_too_long, update_of
from bot.webchat.identity import Visitor, remember, visitor
from bot.webchat.keys import APP
from bot.webchat.newsroom import watching
from bot.webchat.safety import guard
from bot.webchat.stream import Hub
from bot.webchat.uploads import receive
from dialogs.events import Event, FileRef, Odd, Sent

__all__ = ["attach"]

HUB = web.AppKey("hub", Hub)

FOREVER = "public, max-age=31536000, immutable"


def attach(site: web.Application, app: App) -> None:
    """Add the web chat to a site."""
    site[APP], site[HUB] = app, Hub()
    site.middlewares.append(guard)
    site.add_routes(
        [
            web.get("/", landing),
            web.get("/chat", show),
            web.post("/chat", act),
            web.post("/chat/file", send_file),
            web.get("/chat/stream", stream),
            web.get("/static/{hash}/{name}", static),
            web.get("/health", health),
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
    app, who = request.app[APP], visitor(request, request.app[APP].words)
    page = await pages.landing(app, who, asked=request.query.get("language"), link=request.query.get("start", ""))
    return _html(page)


async def show(request: web.Request) -> web.Response:
    """The conversation as it stands."""
    app, who = request.app[APP], await _who(request)
    response = _html(pages.chat(app, await chat.current(app, who)))
    remember(request, response, who)
    return response


async def act(request: web.Request) -> web.StreamResponse:
    """A choice, a command or a text; then back to the page."""
    form = await request.post()
    plain = {key: value for key, value in form.items() if isinstance(value, str)}
    if is_too_long(plain):
        raise web.HTTPRequestEntityTooLarge(LONGEST, len(plain["text"]))
    return await _turn(request, plain, event_of(plain, request.app[APP].turns.now()))


async def send_file(request: web.Request) -> web.StreamResponse:
    """A file with what stands beside it in the form; then back to the page."""
    app = request.app[APP]
    form: dict[str, str] = {}
    file: FileRef | None = None
    if not request.content_type.startswith("multipart/"):
        raise web.HTTPUnsupportedMediaType
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.filename is not None:
            file = await receive(part, app.settings.files) or file
        elif part.name:
            form[part.name] = (await part.text())[:1000]
    response = await _turn(request, form, _sent(file, app.turns.now()))
    if file is not None:
        await filing.settle(app, file.id)
    return response


def _sent(file: FileRef | None, at: datetime) -> Event:
    return Sent(file, at) if file is not None else Odd("empty", at)


async def _turn(request: web.Request, form: Mapping[str, str], event: Event) -> web.StreamResponse:
    app, who = request.app[APP], await _who(request)
    update = update_of(form, event, secrets.token_hex(12))
    # Shielded: somebody who closes the page in this moment has still answered.
    outcome = await asyncio.shield(chat.take(app, who, update, event, form.get("place", "")[:40]))
    farewell = chat.farewell(outcome)
    if farewell is not None:
        return _html(pages.chat(app, farewell))
    request.app[HUB].tell(who.address)
    response = web.HTTPSeeOther("/chat#now")
    remember(request, response, who)
    return response


async def _who(request: web.Request) -> Visitor:
    """Who is asking. A cookie that we don't know is replaced, so that nobody can be given somebody else's."""
    app = request.app[APP]
    who = visitor(request, app.words)
    return who if who.new or await chat.is_known(app, who) else who.as_stranger()


async def stream(request: web.Request) -> web.StreamResponse:
    """A line of server-sent events for each piece of news."""
    who: Visitor = visitor(request, request.app[APP].words)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    with contextlib.suppress(ConnectionResetError):  # the page was closed
        await response.prepare(request)
        await response.write(b": open\n\n")
        async for news in request.app[HUB].news(who.address):
            await response.write(b"event: news\ndata: 1\n\n" if news else b": still here\n\n")
    return response


async def static(request: web.Request) -> web.Response:
    """A file of ours, under an address that changes with its content."""
    name = request.match_info["name"]
    kind = pages.KINDS.get(name.rpartition(".")[2])
    source = resources.files("bot.webchat") / "static" / name
    if kind is None or not source.is_file() or "/" in name:
        raise web.HTTPNotFound
    return web.Response(body=source.read_bytes(), headers={"Content-Type": kind, "Cache-Control": FOREVER})


async def health(request: web.Request) -> web.Response:
    """Whether the service answers and its database does."""
    await request.app[APP].database.read(lambda session: session.connection().exec_driver_sql("SELECT 1").scalar())
    return web.json_response({"status": "ok"})


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})
