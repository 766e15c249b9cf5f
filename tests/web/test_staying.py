"""Nothing is lost: after a reload, while the line is down, when the service dies, in two tabs, after Back."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import PATIENCE, Visitor, visiting

pytestmark = pytest.mark.browser


async def at(page: Page, question: str) -> None:
    await expect(page.locator("#chat")).to_have_attribute("data-screen", f"filling/{question}", timeout=PATIENCE)


@pytest.mark.feature("C5", "D1")
async def test_a_reload_and_a_restart_are_at_the_same_question_with_all_answers(
    anna: Visitor, service: Service
) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="org_name")
    await anna.page.reload()
    assert await anna.question() == "org_name"
    await service.kill()
    await service.start()
    await anna.opens("/")
    await anna.page.get_by_role("link", name="Go on").click()
    assert await anna.question() == "org_name"
    await anna.taps(".back")
    await anna.sees("amina@lakenet.org")


@pytest.mark.feature("U19")
async def test_what_was_typed_but_not_sent_is_there_after_a_reload(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    await anna.field.fill("Amina O")
    await anna.page.reload()
    await expect(anna.field).to_have_value("Amina O")


async def test_an_answer_given_while_the_line_is_down_is_kept_and_sent_when_it_is_back(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    await anna.context.set_offline(True)
    await anna.field.fill("Amina Otieno")
    await anna.page.locator(".say .send").click()
    await expect(anna.page.locator("[data-offline]")).to_be_visible()
    await expect(anna.field).to_have_value("Amina Otieno")
    await anna.context.set_offline(False)
    await at(anna.page, "contact_role")
    await anna.taps(".back")
    await anna.sees("Amina Otieno")


@pytest.mark.feature("C6")
async def test_an_answer_given_while_the_service_is_dead_arrives_once_it_is_up(anna: Visitor, service: Service) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    await service.kill()
    await anna.field.fill("Amina Otieno")
    await anna.page.locator(".say .send").click()
    await expect(anna.page.locator("[data-offline]")).to_be_visible()
    await service.start()
    await at(anna.page, "contact_role")
    await expect(anna.page.locator("[data-offline]")).to_be_hidden()


@pytest.mark.feature("C16")
async def test_two_quick_taps_on_two_options_both_count(anna: Visitor) -> None:
    """Both are pressed before the first has been answered."""
    await anna.begins()
    await anna.answers(ANSWERS, until="lines")
    await anna.page.evaluate(
        "for (const code of ['C2', 'C4']) document.querySelector(`button[value='${code}']`).click()"
    )
    for code in ("C2", "C4"):
        await expect(anna.choice(code)).to_have_attribute("aria-pressed", "true")
    await expect(anna.choice("C3")).to_have_attribute("aria-pressed", "false")


@pytest.mark.feature("C17")
async def test_two_taps_on_the_same_option_count_as_one(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="lines")
    await anna.after(
        lambda: anna.page.evaluate("for (let n = 0; n < 2; n++) document.querySelector('button[value=C2]').click()")
    )
    await expect(anna.choice("C2")).to_have_attribute("aria-pressed", "true")
    await anna.page.reload()
    await expect(anna.choice("C2")).to_have_attribute("aria-pressed", "true")


@pytest.mark.feature("N14")
async def test_two_tabs_show_the_same(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_name")
    second = await anna.context.new_page()
    await second.goto(f"{anna.url}/chat")
    await at(second, "contact_name")
    await anna.answers(ANSWERS, until="org_type")
    await at(second, "org_type")
    await second.locator('button[value="CSO"]').click()
    await at(anna.page, "org_country")
    await anna.answers(ANSWERS, until="lines")
    await at(second, "lines")
    await anna.taps("C3")
    await expect(second.locator('button[value="C3"]')).to_have_attribute("aria-pressed", "true")


@pytest.mark.feature("C15")
async def test_a_text_typed_on_an_old_page_answers_no_other_question(chromium: Browser, service: Service) -> None:
    """Without scripts a second tab stays at the question it was opened with."""
    async with visiting(chromium, service.url, java_script_enabled=False) as anna:
        await anna.begins()
        await anna.answers(ANSWERS, until="contact_name")
        old = await anna.context.new_page()
        await old.goto(f"{anna.url}/chat")
        await anna.types("Amina Otieno")
        await old.locator("#text").fill("Somebody Else")
        await old.locator(".say .send").click()
        await at(old, "contact_role")
        await expect(old.locator(".now")).to_contain_text("sent under an earlier message")
        await old.locator('button[value=".back"]').click()
        await at(old, "contact_name")
        await expect(old.locator("#text")).to_have_value("Amina Otieno")
        await expect(old.locator(".now")).not_to_contain_text("Somebody Else")


@pytest.mark.feature("H5", "N22")
async def test_who_is_forgotten_is_told_so_and_is_a_stranger_afterwards(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="contact_role")
    await anna.commands("forget")
    await anna.taps("forget")
    await anna.sees("Everything is erased")
    await anna.page.reload()
    await anna.sees("The United Nations register of digital projects")
