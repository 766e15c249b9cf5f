"""What every answer of the web chat carries, and what no request may do."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.webchat import pages
from bot.webchat.identity import visitor
from bot.webchat.keys import APP

__all__ = ["HEADERS", "guard"]

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = "; ".join(
    [
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"),
        *("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    ]
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse posts from other sites; give every answer its headers; let no mistake of ours out."""
    if request.method == "POST" and _from_elsewhere(request):
        response: web.StreamResponse = _problem(request, web.HTTPForbidden())
    else:
        response = await _answered(request, handler)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        return error if error.status < 400 else _problem(request, error)
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        return _problem(request, web.HTTPInternalServerError())


def _problem(request: web.Request, error: web.HTTPException) -> web.Response:
    """A page that says, in the reader's language, what went wrong and how to go on."""
    app = request.app[APP]
    response = web.Response(
        status=error.status,
        text=pages.problem(app, visitor(request, app.words).language, error.status),
        content_type="text/html",
        headers={"Cache-Control": "no-store"},
    )
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response


def _from_elsewhere(request: web.Request) -> bool:
    """Whether a browser says that another site sent this. Programs that say nothing carry no cookie to misuse."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if not origin:
        return False
    return origin == "null" or urlsplit(origin).netloc != request.headers.get("X-Forwarded-Host", request.host)
