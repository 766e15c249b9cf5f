"""The addresses of the interface for programs. It only reads; what it gives is open to any program and any site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from pydantic import ValidationError

from bot.channels.web.access.limits import Buckets
from bot.channels.web.access.origin import origin_of
from bot.channels.web.app_keys import APP, PROBLEMS
from bot.pages.api import problems
from bot.pages.api.document import REFERENCE, document
from bot.pages.api.operations import OPERATIONS, Asked, Operation
from bot.pages.api.package import PACKAGE, RESOURCES, Package
from bot.pages.register.feed import site_of
from storage.search.query import version

__all__ = ["attach"]

ROOT = "/api/v1"
LIMIT = web.AppKey("api_limit", Buckets)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def attach(site: web.Application) -> None:
    """Add the interface to a site that has the web chat."""
    site[LIMIT] = Buckets(site[APP].settings.api_requests_per_address)
    site[PACKAGE] = Package()
    site[PROBLEMS][f"{ROOT}/"] = problems.answer
    for operation in OPERATIONS:
        path = operation.path.replace("{reference}", "{reference:" + REFERENCE.strip("^$") + "}")
        site.router.add_get(ROOT + path, _handler(operation))
    site.router.add_get(f"{ROOT}/openapi.json", describe)
    site.router.add_get(f"{ROOT}/package/datapackage.json", packed)
    site.router.add_get(f"{ROOT}/package/stocktaking.zip", packed)
    site.router.add_get(f"{ROOT}/package/{{name:{'|'.join(RESOURCES)}}}.csv", packed)
    site.router.add_route("*", ROOT + "/{any:.*}", otherwise)
    site.on_cleanup.append(_close)


async def _close(site: web.Application) -> None:
    site[PACKAGE].close()


def _handler(operation: Operation) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        count(request)
        try:
            query = operation.query.model_validate(_parameters(request))
        except ValidationError as error:
            return problems.answer(web.HTTPBadRequest(), problems.refusal(error))
        app = request.app[APP]
        tag = _tag(request, await app.database.read(version))
        if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
            return web.Response(status=304, headers={**problems.HEADERS, "ETag": tag, "Cache-Control": "no-cache"})
        found = await operation.act(Asked(app, site_of(request), request.match_info, query))
        headers = {**problems.HEADERS, "ETag": tag, "Cache-Control": "public, no-cache"}
        following = getattr(found, "next", None)
        if following:
            where = request.rel_url.update_query(cursor=following)
            headers["Link"] = f'<{site_of(request)}{where}>; rel="next"'
        return web.Response(text=found.model_dump_json(), content_type="application/json", headers=headers)

    return handle


def count(request: web.Request) -> None:
    """Take one request of this address's; too many are refused until there is room again."""
    app = request.app[APP]
    request.app[LIMIT].take(origin_of(request, app.settings.trusted_proxies).address)


def _parameters(request: web.Request) -> dict[str, str]:
    """The parameters; one that is given twice would be half ignored, and is refused."""
    given: dict[str, str] = {}
    for name, value in request.query.items():
        if name in given:
            raise web.HTTPBadRequest(text=f"{name}: given twice; several values are separated by commas")
        given[name] = value
    return given


def _tag(request: web.Request, now: int) -> str:
    named = f"{request.path_qs} {now} {site_of(request)}"
    return f'"{hashlib.sha256(named.encode()).hexdigest()[:20]}"'


async def describe(request: web.Request) -> web.Response:
    text = json.dumps(document(request.app[APP].settings.register_licence), ensure_ascii=False)
    headers = {**problems.HEADERS, "Cache-Control": "public, max-age=300"}
    return web.Response(text=text, content_type="application/json", headers=headers)


async def packed(request: web.Request) -> web.StreamResponse:
    """A file of the bulk package, as it is at this version of the register."""
    count(request)
    name = Path(request.path).name
    app = request.app[APP]
    file = await request.app[PACKAGE].file(app, app.settings.public_url or "", name)
    headers = {**problems.HEADERS, "Cache-Control": "no-cache"}
    return web.FileResponse(file, headers=headers)


async def otherwise(request: web.Request) -> web.Response:
    """What a browser asks before it lets another site's page read, and all that there is not."""
    if request.method in ("GET", "HEAD"):
        raise web.HTTPNotFound
    if request.method != "OPTIONS":
        raise web.HTTPMethodNotAllowed(request.method, ["GET", "HEAD", "OPTIONS"])
    return web.Response(status=204, headers={**problems.HEADERS, **PREFLIGHT})
