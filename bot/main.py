"""The service: one process that answers in the web chat and, when a token is set, in Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiohttp import web

from bot import modes
from bot.app import App
from bot.building import open_app
from bot.contacts.arriving import reading_lists
from bot.erasing import clearing
from bot.filing import tidying
from bot.housekeeping import keep_house
from bot.metrics import route as metrics
from bot.pruning import pruning
from bot.questionnaires import check_questionnaires
from bot.retention import retaining
from bot.settings import Settings, terms_of
from bot.webchat import attach
from bot.webchat.connections import Doorkeeper, Site, raise_limit
from storage import organizers, service_lock, terms
from storage.database import Tables

__all__ = ["ServiceError", "serve"]

log = logging.getLogger(__name__)

FIRST_PAGE = 1.0
"""Seconds in which somebody who has just started the service opens it."""
GRACE = 20.0
"""Seconds that open requests get to finish when the service is told to stop."""


PATIENCE = 3.0
"""Seconds within which the database must answer for the service to count as ready."""


class ServiceError(Exception):
    """Why the service cannot start, in one line that says what to do."""


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; then finish what is under way, and stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        stack.enter_context(service_lock.hold(settings.database_url))
        modes.tighten(settings)
        app = await stack.enter_async_context(open_app(settings, Tables.UPGRADE))
        now = app.turns.now()
        await check_questionnaires(app.database, now)
        await app.database.write(lambda session: organizers.name_in_settings(session, settings.organizers, now))
        await app.database.write(lambda session: terms.keep(session, terms_of(settings)))
        site = web.Application()
        attach(site, app)
        metrics.attach(site, app)
        _say_readiness(site, app)
        telegram = await _telegram(stack, app, site) if settings.telegram_token else None
        address = await _listen(stack, site, settings)
        _in_background(stack, _made_ready(app))
        _in_background(stack, tidying(app))
        _in_background(stack, clearing(app))
        _in_background(stack, pruning(app))
        _in_background(stack, retaining(app))
        _in_background(stack, reading_lists(app))
        _in_background(stack, keep_house(app))
        print(f"Stocktaking is open at {address}", flush=True)
        if telegram is not None:
            print(f"Telegram: {telegram}", flush=True)
        await stop.wait()
        log.info("stopping: open requests are being finished")


async def _made_ready(app: App) -> None:
    """Make the conversation's machine before it is needed, but after the first page."""
    await asyncio.sleep(FIRST_PAGE)
    await asyncio.to_thread(lambda: app.turns.machine)


def _in_background(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    """Run something until the service stops."""
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    stack.push_async_callback(end)


def _say_readiness(site: web.Application, app: App) -> None:
    """`/ready`: whether a turn could be taken now, for load balancers: 503 in plain words when not."""

    async def ready(request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE):
                await app.database.read(lambda session: session.connection().exec_driver_sql("select 1").scalar())
        except Exception as error:  # noqa: BLE001  whatever it is, no turn can be taken
            log.warning("not ready: %r", error)
            return web.Response(status=503, text="The database does not answer.\n")
        return web.Response(text="ready\n")

    site.router.add_get("/ready", ready)


async def _telegram(stack: AsyncExitStack, app: App, site: web.Application) -> str:
    """Open Telegram too. Imported only here: without a token nothing of it is loaded."""
    from bot.telegram.service import start

    return await start(stack, app, site)


async def _listen(stack: AsyncExitStack, site: web.Application, settings: Settings) -> str:
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    doorkeeper = Doorkeeper(raise_limit(), settings.trusted_proxies)
    listener = Site(runner, settings.http_host, settings.http_port, doorkeeper)
    try:
        await listener.start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ServiceError(
            f"cannot listen at {settings.http_host}:{settings.http_port} ({reason}): "
            "set STOCKTAKING_HTTP_PORT to a free port"
        ) from None
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


def run(settings: Settings) -> None:
    """Serve, from a plain call."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(settings))
