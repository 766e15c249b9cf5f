"""Files as answers: sent with the browser, shown in the check, kept as they were, exported beside the entries."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, expect

from tests.samples import ANSWERS
from tests.service import Service
from tests.web.browsing import Visitor, serving

pytestmark = pytest.mark.browser


def kept(service: Service) -> list[str]:
    """The names of people's files; what begins with a dot is the process's own."""
    return [name for name in os.listdir(service.environment["STOCKTAKING_FILES"]) if not name.startswith(".")]


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """One for each test: no file of another test is there."""
    async with serving(tmp_path) as running:
        yield running


PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 4_000


async def sends(anna: Visitor, name: str, kind: str, content: bytes) -> None:
    await anna.page.set_input_files("#file", FilePayload(name=name, mimeType=kind, buffer=content))
    await anna.after(anna.page.locator(".file button").click)


@pytest.mark.feature("Q11")
async def test_files_are_kept_as_they_were_and_exported_beside_the_entry(
    anna: Visitor, service: Service, tmp_path: Path
) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="documents")
    await sends(anna, "../../Lake villages à 王.jpg", "image/jpeg", PHOTO)
    await anna.sees("Lake villages à 王.jpg")
    await sends(anna, "report.pdf", "application/pdf", b"%PDF-1.7 report")
    await anna.taps(".done")
    await anna.answers(ANSWERS)
    await anna.sees("Lake villages à 王.jpg", "report.pdf")
    await anna.taps(".send")
    folder = tmp_path / "originals"
    code, out, errors = await service.command("entries", "export", "--originals", "--files", str(folder))
    assert code == 0, errors
    photo, report = json.loads(out)[0]["files"]
    assert (photo["name"], photo["kind"]) == ("Lake villages à 王.jpg", "image/jpeg")
    assert photo["path"].startswith("WSIS-")
    assert await asyncio.to_thread((folder / photo["path"]).read_bytes) == PHOTO
    assert await asyncio.to_thread((folder / report["path"]).read_bytes) == b"%PDF-1.7 report"
    passed_on = tmp_path / "passed-on"
    code, out, errors = await service.command("entries", "export", "--files", str(passed_on))
    assert code == 0 and "cannot be taken out of them: 1" in errors and "--originals" in errors
    photo, report = json.loads(out)[0]["files"]
    assert photo["path"] is None, "a picture whose place and time cannot be taken out is not passed on"
    assert await asyncio.to_thread((passed_on / report["path"]).read_bytes) == b"%PDF-1.7 report"
    anna.is_content()


@pytest.mark.feature("Q11")
async def test_a_file_that_cannot_be_taken_is_refused_clearly_and_not_kept(
    anna: Visitor, service: Service, tmp_path: Path
) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="documents")

    async def chooses(name: str, size: int) -> None:
        path = tmp_path / name
        await asyncio.to_thread(path.write_bytes, b"x" * size)
        await anna.page.set_input_files("#file", path)

    for name, size in (("program.exe", 100), ("empty.pdf", 0)):
        await chooses(name, size)
        await anna.after(anna.page.locator(".file button").click)
        await anna.sees(name)
        assert await anna.page.locator(".now .error").count() == 1
    for size in (21_000_000, 30_000_000):  # refused before it travels
        await chooses("film.pdf", size)
        await anna.page.locator(".file button").click()
        await expect(anna.page.locator("[data-problem]")).to_contain_text("larger than 20 MB")
    assert await anna.question() == "documents"
    assert kept(service) == []


@pytest.mark.feature("H5")
async def test_who_is_forgotten_takes_their_files_along(anna: Visitor, service: Service) -> None:
    await anna.begins()
    await anna.answers(ANSWERS, until="documents")
    await sends(anna, "report.pdf", "application/pdf", b"%PDF-1.7 report")
    assert len(kept(service)) == 1
    await anna.commands("forget")
    await anna.taps(next(code for code in await anna.choices() if not code.startswith(".")))
    await service.stop()
    await service.start()
    for _ in range(150):
        if not kept(service):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the file is still there")
