"""The real service in a process of its own: started, killed and started again."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from dialogs.domain.conversation import CallState
from dialogs.domain.organizers.calls import usual_feeds
from storage.calls.calls import annual_call
from storage.engine.database import Database, DatabaseError, Tables, sqlite_file
from storage.tables import CallRow
from tests.forked_service import Forked

__all__ = ["FromNothing", "Service", "free_port"]

READY = 120.0
"""Seconds that a start may take on a busy machine before the test gives up."""
LOOK = 0.02
"""Seconds between two looks whether it has started."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


MODEL: list[Path] = []


async def _model() -> Path:
    """A file with all tables and nothing in them, made once."""
    if not MODEL:
        folder = Path(tempfile.mkdtemp(prefix="stocktaking-model-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        await (await Database.open(f"sqlite:///{folder}/model.sqlite3")).close()
        MODEL.append(folder / "model.sqlite3")
    return MODEL[0]


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
        self.process: Forked | asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        """All that the service has written so far."""
        path = self.folder / "service.log"
        return path.read_text(errors="replace") if path.exists() else ""

    async def start(self) -> Service:
        """Start, and wait until it says that it is open."""
        await self._with_tables()
        await self.in_season()
        out = self.folder / "service.out"
        out.unlink(missing_ok=True)
        self.process = await self._begin(("run",), out, self.folder / "service.log")
        try:
            async with asyncio.timeout(READY):
                while not (said := out.read_text() if out.exists() else "").endswith("\n"):
                    assert self.process.returncode is None, self.log
                    await asyncio.sleep(LOOK)
        except TimeoutError:
            await self.kill()
            raise
        assert said.startswith("Stocktaking is open at"), f"{said!r}\n{self.log}"
        return self

    async def _with_tables(self) -> None:
        """Begin a new file with the tables as they are made: a copy is there sooner."""
        file = sqlite_file(self.environment["STOCKTAKING_DATABASE_URL"])
        if file is not None and not file.exists():
            with contextlib.suppress(OSError):  # the service will say so itself
                shutil.copyfile(await _model(), file)

    async def in_season(self) -> None:
        """The call of 2027 asks the first edition of its questionnaire, and is open whenever the tests run."""
        now = datetime.now(UTC)
        call = annual_call(2027)
        if call.state(now) is not CallState.OPEN:
            call = replace(call, opens=now - timedelta(days=30), closes=now + timedelta(days=90))

        def make(session: Session) -> None:
            if session.get(CallRow, "2027") is None:
                row = CallRow(code="2027", year=2027, opens=call.opens, closes=call.closes, version=call.version)
                row.report, row.event = usual_feeds(2027)
                session.add(row)

        with contextlib.suppress(DatabaseError):  # the service will say so itself
            database = await Database.open(self.environment["STOCKTAKING_DATABASE_URL"], Tables.MAKE)
            await database.write(make)
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
        process.send_signal(how)
        return await process.wait()

    async def command(self, *words: str) -> tuple[int, str, str]:
        """Run another `stocktaking` command over the same settings: exit code, output, errors."""
        with tempfile.TemporaryDirectory() as folder:
            out, errors = Path(folder) / "out", Path(folder) / "errors"
            code = await (await self._begin(words, out, errors)).wait()
            return code, out.read_text(), errors.read_text()

    async def _begin(self, words: tuple[str, ...], out: Path, errors: Path) -> Forked | asyncio.subprocess.Process:
        """Begin a command whose output is added to these files."""
        return await Forked(words, self.environment, out, errors).start()

    async def __aenter__(self) -> Service:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self._end(signal.SIGTERM)


class FromNothing(Service):
    """A service whose processes are started as a shell would start them, not forked from one that is warm.

    `root` is the folder of the program: this one, or a copy of it whose own files a test has changed.
    """

    def __init__(self, folder: Path, *, root: Path = Path(__file__).parents[1], **settings: str) -> None:
        super().__init__(folder, **settings)
        self.root = root

    async def _with_tables(self) -> None:
        """It makes its tables itself."""

    async def _begin(self, words: tuple[str, ...], out: Path, errors: Path) -> Forked | asyncio.subprocess.Process:
        with out.open("ab") as output, errors.open("ab") as complaints:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.cli.main", *words),
                stdout=output,
                stderr=complaints,
                env=self.environment,
                cwd=self.root,
            )
