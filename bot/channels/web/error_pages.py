"""Pages for what cannot be answered, or not now: why, in the reader's language, and the way on.

What somebody typed stands on the page, in a form that sends it again under its own id: it is lost to no refusal, with
or without scripts, and counts once.
"""

from __future__ import annotations

from aiohttp import web

from bot.channels.web import pages
from bot.channels.web.access.identity import visitor
from bot.channels.web.app_keys import APP, PROBLEMS
from bot.channels.web.forms import LONGEST
from bot.channels.web.pages import Unsent

__all__ = ["NOT_NOW", "page"]

NOT_NOW = (429, 503)
"""Statuses of what may be sent again in a while."""

KEPT = ("update", "place", "text", "whole", "choice", "command", "argument")


async def page(request: web.Request, error: web.HTTPException) -> web.Response:
    """The page for a refusal, with its `Retry-After` and `Allow`."""
    for beginning, told in request.app[PROBLEMS].items():
        if request.path.startswith(beginning):
            return told(error)
    app = request.app[APP]
    unsent = await _unsent(request) if error.status in NOT_NOW else None
    response = web.Response(
        status=error.status,
        text=pages.problem(app, visitor(request).language, error.status, unsent),
        content_type="text/html",
    )
    for name in ("Allow", "Retry-After"):
        if name in error.headers:
            response.headers[name] = error.headers[name]
    return response


async def _unsent(request: web.Request) -> Unsent | None:
    """The form that was not taken, to be sent again; None when there was none, or it cannot be read."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return None
    try:
        form = await request.post()
    except (web.HTTPException, ValueError, LookupError):
        return None
    kept = {name: value for name in KEPT if isinstance(value := form.get(name), str) and len(value) <= LONGEST}
    return Unsent(request.path, {name: value for name, value in kept.items() if name != "text"}, kept.get("text"))
