"""Retention that runs by itself: at every start and some times a day, in every process; twice does no harm."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from bot.app import App
from bot.settings import Settings
from storage.engine import service_marks
from storage.retention import SLICE, STEPS, Periods

__all__ = ["periods_of", "retaining", "run_once"]

log = logging.getLogger(__name__)

EVERY = 6 * 3600.0
"""Seconds between two runs."""
FIRST = 2.0
"""Seconds after the start: the first pages come first."""
PAUSE = 0.05
"""Seconds between two slices, for the turns of people who are here."""


def periods_of(settings: Settings) -> Periods:
    """How long things are kept by these settings."""
    return Periods(
        drafts=timedelta(days=settings.keep_drafts_days),
        transcripts=timedelta(days=settings.keep_transcripts_days),
        letters=timedelta(days=settings.keep_letters_days),
        deliveries=timedelta(days=settings.keep_deliveries_days),
        log=timedelta(days=settings.keep_log_days),
    )


async def retaining(app: App) -> None:
    """Take away what is older than its period, for as long as the service runs."""
    await asyncio.sleep(FIRST)
    while True:
        try:
            await run_once(app)
        except Exception:
            log.exception("what is too old could not be taken away, trying again")
        await asyncio.sleep(EVERY)


async def run_once(app: App) -> None:
    """One run: every step until there is no more, then the note that it ran."""
    now, periods = app.turns.now(), periods_of(app.settings)
    for what, step in STEPS.items():
        total = 0
        while done := await app.database.write(lambda session, step=step: step(session, now, periods)):  # type: ignore[misc]
            total += done
            if done < SLICE:
                break
            await asyncio.sleep(PAUSE)
        if total:
            log.info("retention: %d %s", total, what)
    await app.database.write(lambda session: service_marks.note(session, service_marks.RETENTION, now))
