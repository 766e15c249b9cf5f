"""One entry the whole way: begun in Arabic, sent, reviewed in French, corrected, published, pushed to the platform,
found from any chat, nominated, in the report, and on its page with its prize. Real service, real parts around it.
"""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.push.platform import Platform
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.walking import open_question

REFERENCE = "WSIS-2027-000001"
TITLE = "شبكات شمسية لقرى البحيرة"
DESCRIPTION = "يربط مشروعنا اثنتي عشرة قرية على ضفاف البحيرة بشبكات تعمل بالطاقة الشمسية ويديرها أهل القرى أنفسهم. " * 4
ENTRY = {**ANSWERS, "title": TITLE, "description": DESCRIPTION}
COMMENT = "Combien de villages, et depuis quand ?"
RESULTS = "Twenty villages are connected, and 4,200 people have used the network every day since 2023."


async def sends_entry(salma: Person) -> None:
    await salma.gets(salma.starts())
    await salma.gets(salma.taps("ar"))
    await salma.gets(salma.says("/new"))
    while (question := open_question(salma)) in ENTRY:
        await salma.gets(salma.says(ENTRY[question]))
    await salma.gets(salma.taps(".send"))
    assert REFERENCE in salma.text, salma.text


def codes(person: Person) -> list[str]:
    """Of the buttons under the newest message."""
    buttons = [button for row in person.shown[-1]["reply_markup"]["inline_keyboard"] for button in row]
    return [button["callback_data"].partition("|")[2] for button in buttons if "callback_data" in button]


async def asks_for_results(remi: Person) -> None:
    await remi.gets(remi.says("/queue"))
    await remi.gets(remi.taps(".next"))
    await remi.gets(remi.taps(".mark"))
    while "key:results" not in codes(remi):
        await remi.gets(remi.taps([code for code in codes(remi) if code.startswith(".page:")][-1]))
    await remi.gets(remi.taps("key:results"))
    await remi.gets(remi.says(COMMENT))
    await remi.gets(remi.taps(".back"))
    await remi.gets(remi.taps(".ask"))
    await remi.gets(remi.taps("send"))


async def corrects(salma: Person) -> None:
    await salma.waits(COMMENT)
    await salma.gets(salma.taps("فتح مشاركتي"))
    await salma.gets(salma.taps("fix:results"))
    await salma.gets(salma.says(RESULTS))
    if "fix:results" not in codes(salma):
        await salma.gets(salma.taps(".done"))
    await salma.gets(salma.taps(".sent"))
    assert "وصلت تعديلاتكم" in salma.text


async def publishes(remi: Person) -> None:
    await remi.waits(REFERENCE)
    await remi.gets(remi.taps(f"review:open:{REFERENCE}"))
    assert "4,200 people" in remi.text
    await remi.gets(remi.taps("input:accept"))
    await remi.gets(remi.says("Un beau projet."))
    await remi.gets(remi.says("/queue"))
    await remi.gets(remi.taps(".announce"))
    await remi.gets(remi.taps("Annoncer 1"))
    await remi.gets(remi.taps("Oui, en annoncer 1"))


async def done(service: Service, *words: str) -> None:
    code, _, errors = await service.command(*words)
    assert code == 0, errors


async def page(service: Service) -> str:
    """The entry's page in the register."""
    async with aiohttp.ClientSession(service.url) as site, site.get(f"/register/en/{REFERENCE}") as answer:
        return await answer.text()


@pytest.mark.feature("N10", "V9", "X4", "Y1", "Z2")
async def test_an_entry_goes_the_whole_way(tmp_path: Path) -> None:
    async with BotApi() as server, Platform() as platform:
        salma, remi, claire = server.person("Salma", "ar"), server.person("Rémi", "fr"), server.person("Claire", "fr")
        service = Service(
            tmp_path,
            telegram_token=server.token,
            telegram_api_url=server.url,
            organizers=str(remi.id),
            push_receivers=platform.setting(),
            push_private_networks="127.0.0.0/8",
        )
        async with service:
            await sends_entry(salma)
            await remi.gets(remi.starts())
            await remi.gets(remi.taps("fr"))
            await asks_for_results(remi)
            await corrects(salma)
            await publishes(remi)
            await salma.waits("قُبلت مشاركتكم")
            await salma.server.until(lambda: list(platform.of(REFERENCE)) == ["submitted", "revised", "published"], 30)

            await claire.gets(claire.starts())
            await claire.gets(claire.taps("fr"))
            [found, *_] = await claire.searches("lake villages")
            assert TITLE in found and REFERENCE in found

            await done(service, "prizes", "nominate", REFERENCE)
            await done(service, "prizes", "advance", REFERENCE, "--to", "champion")
            await done(service, "prizes", "advance", REFERENCE, "--to", "winner")
            assert "Winner of the WSIS Prizes" not in await page(service)
            await done(service, "prizes", "announce", "--call", "2027", "--step", "winner", "--yes")
            shown = await page(service)
            assert "Winner of the WSIS Prizes" in shown and "Twenty villages are connected" in shown
            report = tmp_path / "report.html"
            await done(
                *(service, "report", "--call", "2027", "--language", "fr", "--format", "html", "--output", str(report))
            )
            printed = report.read_text("utf-8")
            assert TITLE in printed and REFERENCE in printed and COMMENT not in printed
        assert "Traceback" not in service.log, service.log
