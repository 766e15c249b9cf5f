"""A PostgreSQL server of the tests' own: made when first needed, gone when they end."""

from __future__ import annotations

import atexit
import getpass
import glob
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from tests.service import free_port

__all__ = ["MISSING", "NEEDED", "binaries", "new_database"]

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
    port = _server()
    name = f"test{next(NAMES)}"
    copied = ("--template", like.rpartition("/")[2]) if like else ()
    _run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "stocktaking", *copied, name)
    return f"postgresql://stocktaking@127.0.0.1:{port}/{name}"


def _run(program: str, *arguments: str) -> None:
    folder = binaries()
    assert folder is not None
    drop = {"user": UNPRIVILEGED} if getpass.getuser() == "root" else {}
    subprocess.run([folder / program, *arguments], check=True, capture_output=True, cwd="/", **drop)  # type: ignore[call-overload]


@cache
def _server() -> int:
    """Start a server in a folder of its own; its port."""
    folder = Path(tempfile.mkdtemp(prefix="stocktaking-postgres-"))
    if getpass.getuser() == "root":
        account = pwd.getpwnam(UNPRIVILEGED)
        os.chown(folder, account.pw_uid, account.pw_gid)
    data, port = folder / "data", free_port()
    _run("initdb", "-D", str(data), "-U", "stocktaking", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    # Tests kill processes, never the machine: what was written is there without waiting for the disk.
    hasty = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    where = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options = f"{where} -c max_connections=200 {hasty}"
    _run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    atexit.register(_stop, folder, data)
    return port


def _stop(folder: Path, data: Path) -> None:
    _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)
