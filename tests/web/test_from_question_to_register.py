"""The main job: stakeholders answer where they are, in the browser and in Telegram, and their entries are exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.activities import ACTIVITIES, Walk
from tests.botapi import BotApi
from tests.service import Service
from tests.telegram.opening import telegram
from tests.telegram.walking import arrive, open_question
from tests.web.browsing import visiting

pytestmark = pytest.mark.browser


async def entered_in_a_browser(chromium: Browser, url: str, key: str, reference: str) -> None:
    """Type an activity into the web chat, check it and send it."""
    activity = ACTIVITIES[key]
    walk = Walk(activity)
    async with visiting(chromium, url) as anna:
        await anna.begins()
        await anna.walks(lambda question: anna.types(walk.says(question)))
        await anna.sees("Please check your answers", activity.answers["title"], activity.answers["contact_email"])
        await anna.taps(".send")
        await anna.sees("Your entry has been received", reference, activity.answers["description"])
        anna.is_content()


async def entered_in_telegram(server: BotApi, name: str, key: str, reference: str) -> None:
    """Type an activity to the bot, check it and send it."""
    person, walk = server.person(name), Walk(ACTIVITIES[key])
    await arrive(person)
    while (question := open_question(person)) != "review":
        await person.gets(person.says(walk.says(question)))
    await person.gets(person.taps(".send"))
    assert reference in person.text


@pytest.mark.feature("H2", "H1", "O1", "O5", "N20", "D3", "X2")
@pytest.mark.timeout(300)
async def test_three_activities_come_by_browser_polling_and_webhook_and_are_exported_whole(
    chromium: Browser, tmp_path: Path
) -> None:
    async with BotApi() as server:
        async with Service(tmp_path, **telegram(server, "polling")) as service:
            await entered_in_a_browser(chromium, service.url, "ceibal", "WSIS-2027-000001")
            await entered_in_telegram(server, "Ben", "aponjon", "WSIS-2027-000002")
        async with Service(tmp_path, **telegram(server, "webhook")) as service:
            await entered_in_telegram(server, "Chi", "x_road", "WSIS-2027-000003")
            code, out, errors = await service.command("entries", "export", "--format", "json")
        assert "Traceback" not in service.log, service.log
    assert code == 0, errors
    entries = json.loads(out)
    assert [entry["reference"] for entry in entries] == [f"WSIS-2027-00000{number}" for number in (1, 2, 3)]
    for entry, key in zip(entries, ("ceibal", "aponjon", "x_road"), strict=True):
        ACTIVITIES[key].is_exported(entry)
