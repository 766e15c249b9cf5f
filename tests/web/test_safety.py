"""Hostile input is text; other sites can do nothing; every refusal is a page with a way on."""

from __future__ import annotations

from html import unescape

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import Visitor, visiting

pytestmark = pytest.mark.browser

HOSTILE = {
    "markup": "<script>document.title = 'stolen'</script><img src=x onerror=\"document.title = 'stolen'\">",
    "template": "{{ 7 * 7 }} {% raw %} %(name)s {name} ${name}",
    "override": "Lake \u202eskrowteN\u202c \u2067 villages",
    "control": "Lake\x07 \x1bvillages\x7f",
    "quotes": "\"' onfocus='document.title=1' autofocus x='",
    "joined": "👩‍👩‍👧‍👦 🇰🇪 e\u0301\u0301\u0301 \U000e0041",
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_text_is_shown_as_text(anna: Visitor, kind: str) -> None:
    await anna.begins()
    await anna.answers({**ANSWERS, "title": HOSTILE[kind]}, until="activity_type")
    title = await anna.page.title()
    await anna.taps(".back")
    shown = await anna.text()
    assert "stolen" not in title
    if kind in ("markup", "template", "quotes"):
        assert HOSTILE[kind] in shown
    assert not set(shown) & set("\u202e\u202c\x07\x1b\x7f")
    assert await anna.page.locator(".now img, .now script").count() == 0
    anna.is_content()


async def test_a_hundred_thousand_characters_are_refused_kindly_and_stay_in_the_field(anna: Visitor) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="description")
    much = "Lake villages " * 7_200
    await anna.field.fill(much)
    await anna.page.locator(".say .send").click()
    await expect(anna.page.get_by_role("alert")).to_contain_text("too much for one message")
    await expect(anna.field).to_have_value(much)
    anna.complaints = [said for said in anna.complaints if "413" not in said]
    anna.is_content()


@pytest.mark.feature("O2")
async def test_strange_posts_harm_neither_database(
    database_url: str, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """NUL, which PostgreSQL takes in no text, at every place where something can be said; then all goes on."""
    async with Service(tmp_path_factory.mktemp("service"), database_url=database_url) as service:
        async with visiting(chromium, service.url) as anna:
            await anna.begins()
            for form in (
                {"text": "\x00"},
                {"text": "yes\x00", "update": "\x00" * 20},
                {"choice": "\x00", "place": "\x00"},
                {"command": "st\x00art"},
                {"text": "/contact"},
                {"text": "hello\x00 there"},
                {"text": "/\x00", "place": "💥" * 50},
                {"nothing": ""},
                {},
            ):
                status, body = await anna.posts(**form)
                assert status == 200, f"{form}: {body}"
            await anna.commands("continue")
            await anna.page.reload()
            await anna.shown()
        assert "Traceback" not in service.log, service.log


async def test_the_policy_is_strict_and_nothing_is_asked_of_others(anna: Visitor) -> None:
    answer = await anna.page.goto(anna.url)
    assert answer is not None
    headers = await answer.all_headers()
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    await anna.begins()
    anna.is_content()


async def test_a_form_on_another_site_changes_nothing(anna: Visitor) -> None:
    await anna.begins()
    before = await anna.question()
    stranger = await anna.context.new_page()
    await stranger.goto(f"data:text/html,<form method=post action='{anna.url}/chat'><input name=text value=yes></form>")
    await stranger.evaluate("document.forms[0].submit()")
    await stranger.wait_for_url(f"{anna.url}/chat")
    await expect(stranger.locator("h1")).to_contain_text("another website")
    await anna.page.reload()
    assert await anna.question() == before


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_forged_origin_is_refused(service: Service, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{service.url}/chat", data={"command": "start"}, headers=headers)
        assert answer.status == 403
        assert "another website" in await answer.text()


async def test_a_cookie_that_we_never_gave_is_replaced(service: Service) -> None:
    """Who plants a cookie in somebody's browser must not share their conversation."""
    planted = "A" * 43
    async with aiohttp.ClientSession(cookies={"stocktaking": planted}) as session:
        answer = await session.post(f"{service.url}/chat", data={"command": "start"}, allow_redirects=False)
        given = answer.cookies["stocktaking"]
        assert given.value != planted
        assert given["httponly"] and given["samesite"] == "Lax"
    async with aiohttp.ClientSession(cookies={"stocktaking": given.value}) as session:
        answer = await session.get(f"{service.url}/chat")
        assert "stocktaking" not in answer.cookies


@pytest.mark.parametrize(
    "method, path, status, said",
    [
        ("DELETE", "/chat", 405, "cannot be used in that way"),
        ("GET", "/chat/file", 405, "cannot be used in that way"),
        ("GET", "/wp-admin", 404, "no such page"),
        ("GET", "/static/0/../../settings.py", 404, "no such page"),
        ("GET", "/static/0/..%2froutes.py", 404, "no such page"),
        ("POST", "/chat/file", 415, "could not read"),
    ],
)
async def test_what_cannot_be_done_is_said_in_the_readers_language(
    service: Service, method: str, path: str, status: int, said: str
) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await session.request(method, service.url + path, headers={"Accept-Language": "en"})
        page = unescape(await answer.text())
        assert (answer.status, said in page) == (status, True), page
        french = await session.request(method, service.url + path, headers={"Accept-Language": "fr"})
        assert 'lang="fr"' in await french.text()
        assert "default-src 'none'" in french.headers["Content-Security-Policy"]
