"""The real service in a process of its own: started, killed and started again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from dialogs.conversation import CallState
from storage.calls import annual_call
from storage.database import Database, DatabaseError
from storage.tables import CallRow

__all__ = ["Service", "free_port"]

READY = 120.0
"""Seconds that a start may take on a busy machine before the test gives up."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """`stocktaking run` with these settings (names without their prefix, in lower case)."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = int(settings.pop("http_port", 0)) or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        folder.mkdir(parents=True, exist_ok=True)
        own = {
            "http_port": str(self.port),
            "database_url": f"sqlite:///{folder}/stocktaking.sqlite3",
            "files": str(folder / "files"),
            **settings,
        }
        clean = {name: value for name, value in os.environ.items() if not name.startswith("STOCKTAKING_")}
        self.environment = {**clean, **{f"STOCKTAKING_{name.upper()}": value for name, value in own.items()}}
        self.process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        """All that the service has written so far."""
        path = self.folder / "service.log"
        return path.read_text(errors="replace") if path.exists() else ""

    async def start(self) -> Service:
        """Start, and wait until it says that it is open."""
        await self._in_season()
        with (self.folder / "service.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-u", "-m", "bot.cli", "run"),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=self.environment,
                cwd=Path(__file__).parents[1],
            )
        assert self.process.stdout is not None
        try:
            async with asyncio.timeout(READY):
                line = await self.process.stdout.readline()
        except TimeoutError:
            await self.kill()
            raise
        assert line.startswith(b"Stocktaking is open at"), f"{line!r}\n{self.log}"
        return self

    async def _in_season(self) -> None:
        """Whenever the tests run, the call of 2027 is open: out of season it is made so, once."""
        now = datetime.now(UTC)
        if annual_call(2027).state(now) is CallState.OPEN:
            return

        def keep_open(session: Session) -> None:
            opens, closes = now - timedelta(days=30), now + timedelta(days=90)
            if session.get(CallRow, "2027") is None:
                session.add(CallRow(code="2027", year=2027, opens=opens, closes=closes, version="2027"))

        with contextlib.suppress(DatabaseError):  # the service will say so itself
            database = await Database.open(self.environment["STOCKTAKING_DATABASE_URL"])
            await database.write(keep_open)
            await database.close()

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to stop; its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        process, self.process = self.process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(how)
        code = await process.wait()
        if process.stdout is not None:
            await process.stdout.read()
        return code

    async def command(self, *words: str) -> tuple[int, str, str]:
        """Run another `stocktaking` command over the same settings: exit code, output, errors."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", *words),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self.environment,
            cwd=Path(__file__).parents[1],
        )
        out, err = await process.communicate()
        return process.returncode or 0, out.decode(), err.decode()

    async def __aenter__(self) -> Service:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self._end(signal.SIGTERM)
