"""Behind pgbouncer: session mode works, transaction mode is refused in one line. And no lease outlives its holder."""

from __future__ import annotations

import asyncio
import getpass
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from bot.delivery import leader_lock
from tests import postgres
from tests.contract.browser import Browser
from tests.service import Service, free_port

PGBOUNCER = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")

pytestmark = postgres.NEEDED


INI = """
[databases]
{name} = host=127.0.0.1 port={server} dbname={name} user=stocktaking
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = any
pool_mode = {mode}
unix_socket_dir =
"""


@contextmanager
def pgbouncer(url: str, mode: str) -> Iterator[str]:
    """A pooler before the database of `url`; the address through it."""
    assert PGBOUNCER is not None
    folder = Path(tempfile.mkdtemp(prefix="stocktaking-pooler-"))
    folder.chmod(0o755)  # as root the pooler runs under another account, like the server
    parsed, port = urlsplit(url), free_port()
    name = parsed.path.removeprefix("/")
    settings = folder / "pgbouncer.ini"
    settings.write_text(INI.format(name=name, server=parsed.port, port=port, mode=mode))
    settings.chmod(0o644)
    drop = {"user": postgres.UNPRIVILEGED} if getpass.getuser() == "root" else {}
    process = subprocess.Popen([PGBOUNCER, "-q", settings], cwd="/", stderr=subprocess.DEVNULL, **drop)  # type: ignore[call-overload]
    try:
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"postgresql://stocktaking@127.0.0.1:{port}/{name}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


@pytest.mark.skipif(PGBOUNCER is None, reason="no pgbouncer on this machine (Debian: apt-get install pgbouncer)")
@pytest.mark.feature("S15")
async def test_a_pooler_by_session_serves_and_one_by_transaction_is_refused_in_one_line(tmp_path: Path) -> None:
    url = postgres.new_database()
    with pgbouncer(url, "session") as pooled:
        service = Service(tmp_path / "one", database_url=pooled)
        async with service, Browser(service.url) as anna:
            await anna.types("/start")
            assert anna.page.screen
        assert "Traceback" not in service.log
    with pgbouncer(url, "transaction") as pooled:
        service = Service(tmp_path / "two", database_url=pooled)
        code, out, errors = await service.command("run")
        assert (code, out) == (1, "")
        (line,) = errors.splitlines()
        assert "set its pool_mode to session" in line
        code, out, _ = await service.command("doctor")
        assert code == 1 and "set its pool_mode to session" in out


@pytest.mark.feature("O4", "S19")
async def test_who_may_send_is_one_and_a_holder_that_vanished_or_froze_is_followed(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """A frozen holder's connection stays open, so a lock of the connection would be held for ever."""
    if not database_url.startswith("postgresql"):
        pytest.skip("on SQLite one service runs")
    monkeypatch.setattr(leader_lock, "LEASE", 4.0)
    monkeypatch.setattr(leader_lock, "RENEWING", 0.3)
    monkeypatch.setattr(leader_lock, "ASKING", 0.1)
    frozen = leader_lock.Lease(database_url)
    assert await frozen.renew()
    assert not await leader_lock.Lease(database_url).renew()
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(60), leader_lock.hold(database_url) as heir:
        assert heir.after_another
        assert frozen.left <= 0  # it knows by its own clock, before anybody else may begin
        assert not await frozen.renew()
        began = loop.time()
        while loop.time() - began < 5:  # well beyond one lease: it is renewed
            assert not heir.lost.is_set()
            await asyncio.sleep(0.2)
        thief = await asyncpg.connect(database_url)
        await thief.execute("UPDATE service_marks SET holder = 'somebody', at = now() + interval '1 hour'")
        await heir.lost.wait()
        await thief.execute("UPDATE service_marks SET at = now()")
        await thief.close()
    async with asyncio.timeout(20), leader_lock.hold(database_url) as next_one:
        assert not next_one.lost.is_set()
