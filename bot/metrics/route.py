"""`/metrics`, for Prometheus: off unless STOCKTAKING_METRICS_TOKEN is set, and shown only to who sends that token."""

from __future__ import annotations

import hmac

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.app import App
from bot.metrics.counts import RESPONSES
from bot.rate_limit import Budget

__all__ = ["BUDGET", "attach"]

BUDGET = web.AppKey("budget", Budget)
"""Where a site keeps the budget of what is sent to Telegram, if it is open."""


def attach(site: web.Application, app: App) -> None:
    """Add the page to a site, when the settings have a token."""
    token = app.settings.metrics_token
    if token is None:
        return
    wanted = f"Bearer {token.get_secret_value()}".encode()

    async def metrics(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, wanted):
            return web.Response(status=403, text="This page wants its token.\n")
        from bot.metrics.page import CONTENT_TYPE, render

        page = await render(app, site.get(BUDGET))
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE, "Cache-Control": "no-store"})

    site.middlewares.insert(0, _counted)
    site.router.add_get("/metrics", metrics)


@web.middleware
async def _counted(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        response = await handler(request)
    except web.HTTPException as error:
        RESPONSES[str(error.status)] += 1
        raise
    RESPONSES[str(response.status)] += 1
    return response
