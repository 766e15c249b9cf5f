"""The real service over a small register, and a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser
from sqlmodel import Session

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.tables import EntryRow
from tests.register.factory import keep, kept
from tests.service import Service
from tests.web import chromium as chromiums

SECRET = "Zanzibarium"
"""A word that stands only in what may not be shown."""


@dataclass(frozen=True, slots=True)
class Site:
    """The service, and a client that follows no redirects."""

    service: Service
    client: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
        async with self.client.get(self.service.url + path, headers=headers, allow_redirects=False) as answer:
            body = await answer.read()
            return answer.status, body.decode("utf-8", "replace"), answer.headers

    async def write(self, work: object) -> None:
        database = await Database.open(self.service.environment["STOCKTAKING_DATABASE_URL"])
        await database.write(work)  # type: ignore[arg-type]
        await database.close()

    async def becomes(self, number: int, state: EntryState) -> None:
        def change(session: Session) -> None:
            session.get_one(EntryRow, f"WSIS-2027-{number:06d}").state = state.value

        await self.write(change)


def entries() -> list[EntryRow]:
    """Published ones in the six languages, and some that the public may not see."""
    written = [
        ("en", "Solar networks for lake villages", "KE", ["C2", "C7"], ["4", "9"]),
        ("fr", "Écoles rurales connectées", "SN", ["C4"], ["4"]),
        ("es", "Bibliotecas abiertas para jóvenes", "UY", ["C3"], ["4", "10"]),
        ("ar", "مدارس رقمية للفتيات في القرى", "EG", ["C4", "C7"], ["4", "5"]),
        ("ru", "Телемедицина для сельских больниц", "KZ", ["C7"], ["3"]),
        ("zh", "农村电子政务服务平台", "CN", ["C7"], ["16"]),
    ]
    shown = [
        kept(number, language=language, title=title, org_country=country, countries=[country], lines=lines, goals=goals)
        for number, (language, title, country, lines, goals) in enumerate(written, 1)
    ]
    shown[1].answers |= {"start_date": "2016", "end_date": "2019"}  # a year alone is a date too
    radio: dict[str, Any] = {"lines": ["C9"], "sublines": None}
    more = [kept(number, title=f"Community radio, part {number}", **radio) for number in range(10, 40)]
    hidden = [
        kept(60, title=f"{SECRET} without consent", publish=False, org_name=f"{SECRET} trust"),
        kept(61, EntryState.RECEIVED, title=f"{SECRET} received"),
        kept(62, EntryState.SPAM, title=f"{SECRET} spam"),
        kept(63, EntryState.ACCEPTED, title=f"{SECRET} accepted, not announced"),
        kept(64, title="Contact is not shown", contact_name=f"{SECRET} Person"),
        kept(65, title="Nomination is not shown", prize_text=f"{SECRET} wants a prize"),
    ]
    return [*shown, *more, *hidden]


@pytest.fixture(scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    folder: Path = tmp_path_factory.mktemp("register")
    service = Service(folder, api_requests_per_address="100000/10000", web_requests_per_address="100000/10000")
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(lambda session: keep(session, *entries()))
    await database.close()
    async with service, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        yield Site(service, client)


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    if chromiums.find() is None:
        pytest.skip(chromiums.MISSING)
    async with chromiums.open_chromium() as browser:
        yield browser
