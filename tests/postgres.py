"""A PostgreSQL server of the tests' own: made when first needed, gone when they end."""

from __future__ import annotations

import atexit
import contextlib
import getpass
import glob
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.service import free_port

__all__ = ["MISSING", "NEEDED", "Server", "binaries", "new_database"]

NAMES = itertools.count(1)
UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root; then it runs as this account."""


@cache
def binaries() -> Path | None:
    """The folder of the machine's newest PostgreSQL server programs; None when there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"), key=lambda path: int(path.split("/")[4]))
    return Path(found[-1]).parent if found else None


MISSING = "no PostgreSQL server programs on this machine (Debian: apt-get install postgresql)"
NEEDED = pytest.mark.skipif(binaries() is None, reason=MISSING)


def new_database(like: str = "") -> str:
    """The address of a fresh database: empty, or a copy of the one at another address (that nobody has open)."""
    return _server().new_database(like)


def _run(program: str, *arguments: str) -> None:
    folder = binaries()
    assert folder is not None
    drop = {"user": UNPRIVILEGED} if getpass.getuser() == "root" else {}
    subprocess.run([folder / program, *arguments], check=True, capture_output=True, cwd="/", **drop)  # type: ignore[call-overload]


class Server:
    """A server in a folder of its own. It is stopped when the tests end, if it was not before.

    `sure`: what it has committed survives its own crash; `durable`: the machine's too, as in production. Without that
    it is quicker.
    """

    def __init__(self, *, sure: bool = False, durable: bool = False) -> None:
        self.sure, self.durable = sure, durable
        self.folder = Path(tempfile.mkdtemp(prefix="stocktaking-postgres-"))
        if getpass.getuser() == "root":
            account = pwd.getpwnam(UNPRIVILEGED)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self.data, self.port = self.folder / "data", free_port()
        _run("initdb", "-D", str(self.data), "-U", "stocktaking", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()
        atexit.register(self.remove)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        # Tests kill processes, never the machine: what was written is there without waiting for the disk.
        hasty = f"-c fsync=off -c full_page_writes=off -c synchronous_commit={'on' if self.sure else 'off'}"
        hasty = "" if self.durable else hasty
        where = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        options = f"{where} -c max_connections=200 {hasty}"
        _run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it: "fast" ends every connection in order, "immediate" is a crash."""
        _run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def signal(self, which: signal.Signals) -> None:
        """Send a signal to all of its processes."""
        main = int((self.data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for pid in (main, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, which)

    def new_database(self, like: str = "", *, owner: str = "") -> str:
        """The address of a fresh database; `owner` is a role that is no superuser, made for it."""
        name = f"test{next(NAMES)}"
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "stocktaking")
        if owner:
            _run("createuser", *where, owner)
        copied = ("--template", like.rpartition("/")[2]) if like else ()
        owned = ("--owner", owner) if owner else ()
        _run("createdb", *where, *copied, *owned, name)
        return f"postgresql://{owner or 'stocktaking'}@127.0.0.1:{self.port}/{name}"

    def remove(self) -> None:
        """Stop it for ever."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def _server() -> Server:
    """The one that most tests share."""
    return Server()
