"""`/metrics`: for Prometheus, for who has the token; nothing is loaded for it before somebody asks."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.botapi import BotApi
from tests.contract.browser import Browser
from tests.service import Service
from tests.telegram.opening import telegram

TOKEN = "a-token-of-the-operators"


async def asked(service: Service, token: str | None) -> tuple[int, str]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.get(f"{service.url}/metrics", headers=headers) as answer:
        return answer.status, await answer.text()


@pytest.mark.feature("S19")
async def test_who_has_the_token_reads_what_the_service_did(tmp_path: Path) -> None:
    async with BotApi() as server:
        service = Service(tmp_path, metrics_token=TOKEN, **telegram(server, "webhook"))
        async with service, Browser(service.url) as anna:
            for said in ("/start", "English", "/new", "perhaps"):
                await anna.types(said)
            assert [(await asked(service, wrong))[0] for wrong in (None, "", TOKEN[:-1], "é" * 30)] == [403] * 4
            status, page = await asked(service, TOKEN)
    assert status == 200
    families = {family.name: family for family in text_string_to_metric_families(page)}
    samples = {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert samples["stocktaking_updates_total", ("web", "taken")] == 3
    assert samples["stocktaking_updates_total", ("web", "refused")] == 1
    assert samples["stocktaking_turn_seconds_count", ()] >= 4
    assert samples["stocktaking_turn_seconds_bucket", ("+Inf",)] == samples["stocktaking_turn_seconds_count", ()]
    assert samples["stocktaking_http_responses_total", ("403",)] >= 4
    assert samples["stocktaking_database_up", ()] == 1
    assert samples["stocktaking_courier_backlog", ()] == 0
    assert samples["stocktaking_send_rate", ()] == 30
    assert samples["stocktaking_disk_free_bytes", ("files",)] > 0
    assert samples["process_open_fds", ()] > 0
    assert all(family.documentation for family in families.values())


@pytest.mark.feature("S19")
async def test_without_a_token_there_is_no_such_page(tmp_path: Path) -> None:
    async with Service(tmp_path) as service:
        assert (await asked(service, TOKEN))[0] == 404
