"""So much and no more, by session and by address; who is held up is told so, and loses nothing that they wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator
from ipaddress import ip_network
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request
from playwright.async_api import Browser, expect

from bot.channels.web.access.limits import Buckets, Busy
from bot.channels.web.access.origin import origin_of
from bot.settings import Rate
from tests.service import Service
from tests.web.browsing import Visitor, visiting
from tests.web.plain import plain

TIGHT = {
    "trusted_proxies": "127.0.0.1",
    "web_posts_per_session": "6/0.01",
    "web_people_per_address": "3/0.01",
    "web_requests_per_address": "60/0.01",
}


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with Service(tmp_path_factory.mktemp("service"), **TIGHT) as running:
        yield running


def at(address: str, language: str = "en") -> dict[str, Any]:
    """Somebody at an address of their own, as the proxy says."""
    return {"headers": {"X-Forwarded-For": address, "Accept-Language": language}}


@pytest.mark.feature("S9")
@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
async def test_who_sends_too_much_is_told_so_and_keeps_what_they_wrote(service: Service, language: str) -> None:
    address = f"203.0.113.{['ar', 'en', 'es', 'fr', 'ru', 'zh'].index(language)}"
    async with plain(service.url, **at(address, language)) as anna:
        await anna.asks("GET", "/chat")
        await anna.posts(choice=".new")
        for _ in range(6):
            await anna.posts(text="what?")
        assert await anna.posts(text="my <answer> & more", update="a-form-of-my-own") == 429
        assert 1 <= int(anna.headers["Retry-After"]) <= 100
        assert f'lang="{language}"' in anna.page
        assert "my <answer> & more</textarea>" in anna.page, "it stands there to be sent again"
        assert 'name="update" value="a-form-of-my-own"' in anna.page, "under its own id: it counts once"
        assert anna.place == "" and 'name="place"' in anna.page
    async with plain(service.url, **at(f"{address}0")) as ben:
        assert await ben.posts(command="start") == 200, "others do not wait"


@pytest.mark.feature("S9")
async def test_an_address_brings_so_many_new_people_and_asks_so_often(service: Service) -> None:
    async def arrives(address: str) -> int:
        async with plain(service.url, **at(address)) as somebody:
            return await somebody.posts(command="start")

    assert [await arrives("198.51.100.1") for _ in range(4)] == [200, 200, 200, 429]
    assert [await arrives(f"2001:db8::{number}") for number in range(4)] == [200, 200, 200, 429], "one network"
    assert await arrives("198.51.100.2") == 200
    assert await arrives("198.51.100.1, 127.0.0.1") == 429, "our own proxy is nobody"
    async with plain(service.url, **at("198.51.100.3")) as crawler:
        assert [await crawler.asks("GET", "/") for _ in range(61)][-1] == 429
        assert await crawler.asks("GET", "/health") == 200


@pytest.mark.browser
@pytest.mark.feature("S9")
async def test_in_a_browser_the_text_stays_in_the_field(chromium: Browser, service: Service) -> None:
    """With scripts on the same page; without them on one that sends it again."""
    async with visiting(chromium, service.url, extra_http_headers={"X-Forwarded-For": "192.0.2.1"}) as anna:
        await floods(anna)
        await anna.field.fill("Amina")
        await anna.page.locator(".say .send").click()
        await expect(anna.page.get_by_role("alert")).to_contain_text("a lot in a short time")
        await expect(anna.field).to_have_value("Amina")
    how = {"extra_http_headers": {"X-Forwarded-For": "192.0.2.2"}, "java_script_enabled": False}
    async with visiting(chromium, service.url, **how) as ben:
        await floods(ben)
        await ben.page.locator("#text").fill("Ben")
        await ben.page.locator(".say .send").click()
        await expect(ben.page.locator(".unsent textarea")).to_have_value("Ben")


async def floods(visitor: Visitor) -> None:
    """Do all that may be done at once."""
    await visitor.begins()
    while (await visitor.posts(text="what?"))[0] != 429:
        pass
    await visitor.opens("/chat")


@pytest.mark.feature("S9")
async def test_letters_and_drafts_are_so_many_a_person(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with Service(tmp_path_factory.mktemp("service")) as service, plain(service.url) as anna:
        await anna.asks("GET", "/chat")
        for _ in range(21):
            await anna.posts(command="contact")
            await anna.posts(text="Where is the form of last year?")
        assert "written a lot today" in anna.page
        for _ in range(51):
            await anna.posts(command="new")
        assert anna.screen == "drafts" and "as many drafts as can be kept" in anna.page


def test_a_bucket_fills_up_again_and_says_how_long_that_takes() -> None:
    moment = [0.0]
    buckets = Buckets(Rate(2, 0.5), clock=lambda: moment[0])
    buckets.take("a")
    buckets.take("a")
    buckets.take("b")
    with pytest.raises(Busy) as refused:
        buckets.take("a")
    assert refused.value.seconds == 2 and refused.value.headers["Retry-After"] == "2"
    moment[0] = 2.0
    buckets.take("a")
    with pytest.raises(Busy):
        buckets.take("a")


@pytest.mark.feature("S9")
@pytest.mark.parametrize(
    "peer, headers, address",
    [
        ("203.0.113.7", {"X-Forwarded-For": "1.2.3.4"}, "203.0.113.7"),
        ("10.0.0.1", {"X-Forwarded-For": "1.2.3.4, 5.6.7.8"}, "5.6.7.8"),
        ("10.0.0.1", {"X-Forwarded-For": "1.2.3.4, 10.0.0.2"}, "1.2.3.4"),
        ("10.0.0.1", {"Forwarded": 'for="[2001:db8:1:2:3::4]:999";proto=https'}, "2001:db8:1:2::/64"),
        ("10.0.0.1", {"Forwarded": "for=9.9.9.9", "X-Forwarded-For": "1.2.3.4"}, "10.0.0.1"),
        ("10.0.0.1", {"X-Forwarded-For": "nonsense"}, "10.0.0.1"),
        ("10.0.0.1", {}, "10.0.0.1"),
    ],
)
def test_the_sender_is_who_the_trusted_proxy_says(peer: str, headers: dict[str, str], address: str) -> None:
    request = make_mocked_request("GET", "/", headers={"Host": "here", **headers}).clone(remote=peer)
    assert origin_of(request, [ip_network("10.0.0.0/8")]).address == address
