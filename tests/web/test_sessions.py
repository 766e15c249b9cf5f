"""A session in a browser: none before somebody does something, renewed by use, replaced with new rights, ended."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.service import Service
from tests.web.plain import Plain, plain


@pytest.fixture
async def anna(service: Service) -> AsyncIterator[Plain]:
    """Somebody with a draft that is just begun."""
    async with plain(service.url) as browser:
        await browser.asks("GET", "/chat")
        await browser.posts(choice=".new")
        assert browser.screen == "agree"
        yield browser


def asked(service: Service, query: str, *values: object) -> list[tuple[object, ...]]:
    """Ask the service's database, or change it."""
    place = service.environment["STOCKTAKING_DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(place, timeout=20)) as store, store:
        return store.execute(query, values).fetchall()


async def is_a_strangers(service: Service, cookie: str) -> bool:
    """Whether a cookie is good for nothing."""
    async with plain(service.url, cookie) as browser:
        await browser.asks("GET", "/chat")
        return browser.screen == "home" and 'data-owner=""' in browser.page


@pytest.mark.feature("S9")
async def test_a_look_keeps_nothing_and_sets_no_cookie(service: Service) -> None:
    tables = ("people", "accounts", "transcripts", "web_sessions", "handled_updates")
    before = [asked(service, f"select count(*) from {table}") for table in tables]
    async with plain(service.url) as crawler:
        for method in ("GET", "HEAD"):
            for path in ("/", "/chat", "/?start=join-1234567890", "/?back=0000-0000-0000-0000", "/nowhere"):
                await crawler.asks(method, path)
                assert crawler.status < 500 and not crawler.set_cookies, path
        assert await crawler.asks("GET", "/chat/stream") == 204, "a stranger is told nothing"
    assert [asked(service, f"select count(*) from {table}") for table in tables] == before


@pytest.mark.feature("S11")
async def test_leaving_ends_the_session_and_a_code_opens_it_again_once(anna: Plain, service: Service) -> None:
    cookie = anna.cookie
    await anna.posts(text="/leave")
    code = re.search('id="code"[^>]*>([^<]+)<', anna.page)
    assert code and f"{service.url}/?back={code[1]}" in anna.page
    assert not await is_a_strangers(service, cookie), "nothing has ended yet"
    await anna.posts("/leave")
    assert anna.headers["Clear-Site-Data"] == '"storage"'
    assert not anna.cookie and await is_a_strangers(service, cookie)
    await anna.posts("/leave")
    assert anna.status == 200, "an answer that was lost on its way is given again"
    async with plain(service.url) as elsewhere:
        await elsewhere.asks("GET", f"/?back={code[1]}")
        assert f'name="back" value="{code[1]}"' in elsewhere.page, "a button follows it, not the look"
        await elsewhere.posts("/return", back=code[1].replace("-", " ").lower())
        assert elsewhere.screen == "agree" and elsewhere.cookie not in ("", cookie)
    async with plain(service.url) as thief:
        assert await thief.posts("/return", back=code[1]) == 410
        assert "not known here" in thief.page


@pytest.mark.feature("S11")
async def test_a_lost_answer_locks_nobody_out_and_nobody_loses_another_conversation(
    anna: Plain, service: Service
) -> None:
    await anna.posts(command="leave")
    code = re.search('id="code"[^>]*>([^<]+)<', anna.page)
    assert code
    await anna.posts("/leave")
    async with plain(service.url) as lost:
        await lost.asks("POST", "/return", data={"back": code[1]}, allow_redirects=False)
        never_used = lost.cookie
    async with plain(service.url) as again:
        await again.posts("/return", back=code[1])
        assert again.screen == "agree"
        assert await is_a_strangers(service, never_used)
        await again.posts(command="leave")
        code = re.search('id="code"[^>]*>([^<]+)<', again.page)
        assert code
    async with plain(service.url) as ben:
        await ben.asks("GET", "/chat")
        await ben.posts(text="/contact")
        await ben.posts("/return", back=code[1])
        assert ben.screen == "contact", "who is in a conversation stays in it"


@pytest.mark.feature("S12")
async def test_a_session_is_renewed_by_its_use_and_over_after_a_year_without(anna: Plain, service: Service) -> None:
    cookie = anna.cookie
    await anna.asks("GET", "/chat")
    assert not anna.set_cookies, "a fresh one needs no renewal"
    renewed = "update web_sessions set renewed = datetime(renewed, ?)"
    asked(service, renewed, "-8 days")
    await anna.asks("GET", "/chat")
    assert f"stocktaking={cookie}" in anna.set_cookies[0] and "Max-Age=31536000" in anna.set_cookies[0]
    assert "HttpOnly" in anna.set_cookies[0] and "SameSite=Lax" in anna.set_cookies[0]
    await anna.asks("GET", "/chat")
    assert not anna.set_cookies and anna.screen == "agree"
    asked(service, renewed, "-366 days")
    assert await is_a_strangers(service, cookie)


@pytest.mark.feature("S12")
async def test_new_rights_come_with_a_new_cookie_and_the_old_one_ends(anna: Plain, service: Service) -> None:
    before = anna.cookie
    code, line, errors = await service.command("organizers", "invite", "organizer")
    assert code == 0, errors
    invitation = re.search(r"org-[\w-]+", line)
    assert invitation
    await anna.asks("POST", "/chat", data={"command": "start", "argument": invitation[0]}, allow_redirects=False)
    after = anna.cookie
    assert after not in ("", before)
    async with plain(service.url, before) as lost:
        await lost.asks("GET", "/chat")
        assert "organizers" in lost.page, "had the answer been lost, the old cookie would still do"
        newest = lost.cookie
    assert newest not in (before, after)
    async with plain(service.url, newest) as kept:
        await kept.asks("GET", "/chat")
        assert "organizers" in kept.page
    assert await is_a_strangers(service, before) and await is_a_strangers(service, after)
    asked(service, "update web_sessions set renewed = datetime(renewed, '-31 days')")
    assert await is_a_strangers(service, newest), "with more rights it is over sooner"


@pytest.mark.feature("S12")
async def test_behind_a_public_address_the_cookie_is_secure_and_only_that_host_is_answered(tmp_path: Path) -> None:
    host = {"Host": "stocktaking.example.org"}
    public = {"public_url": "https://stocktaking.example.org", "trusted_proxies": "127.0.0.1/32"}
    async with Service(tmp_path, **public) as service, plain(service.url) as anna:
        assert await anna.asks("GET", "/chat") == 400, "another host"
        for probe in ("/health", "/ready"):
            assert await anna.asks("GET", probe) == 200, "whoever watches the process knows no name"
        for named in (host, {"Host": "upstream:8080", "X-Forwarded-Host": "stocktaking.example.org"}):
            assert await anna.asks("GET", "/chat", headers=named) == 200
        assert anna.headers["Strict-Transport-Security"].startswith("max-age=")
        assert await anna.posts(headers={**host, "Origin": "https://evil.example"}, choice=".new") == 403
        await anna.asks("GET", "/chat", headers=host)
        origin = {**host, "Origin": "https://stocktaking.example.org"}
        form = {"place": anna.place, "choice": ".new"}
        assert await anna.asks("POST", "/chat", data=form, headers=origin, allow_redirects=False) == 303
        (cookie,) = anna.set_cookies
        assert cookie.startswith("__Host-stocktaking=") and "Secure" in cookie and "Path=/" in cookie
        assert "Domain" not in cookie
        secret = cookie.partition("=")[2].partition(";")[0]
        await anna.asks("GET", "/chat", headers={**host, "Cookie": f"__Host-stocktaking={secret}"})
        assert anna.screen == "agree"
        await anna.asks("GET", "/chat", headers={**host, "Cookie": f"stocktaking={secret}"})
        assert anna.screen == "agree", "a cookie from before there was a public address"
        assert anna.set_cookies[0].startswith("__Host-stocktaking=") and secret not in anna.set_cookies[0]


@pytest.mark.feature("S12")
async def test_what_a_proxy_says_counts_only_when_it_is_trusted(service: Service, tmp_path: Path) -> None:
    said = [{"X-Forwarded-Proto": "https"}, {"X-Forwarded-Proto": "HTTPS,http"}, {"Forwarded": "proto=https"}]
    async with Service(tmp_path, trusted_proxies="127.0.0.1") as trusting:
        for headers in said:
            async with plain(trusting.url) as anna:
                await anna.asks("POST", "/chat", data={"command": "start"}, headers=headers, allow_redirects=False)
                assert "Secure" in anna.set_cookies[0], headers
    for headers in [*said, {"X-Forwarded-Host": "evil.example", "Origin": "https://evil.example"}]:
        async with plain(service.url) as anna:
            await anna.asks("POST", "/chat", data={"command": "start"}, headers=headers, allow_redirects=False)
            assert "Secure" not in " ".join(anna.set_cookies)
            assert anna.status == (403 if "Origin" in headers else 303)
