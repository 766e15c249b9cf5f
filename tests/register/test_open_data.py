"""Open data: an outside judge finds the interface as its document says, and a mirror misses nothing."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from dialogs.domain.entries.entry import EntryState
from tests.register.conftest import Site


@pytest.mark.feature("P2")
async def test_a_refusal_is_a_problem_document_that_names_what_is_wrong(site: Site) -> None:
    for address, status, named in (
        ("/api/v1/entries?colour=red", 400, "colour"),
        ("/api/v1/entries?line=C99", 400, "line=C99"),
        ("/api/v1/entries?limit=1000", 400, "limit"),
        ("/api/v1/entries?q=a&q=b", 400, "q: given twice"),
        ("/api/v1/entries/WSIS-2027-999999", 404, "reference"),
        ("/api/v1/nothing", 404, ""),
    ):
        code, text, headers = await site.get(address)
        problem = json.loads(text)
        assert (code, problem["status"]) == (status, status), address
        assert headers["Content-Type"].startswith("application/problem+json")
        assert named in problem.get("detail", ""), address
    async with site.client.post(f"{site.service.url}/api/v1/entries") as answer:
        assert answer.status == 405 and "GET" in answer.headers["Allow"]


@pytest.mark.feature("P3", "X4")
async def test_a_program_reads_everything_page_by_page(site: Site) -> None:
    seen, cursor = list[str](), ""
    while True:
        _, text, headers = await site.get(f"/api/v1/entries?limit=7{cursor and f'&cursor={cursor}'}")
        page = json.loads(text)
        seen += [entry["reference"] for entry in page["entries"]]
        assert headers["Access-Control-Allow-Origin"] == "*"
        if page["next"] is None:
            break
        assert 'rel="next"' in headers["Link"]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == page["total"] == 38
    _, _, headers = await site.get("/api/v1/entries")
    assert (await site.get("/api/v1/entries", **{"If-None-Match": headers["ETag"]}))[0] == 304


@pytest.mark.feature("P4")
async def test_facets_have_exact_counts_and_labels_in_the_language_asked_for(site: Site) -> None:
    _, text, _ = await site.get("/api/v1/facets?labels=fr&line=C7")
    facets = {facet["facet"]: facet for facet in json.loads(text)["facets"]}
    assert facets["country"]["label"] == "Pays"
    kenya = next(value for value in facets["country"]["values"] if value["value"] == "KE")
    assert kenya["count"] >= 1 and kenya["label"] == "Kenya"
    _, listed, _ = await site.get("/api/v1/entries?line=C7&country=KE")
    assert json.loads(listed)["total"] == kenya["count"]


@pytest.mark.feature("P6")
async def test_a_mirror_that_asks_for_changes_has_what_is_public_now(site: Site) -> None:
    mirror, cursor = dict[str, dict[str, object]](), "0.0"

    async def follow() -> None:
        nonlocal cursor
        while True:
            page = json.loads((await site.get(f"/api/v1/changes?cursor={cursor}&limit=10"))[1])
            for change in page["changes"]:
                mirror.pop(change["reference"], None)
                if not change["deleted"]:
                    mirror[change["reference"]] = change["entry"]
            cursor = page["cursor"]
            if not page["more"]:
                return

    await follow()
    assert len(mirror) == 38
    await site.becomes(12, EntryState.WITHDRAWN)
    await site.becomes(61, EntryState.PUBLISHED)
    await follow()
    assert "WSIS-2027-000012" not in mirror and "WSIS-2027-000061" in mirror
    await site.becomes(12, EntryState.PUBLISHED)
    await site.becomes(61, EntryState.RECEIVED)
    await follow()
    assert len(mirror) == 38 and "WSIS-2027-000061" not in mirror
    assert (await site.get("/api/v1/entries/WSIS-2027-000061"))[0] == 410


@pytest.mark.feature("P5", "X4")
async def test_the_whole_register_is_a_package_that_an_outside_judge_accepts(site: Site, tmp_path: Path) -> None:
    from frictionless import Package

    async with site.client.get(f"{site.service.url}/api/v1/package/stocktaking.zip") as answer:
        zipfile.ZipFile(io.BytesIO(await answer.read())).extractall(tmp_path)
    report = await asyncio.to_thread(Package(str(tmp_path / "datapackage.json")).validate)
    assert report.valid, report.flatten(["message"])
    rows = list(csv.reader(io.StringIO((tmp_path / "entries.csv").read_text("utf-8"))))
    assert len(rows) == 39
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert package["licenses"][0]["path"].startswith("https://creativecommons.org/")


@pytest.mark.feature("P1", "X4")
async def test_an_outside_judge_finds_no_answer_that_the_document_does_not_describe(site: Site, tmp_path: Path) -> None:
    address = f"{site.service.url}/api/v1/openapi.json"
    judge = await asyncio.create_subprocess_exec(
        *(str(Path(sys.executable).parent / "schemathesis"), "run", address, "--max-examples", "8", "--seed", "1"),
        *("--phases", "coverage,fuzzing", "--no-color"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await judge.communicate()
    assert judge.returncode == 0, said.decode()[-4000:]


@pytest.mark.feature("P3")
async def test_too_many_requests_are_told_when_to_come_back(tmp_path: Path) -> None:
    import aiohttp

    from tests.service import Service

    async with Service(tmp_path, api_requests_per_address="5/0.01") as service, aiohttp.ClientSession() as client:
        statuses = []
        for _ in range(7):
            async with client.get(f"{service.url}/api/v1/matrix") as answer:
                statuses.append(answer.status)
        assert statuses == [200] * 5 + [429] * 2
        assert int(answer.headers["Retry-After"]) > 10
        assert answer.headers["Content-Type"].startswith("application/problem+json")
