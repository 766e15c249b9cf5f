"""The service pushes by its settings; organizers see what it could not deliver, in the chat and by command."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.organizers import organizers
from storage.push import receivers
from tests.driver import ON_ONE_ENGINE, Stage
from tests.push.platform import SECRET, Platform
from tests.push.sending import Hand, entry
from tests.service import Service


async def comes(true: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110  another process does it
            await asyncio.sleep(0.02)


@pytest.mark.feature("X4")
async def test_the_service_pushes_by_its_settings(tmp_path: Path) -> None:
    async with Platform() as platform:
        settings = {"push_receivers": platform.setting(), "push_private_networks": "127.0.0.0/8"}
        async with Service(tmp_path, **settings) as service:
            database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
            while not await database.read(receivers.active):  # noqa: ASYNC110  another process does it
                await asyncio.sleep(0.02)
            await database.write(lambda session: entry(session, 1))
            await comes(lambda: platform.keys)
            await database.close()
            code, out, _ = await service.command("push", "list", "--format", "json")
            assert code == 0 and json.loads(out)[0]["name"] == "platform"
        assert SECRET not in service.log
        code, out, _ = await service.command("push", "schema")
        assert json.loads(out)["$schema"].endswith("2020-12/schema")
        code, out, _ = await service.command("push", "secret")
        assert out.startswith("whsec_")


async def test_a_wrong_setting_is_one_line_without_the_secret(tmp_path: Path) -> None:
    wrong = json.dumps([{"name": "platform", "url": "http://platform.example.org", "secrets": [SECRET]}])
    for setting in (wrong, "no json"):
        code, _, errors = await Service(tmp_path, push_receivers=setting).command("push", "list")
        assert code == 1 and errors.startswith("stocktaking: STOCKTAKING_PUSH_RECEIVERS: must "), errors
        assert len(errors.splitlines()) == 1 and SECRET not in errors


@ON_ONE_ENGINE
@pytest.mark.feature("X4", "H6")
async def test_organizers_send_again_or_drop_what_could_not_be_delivered(database: Database) -> None:
    stage = Stage(database)
    now = stage.clock.now()
    await database.write(lambda session: organizers.name_in_settings(session, [100], now))
    olga, anna = stage.person("100", channel="telegram", called="Olga"), stage.person("anna")
    async with Platform(script=[410, 410]) as platform:
        hand = await Hand(database, platform).known()
        await database.write(lambda session: (entry(session, 1), entry(session, 2)))
        await hand.rounds()
        await olga.does("push")
        olga.sees("platform: 0 waiting", "1. WSIS-2027-000002: sent in, to platform (410)", "accepts nothing more")
        await olga.taps("Drop")
        olga.sees("1 not deliverable")
        await olga.taps("Send 1 again")
        olga.sees("platform: 1 waiting")
        await olga.taps("Resume platform")
        olga.misses("accepts nothing more")
        await hand.rounds()
        assert len(platform.keys) == 1
        await olga.does("log")
        olga.sees("Olga dropped WSIS-2027-", "Olga sent WSIS-2027-", "Olga resumed pushing entries to platform")
    await anna.does("push")
    anna.misses("platform:")
