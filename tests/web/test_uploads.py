"""Uploads are bounded in number, size and place; a broken one leaves nothing, and is answered in words."""

from __future__ import annotations

import asyncio
import gzip
import os
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.file_store import delete_broken_off
from tests.contract.browser import Browser
from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import serving

pytestmark = pytest.mark.feature("S6")

PDF = b"%PDF-1.7 " + b"report " * 1000


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with serving(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
async def anna(service: Service) -> AsyncIterator[Browser]:
    """Somebody at a question that takes files."""
    async with Browser(service.url) as browser:
        await reach_documents(browser)
        yield browser


async def reach_documents(anna: Browser) -> None:
    await anna.types("/start")
    await anna.taps("en")
    await anna.taps(".new")
    while (question := anna.page.screen.removeprefix("filling/")) != "documents":
        await anna.types(ANSWERS[question])


def kept(service: Service) -> set[str]:
    """The names of people's files; what begins with a dot is the process's own."""
    return {name for name in os.listdir(service.environment["STOCKTAKING_FILES"]) if not name.startswith(".")}


def form(anna: Browser, *files: bytes) -> aiohttp.FormData:
    made = aiohttp.FormData({"update": secrets.token_hex(12), "place": anna.page.place})
    for content in files:
        made.add_field("file", content, filename="report.pdf", content_type="application/pdf")
    return made


def raw(parts: bytes, boundary: str = "b", **headers: str) -> dict[str, object]:
    """A body as it is, with the head that a browser would give it."""
    return {"data": parts, "headers": {"Content-Type": f"multipart/form-data; boundary={boundary}", **headers}}


def part(disposition: str, content: bytes = PDF, more: str = "") -> bytes:
    head = f"--b\r\nContent-Disposition: form-data; {disposition}\r\n{more}\r\n"
    return head.encode() + content + b"\r\n--b--\r\n"


FILE = 'name="file"; filename="report.pdf"'


@pytest.mark.feature("S14")
async def test_of_a_form_with_many_files_none_is_kept(anna: Browser, service: Service) -> None:
    before = kept(service)
    answer = await anna.client.post("/chat/file", data=form(anna, *[PDF] * 30))
    assert answer.status == 400 and "could not read" in await answer.text()
    assert kept(service) == before
    await anna.sends("report.pdf", PDF, "application/pdf")
    (id,) = kept(service) - before
    path = Path(service.environment["STOCKTAKING_FILES"]) / id
    assert path.read_bytes() == PDF and path.stat().st_mode & 0o077 == 0, "and one is kept, for its owner alone"


@pytest.mark.parametrize(
    "how, status",
    [
        (raw(gzip.compress(part(FILE, b"0" * 1_000_000)), **{"Content-Encoding": "gzip"}), 415),
        (raw(part(FILE, more="Content-Encoding: gzip\r\n", content=gzip.compress(b"0" * 1_000_000))), 400),
        (raw(part(FILE), boundary="x" * 71), 400),
        (raw(part(FILE), boundary=""), 400),
        ({"data": part(FILE), "headers": {"Content-Type": "multipart/form-data"}}, 400),
        (raw(part('name="file"; filename="a\x01b.pdf"')), None),
        (raw(part(FILE)[:200]), 400),
        (raw(b"no form at all"), 400),
        (raw(b""), 400),
        (raw(part('name="text"', b"\xff\xfe\xfa")), 400),
        (raw(part('name="text"', b"long " * 1000)), 400),
        (raw(part(FILE, more="Content-Type: multipart/mixed; boundary=c\r\n", content=b"--c\r\n\r\n\r\n--c--")), 400),
        (raw(part(FILE, more="Content-Transfer-Encoding: nonsense\r\n")), 400),
        ({"data": b"update=1", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 415),
    ],
    ids=lambda value: None,
)
async def test_a_malformed_upload_is_answered_in_words_and_leaves_nothing(
    anna: Browser, service: Service, how: dict[str, object], status: int | None
) -> None:
    before = kept(service)
    answer = await anna.client.post("/chat/file", **how)  # type: ignore[arg-type]
    said = await answer.text()
    if status is None:
        assert answer.status < 500 and len(kept(service) - before) <= 1
        return
    assert answer.status == status and "could not read" in said
    assert kept(service) == before


async def test_a_form_of_text_that_is_none_is_answered_in_words(service: Service) -> None:
    async with aiohttp.ClientSession(service.url) as client:
        for how in (
            raw(part('name="text"', b"yes")),
            {"data": b"text=%ff%fe", "headers": {"Content-Type": "application/x-www-form-urlencoded; charset=nope"}},
            {"data": b"text=\xff", "headers": {"Content-Type": "application/x-www-form-urlencoded; charset=ascii"}},
            {"data": gzip.compress(b"text=" + b"a" * 500_000), "headers": {"Content-Encoding": "gzip"}},
        ):
            answer = await client.post("/chat", **how)
            assert 400 <= answer.status < 500, await answer.text()


async def test_a_file_that_nobody_asked_for_is_not_kept(service: Service) -> None:
    before = kept(service)
    async with Browser(service.url) as anna:
        answer = await anna.client.post("/chat/file", data=form(anna, PDF))
        assert answer.status == 200, "a stranger is led to the greeting"
        await anna.types("/start")
        await anna.taps("en")
        await anna.taps(".new")
        page = await anna.sends("report.pdf", PDF, "application/pdf")
        assert any("No file is needed" in line for line in page.lines)
    assert kept(service) == before


async def test_an_upload_that_breaks_off_leaves_nothing(anna: Browser, service: Service) -> None:
    before = kept(service)
    cookie = next(cookie.value for cookie in anna.client.cookie_jar)
    body = part(FILE, b"x" * 2_000_000)
    head = (
        f"POST /chat/file HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\nCookie: stocktaking={cookie}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write(head.encode() + body[:1_000_000])
    await writer.drain()
    for _ in range(100):
        if kept(service) != before:
            break
        await asyncio.sleep(0.05)
    assert {name.rpartition(".")[2] for name in kept(service) - before} == {"part"}
    writer.close()
    for _ in range(100):
        if kept(service) == before:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the half file is still there")


async def test_a_nearly_full_disk_takes_no_files_and_says_so(tmp_path: Path) -> None:
    async with Service(tmp_path, files_floor=str(10**18)) as service, Browser(service.url) as anna:
        await reach_documents(anna)
        page = await anna.sends("report.pdf", PDF, "application/pdf")
        assert any("cannot take files just now" in line for line in page.lines)
        assert page.screen == "filling/documents" and not kept(service)
        await anna.taps(".skip")
        assert anna.page.screen != "filling/documents", "without the file one goes on"


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    coming, old, whole = (tmp_path / name for name in ("a.part", "b.part", "c"))
    for path in (coming, old, whole):
        path.write_bytes(PDF)
    for path in (old, whole):
        os.utime(path, (time.time() - 4000, time.time() - 4000))
    delete_broken_off(tmp_path)
    assert set(tmp_path.iterdir()) == {coming, whole}
