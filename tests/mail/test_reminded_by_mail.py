"""Somebody with a browser and an address, and nothing else: reminded by mail, they go on elsewhere, send, and are left
alone. There is no Telegram in any setting.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import Session, col, select

from dialogs.domain.notice import DeliveryState
from storage.calls import calls
from storage.engine.database import Database
from storage.messaging import inbox
from storage.messaging.deliveries import Delivery
from storage.people import people
from storage.reminders import reminder_queries
from storage.tables import AccountRow, CallRow, DraftRow, PersonRow
from tests.contract.browser import Browser, Page
from tests.mail.mailbox import Mailbox, html_of, link_of, plain_of, settings
from tests.noon import where_it_is_noon
from tests.samples import REQUIRED
from tests.service import Service, free_port

ADDRESS = "amina@lakenet.org"


async def _answers(browser: Browser, until: str) -> Page:
    """Answer what is asked until this question is open."""
    for _ in range(90):
        asked = browser.page.screen.removeprefix("filling/")
        if asked == until:
            return browser.page
        assert asked in REQUIRED, (asked, browser.page.lines)
        await browser.types(REQUIRED[asked])
    raise AssertionError(f"{until} was not reached, but {browser.page.screen}")


async def _presses(browser: Browser, path: str, act: str) -> Page:
    async with browser.client.post(path, data={"act": act}) as answer:
        browser.page = Page(await answer.text())
    return browser.page


def _three_days_before_the_close(session: Session) -> None:
    """The drafts are ten days old, their person paused an hour ago, and where they are it is noon."""
    now = datetime.now(UTC)
    session.get_one(CallRow, calls.current(session, now).code).closes = now + timedelta(days=3, hours=1)
    for draft in session.exec(select(DraftRow)):
        draft.started = now - timedelta(days=10)
        person = session.get_one(PersonRow, draft.person_id)
        person.zone = where_it_is_noon(now)
        person.state = {**(person.state or {}), "last": (now - timedelta(hours=1)).isoformat()}


def _has_the_headers_of_a_letter(letter: EmailMessage, site: str) -> None:
    """As Python's own policy for mail reads them."""
    assert not letter.defects and all(not getattr(value, "defects", ()) for value in letter.values())
    assert letter["From"].addresses[0].addr_spec == "stocktaking@example.org"
    assert letter["To"].addresses[0].addr_spec == ADDRESS
    assert letter["Reply-To"].addresses[0].addr_spec == "desk@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(rf"<{re.escape(site)}/letter/[\w-]+/stop>", letter["List-Unsubscribe"])
    assert re.fullmatch(r"<\d+\.[0-9a-f]{32}@example\.org>", letter["Message-ID"])
    assert letter["Date"].datetime.tzinfo is not None
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.feature("L1", "L3", "L4", "L6", "L7", "L9")
async def test_who_has_only_a_browser_is_reminded_by_mail_goes_on_elsewhere_and_is_left_alone(tmp_path: Path) -> None:
    async with Mailbox() as mailbox:
        port = free_port()
        service = Service(tmp_path, **settings(mailbox, port))
        async with service, Browser(service.url) as amina:
            await amina.types("/language fr")
            await amina.types("/new")
            await _answers(amina, "contact_email")

            # The address is asked for; whether we may write to it is asked once, with nothing chosen beforehand.
            asked = await amina.types(ADDRESS)
            assert asked.screen == "letters" and any(ADDRESS in line for line in asked.lines)
            assert not any("✓" in choice for choice in asked.choices)
            assert (await amina.taps("yes")).screen == "filling/org_name"

            # Looking at the first letter's link confirms nothing: programs look too. Its button does.
            first = await mailbox.letter(1)
            _has_the_headers_of_a_letter(first, service.url)
            async with aiohttp.ClientSession(service.url) as scanner:
                for path in (link_of(first), f"{link_of(first)}/stop"):
                    assert (await scanner.get(path)).status == 200
                assert not await _account(service)
                await scanner.post(link_of(first), data={"act": "confirm"})
            assert await _account(service) == ADDRESS
            await _answers(amina, "title")
            await amina.types("/contact")
            await amina.types("May two organisations send one entry?")

        await _written(service, _answered_by_an_organizer)
        await _written(service, _three_days_before_the_close)
        async with service, Browser(service.url) as elsewhere:
            await mailbox.letter(3)
            answer, reminder = sorted(mailbox.letters[1:], key=lambda letter: "Votre fiche" in letter["Subject"])
            assert "Yes, name both of them." in plain_of(answer) and "two organisations" in html_of(answer)
            _has_the_headers_of_a_letter(reminder, service.url)
            assert reminder["Subject"] == "Votre fiche n’est pas encore terminée"
            assert reminder["Content-Language"] == "fr" and 'lang="fr"' in html_of(reminder)
            assert "questions" in plain_of(reminder) and "Continuer" in html_of(reminder)

            # Another browser: one press, and the question is open that was left open.
            await elsewhere.client.get(link_of(reminder))
            assert not [each for each in elsewhere.client.cookie_jar if each.key == "stocktaking"]
            await _presses(elsewhere, link_of(reminder), "open")
            assert elsewhere.page.screen == "filling/title"
            await _answers(elsewhere, "review")
            sent = await elsewhere.types("/submit")
            assert sent.screen == "sent"

            receipt = await mailbox.letter(4)
            _has_the_headers_of_a_letter(receipt, service.url)
            reference = re.search(r"WSIS-\d{4}-\d{6}", plain_of(receipt))
            assert reference is not None and any(reference[0] in line for line in sent.lines)
            assert REQUIRED["title"] in plain_of(receipt)

            # Whoever follows the old link learns that it is over, and nobody is owed anything more.
            assert "act" not in await (await elsewhere.client.get(link_of(reminder))).text()
            assert await _left_alone(service)

            # The mail program's own button: a request without a cookie. Of a reminder it ends reminders, in the chat
            # too; of a receipt, letters as such.
            one_click = {"List-Unsubscribe": "One-Click"}
            async with aiohttp.ClientSession() as program:
                for letter in (reminder, receipt):
                    assert (await program.post(letter["List-Unsubscribe"].strip("<>"), data=one_click)).status == 200
            assert await _reminders(service) == "none" and not await _account(service)
        assert mailbox.readers == [ADDRESS] * 4
        assert "Traceback" not in service.log, service.log


async def _written(service: Service, change: Callable[[Session], None]) -> None:
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(change)
    await database.close()


def _answered_by_an_organizer(session: Session) -> None:
    """Somebody at the desk answers the letter that was written in the chat."""
    now = datetime.now(UTC)
    olga = people.arrive(session, "telegram", "100", now=now)
    (letter,) = inbox.letters(session, 5)
    assert inbox.answer(session, olga, letter.id, "Yes, name both of them.", now) is not None


async def _reminders(service: Service) -> str:
    """Which reminders the person with a draft wants, as the chat keeps it."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    query = select(PersonRow.reminders).join(DraftRow, col(DraftRow.person_id) == col(PersonRow.id))
    found = await database.read(lambda session: session.exec(query).one())
    await database.close()
    return found


async def _account(service: Service) -> str:
    """The address that letters go to."""
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    found = await database.read(
        lambda session: session.exec(select(AccountRow.address).where(AccountRow.channel == "mail")).first()
    )
    await database.close()
    return found or ""


async def _left_alone(service: Service) -> bool:
    """Whether every delivery is settled, and nobody is left to be reminded in this call."""

    def look(session: Session) -> bool:
        now = datetime.now(UTC)
        states = set(session.exec(select(Delivery.state)))
        owed = list(reminder_queries.remindable(session, calls.current(session, now).code))
        return states == {DeliveryState.SENT.value} and not owed

    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    try:
        for _ in range(200):  # the last letter is noted as sent a moment after it came
            if await database.read(look):
                return True
            await asyncio.sleep(0.05)
        return False
    finally:
        await database.close()
