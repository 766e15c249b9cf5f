"""What every answer of the web chat carries, and what no request may do."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

__all__ = ["HEADERS", "guard"]

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = "; ".join(
    [
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"),
        *("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    ]
)

OUR_MISTAKE = "Something went wrong on our side. Your answers are safe. Please try again.\n"

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
        response: web.StreamResponse = web.Response(status=403, text="This form belongs to another site.\n")
    else:
        response = await _answered(request, handler)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        return error
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        return web.Response(status=500, text=OUR_MISTAKE)


def _from_elsewhere(request: web.Request) -> bool:
    """Whether a browser says that another site sent this. Programs that say nothing carry no cookie to misuse."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if not origin:
        return False
    return origin == "null" or urlsplit(origin).netloc != request.headers.get("X-Forwarded-Host", request.host)
