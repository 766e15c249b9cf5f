"""The register on pages: found, counted, cited, taken away, followed by feed; in six languages, and without scripts."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import openpyxl
import pytest

from dialogs.domain.entries.entry import EntryState
from tests.register.conftest import SECRET, Site

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
KINDS = ("", "/WSIS-2027-000001", "/matrix", "/goal/4", "/line/C7", "/by/country", "/data", "/embed?goal=4")
"""Of each kind of page one."""
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HEAVIEST = 30_000
"""Bytes of a page, not compressed."""


@pytest.mark.feature("X1", "G5", "G6")
async def test_a_search_says_what_it_shows_and_each_part_of_it_can_be_taken_back(site: Site) -> None:
    status, page, _ = await site.get("/register/en?q=radio&line=C9,C2")
    assert status == 200
    assert "30 entries" in page
    assert "Words: radio" in page and "Action Line: C9 Media" in page
    assert 'href="/register/en?line=C2,C9"' in page, "without the words"
    assert 'href="/register/en?q=radio&amp;line=C2"' in page, "without one of the values"
    assert 'href="/register/en?q=radio&amp;line=C2,C9&amp;page=2"' in page
    assert "<title>Words: radio" in page
    for unknown in ("/register/en?line=C99", "/register/en?colour=red", "/register/xx", "/register/en?page=0"):
        assert (await site.get(unknown))[0] == 404, unknown


@pytest.mark.feature("G17", "I1")
async def test_every_kind_of_page_is_light_and_has_no_scripts_in_six_languages(site: Site) -> None:
    for language in LANGUAGES:
        for kind in KINDS:
            status, page, headers = await site.get(f"/register/{language}{kind}")
            assert status == 200, (language, kind)
            assert len(page.encode()) < HEAVIEST, (language, kind, len(page))
            assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
            assert re.findall(r"<script(?! type=\"application/ld\+json\")", page) == []
            assert "script-src" not in headers["Content-Security-Policy"]
            assert "default-src 'none'" in headers["Content-Security-Policy"]
            assert not re.search(r"\[[a-z]+\.[a-z_]+\]", page), "a text that is missing"


@pytest.mark.feature("G18")
async def test_an_entrys_words_keep_their_language_and_direction(site: Site) -> None:
    _, page, _ = await site.get("/register/en/WSIS-2027-000004")
    assert '<bdi lang="ar">مدارس رقمية للفتيات في القرى</bdi>' in page
    assert "in its author&#39;s own words. Language: Arabic" in page
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert data["@type"] == "Project" and data["identifier"] == "WSIS-2027-000004"


@pytest.mark.feature("G5")
async def test_a_year_alone_is_a_date_on_a_page_as_well(site: Site) -> None:
    for language in LANGUAGES:
        status, page, _ = await site.get(f"/register/{language}/WSIS-2027-000002")
        assert status == 200 and "2016" in page and "2019" in page, language


@pytest.mark.feature("G1", "X1", "N22")
async def test_what_its_author_did_not_allow_is_on_no_page_and_in_no_file(site: Site) -> None:
    addresses = [f"/register/{language}{kind}" for language in ("en", "ar") for kind in KINDS]
    addresses += [f"/register/en/WSIS-2027-0000{number}" for number in (60, 61, 62, 63, 64, 65)]
    addresses += ["/register/en/feed.atom", "/register/sitemap-1.xml"]
    addresses += [f"/register/en/entries.{form}" for form in ("csv", "json")]
    addresses += ["/register/en/WSIS-2027-000064.ris", "/register/en/WSIS-2027-000060.bib"]
    addresses += ["/api/v1/entries?limit=100", f"/api/v1/matrix?q={SECRET}", "/api/v1/changes", "/api/v1/facets"]
    addresses += ["/api/v1/entries/WSIS-2027-000060", "/api/v1/package/entries.csv"]
    for address in addresses:
        status, page, _ = await site.get(address)
        assert SECRET.lower() not in page.lower(), address
        assert "Otieno" not in page and "lakenet.example<" not in page, address
        if "00006" in address:
            assert (status == 200) == ("64" in address or "65" in address), address
    assert "0 entries" in (await site.get(f"/register/en?q={SECRET}"))[1]
    assert "38 entries" in (await site.get("/register/en"))[1]


@pytest.mark.feature("G13")
async def test_what_is_withdrawn_is_gone_at_once_and_says_so(site: Site) -> None:
    address = "/register/en/WSIS-2027-000039"
    status, before, headers = await site.get(address)
    assert status == 200
    assert (await site.get(address, **{"If-None-Match": headers["ETag"]}))[0] == 304
    await site.becomes(39, EntryState.WITHDRAWN)
    status, after, gone = await site.get(address, **{"If-None-Match": headers["ETag"]})
    assert status == 410
    assert "Community radio" in before and "Community radio" not in after
    assert gone["Cache-Control"] == "no-store"
    assert "part 39" not in (await site.get("/register/en?line=C9"))[1]
    await site.becomes(39, EntryState.PUBLISHED)
    assert (await site.get(address))[0] == 200


@pytest.mark.feature("G7")
async def test_a_feed_has_the_filters_of_its_search(site: Site) -> None:
    status, text, headers = await site.get("/register/fr/feed.atom?goal=4")
    assert status == 200 and headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1, "RFC 4287, 4.1.1"
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 30
    for entry in entries:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.findtext(f"{ATOM}updated") or "")
        assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}author/{ATOM}name")
        assert "4" in {each.get("term", "").removeprefix("SDG ") for each in entry.findall(f"{ATOM}category")}
    own = next(link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert (own.get("href") or "").endswith("/register/fr/feed.atom?goal=4")


@pytest.mark.feature("G9")
async def test_a_result_is_taken_away_as_csv_xlsx_and_json(site: Site) -> None:
    _, text, _ = await site.get("/register/fr/entries.csv?goal=4")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert "Grandes orientations" in rows[0]
    _, data, _ = await site.get("/register/fr/entries.json?goal=4")
    async with site.client.get(site.service.url + "/register/ar/entries.xlsx?goal=4") as answer:
        sheet = openpyxl.load_workbook(io.BytesIO(await answer.read())).worksheets[0]
    assert len(rows) - 1 == len(json.loads(data)) == sheet.max_row - 1 > 30
    assert sheet.sheet_view.rightToLeft
    references = [row[0] for row in rows[1:]]
    assert references == [entry["reference"] for entry in json.loads(data)] == sorted(references, reverse=True)


@pytest.mark.feature("G10")
async def test_an_entry_is_cited_in_a_line_and_for_reference_managers(site: Site) -> None:
    _, page, _ = await site.get("/register/en/WSIS-2027-000001")
    assert "Lake Community Networks: Solar networks for lake villages. WSIS Stocktaking, WSIS-2027-000001" in page
    _, ris, _ = await site.get("/register/en/WSIS-2027-000001.ris")
    assert ris.startswith("TY  - DATA\r\n") and "TI  - Solar networks for lake villages" in ris and "ER  - " in ris
    _, bib, _ = await site.get("/register/en/WSIS-2027-000001.bib")
    assert bib.startswith("@misc{WSIS-2027-000001,")
    _, csl, _ = await site.get("/register/en/WSIS-2027-000001.json")
    assert json.loads(csl)[0]["author"] == [{"literal": "Lake Community Networks"}]


@pytest.mark.feature("G12", "G15", "G11")
async def test_an_entry_says_how_fresh_it_is_what_is_related_and_takes_a_report(site: Site) -> None:
    _, page, _ = await site.get("/register/en/WSIS-2027-000010")
    assert "●" in page and "received on 20 November 2026" in page
    assert "Related entries" in page and page.count("Community radio, part") > 4
    form = {"command": "contact", "argument": "WSIS-2027-000010"}
    async with site.client.post(f"{site.service.url}/chat?language=en", data=form) as answer:
        assert "WSIS-2027-000010" in await answer.text()


@pytest.mark.feature("G14")
async def test_the_matrix_is_a_table_whose_cells_lead_to_their_entries(site: Site) -> None:
    _, page, _ = await site.get("/register/en/matrix?country=KE")
    cells = re.findall(r'<td class="s\d"><a href="([^"]+)">(\d+)</a></td>', page)
    assert cells
    for address, number in cells[:5]:
        _, list_, _ = await site.get(address.replace("&amp;", "&"))
        assert f"{number} entr" in list_
        assert "Country: Kenya" in list_
    assert '<th scope="row">' in page and '<th scope="col">' in page


@pytest.mark.feature("G16")
async def test_only_the_list_for_other_sites_may_stand_in_their_frames(site: Site) -> None:
    assert "frame-ancestors *" in (await site.get("/register/en/embed"))[2]["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in (await site.get("/register/en"))[2]["Content-Security-Policy"]


@pytest.mark.feature("G6")
async def test_search_engines_find_every_entry_in_every_language(site: Site) -> None:
    _, index, _ = await site.get("/register/sitemap.xml")
    parts = [each.text or "" for each in ElementTree.fromstring(index).iter(f"{SITEMAPS}loc")]
    assert len(parts) == 2
    _, text, _ = await site.get("/register/sitemap-1.xml")
    listed = {each.text for each in ElementTree.fromstring(text).iter(f"{SITEMAPS}loc")}
    assert len(listed) == 38 * 6
    status, _, headers = await site.get("/register/WSIS-2027-000001", **{"Accept-Language": "fr-CA, en"})
    assert (status, headers["Location"]) == (302, "/register/fr/WSIS-2027-000001")


@pytest.mark.feature("G11")
async def test_words_of_an_entry_cannot_become_part_of_the_page(site: Site) -> None:
    from tests.register.factory import keep, kept

    hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    entry = kept(90, title=hostile, org_name="=cmd|' /C calc'!A0", goals=["17"])
    await site.write(lambda session: keep(session, entry))
    for address in ("/register/en/WSIS-2027-000090", "/register/en?goal=17", "/register/en/embed?goal=17"):
        _, page, _ = await site.get(address)
        assert "<img src=x" not in page and "<script>alert" not in page, address
    _, text, _ = await site.get("/register/en/entries.csv?goal=17")
    assert "\"'=cmd" in text
    await site.becomes(90, EntryState.SPAM)


@pytest.mark.feature("G7")
async def test_whoever_calls_the_site_by_another_name_decides_that_for_nobody_else(site: Site) -> None:
    _, theirs, _ = await site.get("/register/es/feed.atom", Host="evil.example")
    _, ours, _ = await site.get("/register/es/feed.atom")
    assert "evil.example" in theirs and "evil.example" not in ours
    for page in ("/register/es", "/register/es/WSIS-2027-000001", "/api/v1/package/entries.csv"):
        await site.get(page, Host="evil.example")
        assert "evil.example" not in (await site.get(page))[1], page
