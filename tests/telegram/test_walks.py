"""Whole walks over Telegram's own protocol, with the real service in its own process: by polling and by webhook."""

from __future__ import annotations

import json

import pytest

from tests.botapi import BotApi
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.walking import answer_until


@pytest.mark.feature("H1", "H2", "O5", "O6", "N20")
@pytest.mark.parametrize("open_bot", ["polling", "webhook"], indirect=True)
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
