"""The database is away: what was typed stays in the field, and can be sent again when it is back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests import postgres
from tests.faults.outages import Owned, refusing
from tests.service import Service

pytestmark = [postgres.NEEDED]

LANGUAGES = {
    "ar": "إعادة الإرسال",
    "en": "Send again",
    "es": "Enviar de nuevo",
    "fr": "Envoyer à nouveau",
    "ru": "Отправить еще раз",
    "zh": "再次发送",
}
NAME = "Amina <Otieno> & Söhne"


@pytest.fixture(scope="module")
async def stored(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Service, Owned]]:
    """A service on PostgreSQL, and its database."""
    url = postgres.new_database()
    async with Service(tmp_path_factory.mktemp("service"), database_url=url) as service:
        yield service, Owned(url)


def hidden(html: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', html)
    assert found, html
    return found[1]


@pytest.mark.feature("S18")
async def test_without_scripts_a_page_keeps_the_text_and_sends_it_again(stored: tuple[Service, Owned]) -> None:
    service, database = stored
    async with aiohttp.ClientSession() as session:
        chat = f"{service.url}/chat"
        async with session.post(chat, data={"command": "start"}) as answer:
            page = await answer.text()
        async with session.post(chat, data={"choice": "fr", "place": hidden(page, "place")}) as answer:
            page = await answer.text()
        form = {"text": NAME, "place": hidden(page, "place"), "update": "an-id-of-its-own"}
        for state in ("08006", "25006", "40003", "53100", "55P03", "57014", "58030", "99ABC"):
            async with refusing(state)(database), session.post(chat, data=form) as answer:
                assert answer.status == 503, state
                assert "Retry-After" in answer.headers
                refused = await answer.text()
        assert "Amina &lt;Otieno&gt; &amp; Söhne</textarea>" in refused
        assert hidden(refused, "update") == form["update"] and hidden(refused, "place") == form["place"]
        async with refusing("53100")(database):
            for language, retry in LANGUAGES.items():
                async with session.post(chat, data=form, headers={"Accept-Language": language}) as answer:
                    said = await answer.text()
                assert f">{retry}</button>" in said and f'lang="{language}"' in said
        async with session.post(chat, data=form) as answer:
            assert answer.status == 200
    assert "Traceback" not in service.log
    assert "Amina" not in service.log
