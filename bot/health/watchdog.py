"""The watchdog: ends the process when it cannot go on, so that whoever supervises it starts it again.

Python cannot stop a computation that does not end. While one runs where everybody waits, nobody gets an answer: not on
SQLite, whose one writer takes the turns, and not on PostgreSQL, where they run on the event loop. So a thread looks on.
It counts its own ticks and reads no clock: a process that was suspended, or a machine that slept, has missed nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from bot.turns.turn import Turns

__all__ = ["Watchdog"]

log = logging.getLogger(__name__)

TICK = 0.5
LEAVING = 9.0
"""Seconds after SIGTERM within which the process ends, whatever is going on: the hastiest supervisors, `docker stop`
among them, kill after ten.
"""

GAVE_UP = 70
"""The exit code (EX_SOFTWARE) of a process that could not go on."""


class Watchdog:
    """Looks after a running loop and its turns. `limit`: seconds that a turn, or one step of the loop, may take."""

    def __init__(self, turns: Turns, limit: float, *, leaving: float = LEAVING) -> None:
        self._turns = turns
        self._limit, self._leaving = limit / TICK, leaving / TICK
        self._loop = asyncio.get_running_loop()
        self._silent = 0  # ticks since the loop last answered
        self._left = 0  # ticks since we were told to stop
        self._ticks: dict[str, int] = {}  # how many each turn has lasted
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def on_signal(self, stop: Callable[[], None]) -> None:
        """Call `stop` on the loop at SIGTERM or SIGINT, and bound the time that stopping takes.

        As Python's own handler and not the loop's: it is heard between two steps of a computation that holds up the
        loop.
        """

        def heard(number: int, frame: object) -> None:
            self._told.set()
            self._loop.call_soon_threadsafe(stop)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, heard)

    def _run(self) -> None:
        while True:
            time.sleep(TICK)
            self._silent += 1
            with contextlib.suppress(RuntimeError):  # the loop is closed; what is left to end has its bound below
                self._loop.call_soon_threadsafe(self._answered)
            names = self._turns.under_way.names
            self._ticks = {name: self._ticks.get(name, 0) + 1 for name in names}
            if self._told.is_set():
                self._left += 1
            self._judge()

    def _answered(self) -> None:
        self._silent = 0

    def _judge(self) -> None:
        if self._left > self._leaving:
            self._end("told to stop, and something does not end: what is not finished comes again")
        if self._silent > self._limit:
            self._turns.under_way.blame()
            self._end("the event loop is held up")
        if self._turns.stored.alone and any(ticks > self._limit for ticks in self._ticks.values()):
            self._turns.under_way.blame()
            self._end("a turn does not end")

    def _end(self, why: str) -> None:
        names = ", ".join(self._turns.under_way.names) or "nothing"
        log.critical("%s; this process ends (under way: %s)", why, names)
        logging.shutdown()
        os._exit(GAVE_UP)
