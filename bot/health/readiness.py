"""`/ready` and `/health`: whether a turn could be taken now, and what is wrong when not.

`/ready` is 503 then, so that a load balancer sends people elsewhere. `/health` is 200 for as long as the process
answers: to start it again mends no database.
"""

from __future__ import annotations

import asyncio
import time
from datetime import datetime

from aiohttp import web
from sqlmodel import Session

from bot.app import App
from storage.engine.database import DatabaseUnavailable
from storage.people import people
from storage.updates import processed_updates

__all__ = ["Readiness", "attach"]

PATIENCE = 3.0
"""Seconds within which a turn must be possible for the service to count as ready."""
FRESH = 1.0
"""Seconds that an answer holds: however often somebody asks, it costs one small write a second."""


class Readiness:
    """Tries what a turn needs: a write that is on disk, by the same writer and connections as everybody's."""

    def __init__(self, app: App, patience: float = PATIENCE) -> None:
        self._app = app
        self._patience = patience
        self._trying = asyncio.Lock()
        self._trouble = ""
        self._tried = -FRESH

    async def trouble(self) -> str:
        """What is wrong, in words; empty when a turn can be taken."""
        async with self._trying:
            if time.monotonic() - self._tried >= FRESH:
                self._trouble = await self._try()
                self._tried = time.monotonic()
            return self._trouble

    async def _try(self) -> str:
        now = self._app.turns.now()
        try:
            async with asyncio.timeout(self._patience):
                await self._app.database.write(lambda session: _as_a_turn(session, now))
        except TimeoutError:
            return f"nothing could be saved within {self._patience:.0f} seconds"
        except DatabaseUnavailable as error:
            return str(error)
        except Exception as error:  # noqa: BLE001  whatever it is, no turn can be taken
            return f"nothing can be saved ({type(error).__name__})"
        return ""


def _as_a_turn(session: Session, now: datetime) -> None:
    """Touch what every turn touches: somebody's row is read, a mark is written."""
    people.is_anybody(session)
    processed_updates.beat(session, "ready", now)


def attach(site: web.Application, app: App) -> None:
    """Add both addresses to a site."""
    readiness = Readiness(app)

    async def ready(request: web.Request) -> web.Response:
        trouble = await readiness.trouble()
        return web.Response(status=503 if trouble else 200, text=f"{trouble.capitalize()}.\n" if trouble else "ready\n")

    async def health(request: web.Request) -> web.Response:
        trouble = await readiness.trouble()
        said = {"status": "failing" if trouble else "ok", "database": trouble or "ok", "let_go": app.turns.let_go_count}
        return web.json_response(said)

    site.router.add_get("/ready", ready)
    site.router.add_get("/health", health)
