"""Commands as processes of their own, forked from one that has loaded the program already.

A suite starts the program hundreds of times, and loading it takes longer than most of what it is then asked. What runs
is the command as a shell would run it: its words, environment, folder and outputs are its own.
`tests/command/test_running.py` shows that it starts from nothing as well.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["Forked"]

ROOT = Path(__file__).parents[1]


def _modules() -> Iterator[str]:
    """All that the program is made of."""
    for folder in ("bot", "dialogs", "locales", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["alembic.command", "asyncpg", "resvg_py", "segno", *_modules(), "tests.preload"])


def _run(words: tuple[str, ...], environment: dict[str, str], out: Path, errors: Path) -> None:
    """In the new process: be `stocktaking` with these words."""
    gc.freeze()  # what was loaded before stays: looking at it again and again would cost what forking saves
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for stream, path in ((sys.stdout, out), (sys.stderr, errors)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), stream.fileno())
        stream.reconfigure(  # type: ignore[union-attr]
            encoding="utf-8", line_buffering=True
        )
    sys.argv = ["stocktaking", *words]
    from bot.cli.main import main

    main()


class Forked:
    """`stocktaking` with these words; what it writes is added to the files `out` and `errors`."""

    def __init__(self, words: tuple[str, ...], environment: dict[str, str], out: Path, errors: Path) -> None:
        self._process = FORKING.Process(target=_run, args=(words, environment, out, errors), daemon=True)

    async def start(self) -> Forked:
        await asyncio.to_thread(self._process.start)
        return self

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, below zero for the signal that ended it; None while it runs."""
        return self._process.exitcode

    def send_signal(self, which: signal.Signals) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, which)

    async def wait(self) -> int:
        """Wait until it has ended; the exit code."""
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        code = self.returncode
        assert code is not None
        return code
