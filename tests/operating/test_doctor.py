"""The doctor goes on after a bad setting, knows a misspelt name, and tells who cannot be written to."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.people import people
from tests import postgres
from tests.service import Service


@pytest.mark.feature("O3")
async def test_it_names_every_bad_setting_and_unknown_name_and_looks_at_the_rest(tmp_path: Path) -> None:
    service = Service(
        tmp_path,
        http_host="0.0.0.0",
        telegram_tokn="4242:a-secret-word",
        telegram_token="a-secret-word",
        organisers="7",
        organizers="@anna",
        telegram_rate="-1",
        files="/proc/nope",
    )
    code, out, errors = await service.command("doctor")
    assert (code, errors) == (1, "")
    lines = out.splitlines()
    for said in (
        "MEND  STOCKTAKING_TELEGRAM_TOKEN: looks like no bot token",
        "MEND  STOCKTAKING_ORGANIZERS: ",
        "MEND  STOCKTAKING_TELEGRAM_RATE: ",
        "MEND  STOCKTAKING_TELEGRAM_TOKN is no setting. Did you mean STOCKTAKING_TELEGRAM_TOKEN?",
        "MEND  STOCKTAKING_ORGANISERS is no setting. Did you mean STOCKTAKING_ORGANIZERS?",
        "MEND  the web chat listens at 0.0.0.0, for others than this machine, without a public address",
        "MEND  /proc/nope cannot be written",
        "ok    language fr: complete",
        "note  Telegram is off",
    ):
        assert sum(line.startswith(said) for line in lines) == 1, (said, out)
    assert "a-secret-word" not in out


@pytest.mark.feature("O3")
async def test_it_names_organizers_whom_the_bot_cannot_write_to(tmp_path: Path) -> None:
    service = Service(tmp_path, organizers="4242,77")
    os.umask(0o077)
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    now = datetime.now(UTC)
    await database.write(lambda session: people.arrive(session, "telegram", "77", language="en", name="Anna", now=now))
    await database.close()
    code, out, errors = await service.command("doctor")
    assert code == 0, out + errors
    assert "2 organizers are set" in out
    assert "organizer 4242 has not written to the bot" in out
    assert "organizer 77" not in out


@postgres.NEEDED
@pytest.mark.feature("O3", "S18")
async def test_it_says_when_the_server_may_forget_what_it_has_committed(tmp_path: Path) -> None:
    import asyncpg

    url = postgres.new_database()  # of a server that is quick and not sure
    service = Service(tmp_path, database_url=url)
    assert (await service.command("migrate"))[0] == 0
    code, out, _ = await service.command("doctor")
    assert code == 0
    assert "note  PostgreSQL's synchronous_commit is off" in out
    assert "note  PostgreSQL's fsync is off" in out
    connection = await asyncpg.connect(url)
    await connection.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET synchronous_commit = on")
    await connection.close()
    assert "synchronous_commit" not in (await service.command("doctor"))[1]
