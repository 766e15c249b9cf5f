"""The clock: APScheduler wakes what has to be looked at. It decides nothing and remembers nothing.

Its jobs are made anew at each start and kept in memory only; whatever was slept through is found in the
tables at the next waking. So a job that comes late, or twice, or in several processes does no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["Clock"]

log = logging.getLogger(__name__)

Task = Callable[[datetime], Awaitable[object]]


class Clock:
    """`every` adds a task; `now` gives the present moment (aware, UTC) that tasks are told."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def every(self, interval: timedelta, name: str, task: Task, *, after: timedelta = timedelta(0)) -> None:
        """Wake `task` at once, or `after` a time, and then each `interval`; what it raises is logged, and it is woken
        again.
        """

        async def wake() -> None:
            try:
                await task(self._now())
            except asyncio.CancelledError:
                log.debug("the clock's task %s was under way when the service ended", name)
            except Exception:
                log.exception("the clock's task %s failed; it is tried again in %s", name, interval)

        self._scheduler.add_job(
            wake, "interval", seconds=interval.total_seconds(), id=name, next_run_time=datetime.now(UTC) + after
        )

    def start(self) -> None:
        """Begin, on the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Wake nothing any more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
