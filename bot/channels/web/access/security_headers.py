"""What every answer of the web chat carries, and what no request may do."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.web import error_pages
from bot.channels.web.access.limits import LIMITS
from bot.channels.web.access.origin import is_own_host, origin_of
from bot.channels.web.app_keys import APP
from storage.engine.database import DatabaseUnavailable

__all__ = ["HEADERS", "dress", "guard"]

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = "; ".join(
    [
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"),
        "manifest-src 'self'",
        *("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    ]
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}

STRICT_TRANSPORT = "max-age=31536000"
"""A year, for this host alone: others below its name are not ours to speak for."""

RETRY_AFTER = "5"
"""Seconds after which to ask again when the store does not answer."""

PROBES = ("/health", "/ready", "/metrics")
"""What load balancers and monitors ask for, under whatever name they know this process by."""


async def dress(request: web.Request, response: web.StreamResponse) -> None:
    """Give an answer its headers before they go out: pages, streams and refusals alike."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = "stocktaking"  # aiohttp would name its version and Python's
    if (request.app[APP].settings.public_url or "").startswith("https:"):
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what comes from elsewhere or too often; let no mistake of ours out."""
    try:
        _admit(request)
        return await handler(request)
    except web.HTTPException as error:
        return error if error.status < 400 else await error_pages.page(request, error)
    except ConnectionError:
        return web.Response(status=400)  # the browser is gone: nobody reads this, and nothing is wrong here
    except DatabaseUnavailable as error:
        log.warning("%s %s cannot be done now: %s", request.method, request.path, error)
        return await error_pages.page(request, web.HTTPServiceUnavailable(headers={"Retry-After": RETRY_AFTER}))
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        return await error_pages.page(request, web.HTTPInternalServerError())


def _admit(request: web.Request) -> None:
    """Raise the refusal of a request that is not for us, or not to be answered now."""
    settings = request.app[APP].settings
    origin = origin_of(request, settings.trusted_proxies)
    if settings.public_url and request.path not in PROBES:
        own = [settings.public_url, *([settings.telegram_webhook_url] if settings.telegram_webhook_url else [])]
        if not is_own_host(origin.host, own):
            log.warning("a request for another host than STOCKTAKING_PUBLIC_URL was refused: does the proxy pass Host?")
            raise web.HTTPBadRequest
    if not _is_uncounted(request, settings.telegram_webhook_url):
        request.app[LIMITS].requests.take(origin.address)
    if request.method == "POST":
        if _from_elsewhere(request, settings.public_url, origin.host):
            raise web.HTTPForbidden
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise web.HTTPUnsupportedMediaType  # a little that is sent would be much that is kept


def _is_uncounted(request: web.Request, webhook: str | None) -> bool:
    """Whether a request is one of many by nature: a monitor's, Telegram's, or for a file of ours."""
    called = webhook is not None and request.path == urlsplit(webhook).path
    return called or request.path in PROBES or request.path.startswith("/static/")


def _from_elsewhere(request: web.Request, public_url: str | None, host: str) -> bool:
    """Whether a browser says that another site sent this. Programs that say nothing carry no cookie to misuse."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if not origin:
        return False
    if public_url:
        return origin.lower() != public_url.lower()
    return origin == "null" or urlsplit(origin).netloc.lower() != host
