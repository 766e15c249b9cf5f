"""Which turns are under way, noted where it outlives the process: an update that kills it is not taken for ever.

A turn costs two small writes into a file that nobody waits for: the system keeps them when the process dies, however
it dies. The next process finds the turns that were not finished and counts against their updates. One that comes with
a count is taken while no other such one is, so that of several that were there at a death the guilty one is found;
one whose count is full is let go. A power cut in the middle of a turn counts little, for that happens to anybody; the
watchdog's word that a turn did not end counts much.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

__all__ = ["InFlight"]

FULL = 6
"""The count at which an update is let go."""
DIED = 1
STUCK = 3
"""What a death counts against each turn that was under way, and against the one that the watchdog blames."""

SLOT = 160
"""Bytes of a turn in the file. A longer name is cut: then it is only not found again."""
SLOTS = 256
"""Turns under way at once that are noted: many more than the database has connections."""

NAMES = "turns-*"
COUNTS = "counts.json"
MOST_COUNTS = 1_000


class InFlight:
    """Turns under way, by the name of their update. Without a folder they are known to this process only."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._counts: dict[str, int] = {}
        self._slots: dict[str, int] = {}
        self._free = list(reversed(range(SLOTS)))
        self._lock = threading.Lock()  # turns run in the writer's thread
        self._alone = asyncio.Lock()
        self._file = -1
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._counts = self._add(self._left_behind())
            self._file = self._own_file(folder)

    def close(self) -> None:
        """Everything is finished: leave nothing behind."""
        if self._folder is not None and self._file >= 0:
            self._path.unlink(missing_ok=True)
            os.close(self._file)
            self._file = -1

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """This update is being taken for as long as the block lasts."""
        with self._lock:
            slot = self._free.pop() if self._free and name not in self._slots else None
            if slot is not None:
                self._slots[name] = slot
                self._write(slot, name)
        try:
            yield
        finally:
            with self._lock:
                if slot is not None:
                    del self._slots[name]
                    self._write(slot, "")
                    self._free.append(slot)

    @property
    def names(self) -> tuple[str, ...]:
        """The updates that are being taken now."""
        with self._lock:
            return tuple(self._slots)

    def is_to_be_let_go(self, name: str) -> bool:
        """Whether process after process has ended while it took this update."""
        return self._counts.get(name, 0) >= FULL

    @asynccontextmanager
    async def apart(self, name: str) -> AsyncIterator[None]:
        """An update with a count waits until no other such one is being taken."""
        if name not in self._counts:
            yield
            return
        async with self._alone:
            yield
        self._counts.pop(name, None)

    def blame(self) -> tuple[str, ...]:
        """The process is about to end because a turn does not: count that against it, and say which it is."""
        names = self.names
        guilty = tuple(name for name in names if name in self._counts) or names
        if self._folder is not None:
            self._add(dict.fromkeys(guilty, STUCK - DIED))  # the next process adds what each death counts
        return guilty

    @property
    def _path(self) -> Path:
        assert self._folder is not None
        return self._folder / f"turns-{os.getpid()}"

    def _own_file(self, folder: Path) -> int:
        """A file of this process's own, locked for as long as it lives."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file

    def _write(self, slot: int, name: str) -> None:
        if self._file >= 0:
            os.pwrite(self._file, name.encode()[: SLOT - 1].ljust(SLOT - 1) + b"\n", slot * SLOT)

    def _left_behind(self) -> dict[str, int]:
        """What dead processes had under way. A living one holds the lock of its file."""
        found: dict[str, int] = {}
        assert self._folder is not None
        for path in self._folder.glob(NAMES):
            with contextlib.suppress(BlockingIOError, FileNotFoundError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                names = (line.strip(b"\0 ").decode(errors="replace") for line in file.read().splitlines())
                found.update((name, DIED) for name in names if name)
                path.unlink(missing_ok=True)
        return found

    def _add(self, more: dict[str, int]) -> dict[str, int]:
        """Add to the counts that all processes share; the counts by now."""
        assert self._folder is not None
        path = self._folder / COUNTS
        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                counts = {str(name): int(count) for name, count in json.load(file).items()}
            except (ValueError, AttributeError, TypeError):
                counts = {}
            for name, count in more.items():
                counts[name] = counts.pop(name, 0) + count
            counts = dict(list(counts.items())[-MOST_COUNTS:])
            file.seek(0)
            file.truncate()
            json.dump(counts, file)
        return counts
