"""The whole database moves to another engine: rehearsed while people answer, copied when the service has stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.backup import snapshots
from tests import postgres
from tests.contract.browser import Browser
from tests.operating.test_backup import answers_up_to, service_on
from tests.service import Service

ENGINES = ("sqlite", "postgresql")


@pytest.mark.feature("O2")
@pytest.mark.parametrize("engine", ENGINES)
async def test_a_database_moves_to_the_other_engine_and_its_people_go_on(engine: str, tmp_path: Path) -> None:
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    here = service_on(engine, tmp_path / "here")
    there = service_on(next(each for each in ENGINES if each != engine), tmp_path / "there")
    to = there.environment["STOCKTAKING_DATABASE_URL"]
    async with here, Browser(here.url) as anna:
        await answers_up_to(anna, "org_name")
        code, out, errors = await here.command("database", "copy", "--to", to)
        assert code == 0, errors
        assert "rehearsal" in out
        await answers_up_to(anna, "documents")
        cookies = list(anna.client.cookie_jar)
    code, _, errors = await here.command("database", "copy", "--to", to)
    assert code == 1 and "--replace" in errors
    code, out, errors = await here.command("database", "copy", "--to", to, "--replace")
    assert code == 0, errors
    assert "have the same" in out and "rehearsal" not in out
    async with there, Browser(there.url) as later:
        later.client.cookie_jar.clear()
        later.client.cookie_jar.update_cookies({cookie.key: cookie.value for cookie in cookies})
        await later.types("/continue")
        assert later.page.screen == anna.page.screen == "filling/documents"
        code, _, errors = await here.command("database", "copy", "--to", to, "--replace")
        assert code == 1 and len(errors.splitlines()) == 1 and "stop it" in errors
    code, _, errors = await here.command("database", "copy", "--to", here.environment["STOCKTAKING_DATABASE_URL"])
    assert code == 1 and "name another one" in errors


async def test_one_changed_letter_or_missing_row_makes_another_sum(tmp_path: Path) -> None:
    service = Service(tmp_path)
    async with service, Browser(service.url) as anna:
        await answers_up_to(anna, "org_name")
    engine = create_engine(service.environment["STOCKTAKING_DATABASE_URL"])
    with engine.begin() as connection:
        columns = snapshots.table_columns(connection)
        before = snapshots.table_sums(connection, columns)
        assert before["answers"].rows and before["people"].rows
        connection.execute(text("UPDATE people SET language = 'fr'"))
        connection.execute(text("DELETE FROM answers WHERE key = (SELECT min(key) FROM answers)"))
        after = snapshots.table_sums(connection, columns)
    engine.dispose()
    assert {name for name in columns if before[name] != after[name]} == {"people", "answers"}
