"""One service on an SQLite file: a second one is refused in one line, commands go on beside the first."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from storage.engine import service_lock
from tests.service import Service, free_port


@pytest.mark.feature("S19")
async def test_a_second_service_on_the_file_is_refused_and_commands_still_write(tmp_path: Path) -> None:
    service = await Service(tmp_path).start()
    second = Service(tmp_path, http_port=str(free_port()))
    code, out, errors = await second.command("run")
    assert (code, out) == (1, "")
    (line,) = errors.splitlines()
    assert f"another service runs on {tmp_path}/stocktaking.sqlite3" in line
    code, out, errors = await service.command("organizers", "invite", "reviewer")
    assert code == 0, errors
    await service.kill()
    assert not service_lock.is_held(service.environment["STOCKTAKING_DATABASE_URL"])
    await second.start()  # a killed one leaves no lock behind
    assert await second.stop() == 0
    assert not (tmp_path / "stocktaking.sqlite3.service").exists()


@pytest.mark.feature("S14")
async def test_what_is_kept_is_for_its_account_alone_also_what_was_made_before(tmp_path: Path) -> None:
    os.umask(0o022)
    service = Service(tmp_path / "data")
    files = tmp_path / "data" / "files"
    files.mkdir(mode=0o755)
    assert (await service.command("migrate"))[0] == 0
    database = tmp_path / "data" / "stocktaking.sqlite3"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    database.chmod(0o644)
    _, out, _ = await service.command("doctor")
    assert f"{database} can be read by other accounts" in out and f"{files} can be read by other accounts" in out
    async with service:
        made = [database, database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}.service")]
        assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o600] * 3
        assert stat.S_IMODE(files.stat().st_mode) == 0o700
        output = tmp_path / "out.csv"
        assert (await service.command("entries", "export", "--format", "csv", "--output", str(output)))[0] == 0
        assert stat.S_IMODE(output.stat().st_mode) == 0o600
