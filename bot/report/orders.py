"""Makes the reports that organizers ask for: each by the command, in a process of its own that yields to all others.

One at a time for all processes (`storage.report.orders.claim`): a report of 600 entries takes a core for some seconds
and a few hundred megabytes.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import sys
import time
from functools import partial
from pathlib import Path

from bot.app import App
from dialogs.domain.organizers.reports import Ordered
from storage.report import orders

__all__ = ["delete_old", "make_next", "making_reports"]

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between looks for orders."""
FOLDER = ".report-"
"""How a report's folder beside people's files is called, before its number: hidden, so that no backup has it."""
LIMIT = orders.LIMIT.total_seconds() - 30
"""Seconds that making one may take: less than after which another process takes the order up."""


async def making_reports(app: App) -> None:
    """Make reports for ever."""
    while True:
        try:
            while await make_next(app):
                pass
        except Exception:
            log.exception("a report could not be made, trying again")
        await asyncio.sleep(EVERY)


async def make_next(app: App) -> bool:
    """Make the report that waits longest; whether there was one."""
    if not await app.database.read(orders.is_due):
        return False
    order = await app.database.write(lambda session: orders.claim(session, app.turns.now()))
    if order is None:
        return False
    name = f"{FOLDER}{order.id}/report-{order.call}-{order.language}.{order.form}"
    path = app.settings.files.absolute() / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        entries, reason = await _make(app, order, path)
    except asyncio.CancelledError:
        await app.database.write(lambda session: orders.release(session, order.id))
        raise
    except OSError as error:
        entries, reason = 0, error.strerror or type(error).__name__
    now = app.turns.now()
    if reason:
        log.warning("the report %d could not be made: %s", order.id, reason)
        await app.database.write(lambda session: orders.fail(session, order.id, reason, now))
    else:
        await app.database.write(lambda session: orders.finish(session, order.id, name, str(path), entries, now))
    return True


async def _make(app: App, order: Ordered, path: Path) -> tuple[int, str]:
    """How many entries it has, and why it could not be made ("": it could)."""
    words = ["report", "--call", order.call, "--language", order.language, "--format", order.form]
    words += ["--output", str(path)]
    if order.draft:
        words += ["--draft", *_comments(app.settings.site_contact)]
    process = await asyncio.create_subprocess_exec(
        *_last_in_line(),
        *(sys.executable, "-c", "from bot.cli.main import main; main()", *words),
        env=_environment(app),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(LIMIT):
            _, said = await process.communicate()
    except TimeoutError:
        return 0, f"it was not done after {LIMIT:.0f} seconds"
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    if process.returncode:
        return 0, lines[-1].removeprefix("stocktaking: ") if lines else f"it ended with {process.returncode}"
    return next((int(line.split()[0]) for line in lines if line.endswith(" entries")), 0), ""


def _last_in_line() -> list[str]:
    """Before the command: whoever else wants the processor has it first."""
    nice = shutil.which("nice")
    return [nice, "-n", "10"] if nice else []


def _environment(app: App) -> dict[str, str]:
    """Ours, with the settings that a report needs as they are in force here."""
    ours = {"DATABASE_URL": app.settings.database_url, "PUBLIC_URL": app.settings.public_url or ""}
    return {**os.environ, **{f"STOCKTAKING_{name}": value for name, value in ours.items() if value}}


def _comments(contact: str) -> list[str]:
    """Where comments on a draft go: to whom the site names, when that is an address."""
    is_address = contact.count("@") == 1 and not any(c in contact for c in " ?&<>")
    return ["--comments-to", contact] if is_address or contact.startswith("https://") else []


async def delete_old(app: App) -> None:
    """Files that were kept long enough go."""
    await app.database.write(partial(orders.expire, now=app.turns.now()))
    await asyncio.to_thread(_delete_folders, app.settings.files)


def _delete_folders(files: Path) -> None:
    for folder in files.glob(f"{FOLDER}*"):
        with contextlib.suppress(FileNotFoundError):  # another process was first
            if folder.stat().st_mtime < time.time() - orders.KEPT.total_seconds():
                shutil.rmtree(folder)
