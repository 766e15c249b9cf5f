"""Whole walks over Telegram's own protocol, with the real service in its own process: by polling and by webhook."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.samples import ANSWERS
from tests.service import Service, free_port
from tests.telegram.walking import answer_until

SECRET = "a-secret-word"


@pytest.fixture(params=["polling", "webhook"])
async def open_bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[BotApi, Service]]:
    """A Bot API server and the service that talks to it."""
    async with BotApi() as server:
        service = Service(tmp_path, **telegram(server, request.param))
        async with service:
            yield server, service
        assert not server.violations
        assert "Traceback" not in service.log, service.log


def telegram(server: BotApi, how: str) -> dict[str, str]:
    """The settings that open Telegram."""
    settings = {"telegram_token": server.token, "telegram_api_url": server.url}
    if how == "webhook":
        port = free_port()
        settings["http_port"] = str(port)
        settings["telegram_webhook_url"] = f"http://127.0.0.1:{port}/telegram"
        settings["telegram_webhook_secret"] = SECRET
    return settings


@pytest.mark.feature("H1", "H2", "O5", "O6", "N20")
async def test_an_entry_is_typed_over_telegram_and_exported_with_codes(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "review")
    await anna.gets(anna.taps("Send my entry"))
    assert "WSIS-2027-000001" in anna.text
    code, out, errors = await service.command("entries", "export", "--format", "json")
    assert code == 0, errors
    (entry,) = json.loads(out)
    assert entry["reference"] == "WSIS-2027-000001"
    assert entry["answers"]["sublines"] == ["C7-ehea", "C7-eagr"]
    assert entry["answers"]["org_country"] == "KE"
