"""A seventh language needs a folder with catalogues, and not a line of code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.channels.telegram.bot_profile import presentation
from bot.turns.turn import Turns
from bot.wiring import make_machine
from dialogs.domain.messages import Country, LanguageName, M, Month
from dialogs.text.normalize import normalize
from locales.plurals import plural_forms
from locales.tools.inspection import inspect
from locales.tools.sync_catalogues import coverage, update
from locales.vocabulary import build
from locales.words import HERE, Words
from storage.engine.database import Database
from tests.driver import Stage
from tests.locales.shelves import ENGLISH, header, shelf, write
from tests.samples import ANSWERS, walk

SWAHILI: dict[str, str | tuple[str, ...]] = {
    "home.title": "Michango yenu",
    "home.saved": "Kila jibu huhifadhiwa mara moja.",
    "home.greeting": "Karibu tena kwenye {name}.",
    "home.help": "Andika kwa info@example.org au tuma /help ndani ya siku 30.",
    "drafts.count": ("Rasimu moja", "Rasimu {count}"),
    "moment.in_geneva": "{moment} (saa za Geneva)",
    "moment.yours": "{moment} kwa saa zako ({geneva} saa za Geneva)",
    "moment.beside": "{moment} ({geneva} saa za Geneva)",
    "choice.back": "Rudi",
    "option.size.S": "Ndogo",
    "option.size.M": "Ya kati",
    "intent.yes": "ndiyo | sawa",
    "intent.back": "rudi | nyuma",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(shelf(tmp_path), "sw", SWAHILI)
    return tmp_path


@pytest.mark.feature("I8")
def test_a_folder_makes_a_language(folder: Path) -> None:
    words = Words.load(folder)
    assert words.languages == ("ar", "en", "fr", "ru", "sw")
    assert words.offered("sw-KE") == "sw"
    assert words.say(M("home.greeting", name="Ziwa"), "sw") == "Karibu tena kwenye Ziwa."
    assert words.say(M("drafts.count", 3), "sw") == "Rasimu 3"


@pytest.mark.feature("I8")
def test_dates_countries_and_its_own_name_come_from_cldr(folder: Path) -> None:
    words = Words.load(folder)
    assert words.say(Month(2015, 3), "sw") == "Machi 2015"
    assert words.say(Country("EG"), "sw") == "Misri"
    assert words.say(LanguageName("sw"), "sw") == "Kiswahili"
    assert words.direction("sw") == "ltr"


@pytest.mark.feature("I8")
def test_what_is_typed_in_it_is_understood(folder: Path) -> None:
    vocabulary = build(Words.load(folder))
    assert "sw" in vocabulary.languages
    assert "Ndogo" in vocabulary.labels["option.size.S"]
    assert "Misri" in vocabulary.labels["country.EG"]
    assert "Kiswahili" in vocabulary.labels["language.sw"]
    assert vocabulary.months[normalize("Machi")] == 3
    assert vocabulary.intents["rudi"] == "back"


@pytest.mark.feature("I8")
def test_it_is_inspected_as_the_others(folder: Path) -> None:
    assert inspect(Words.load(folder)) == []
    write(folder, "sw", {**SWAHILI, "home.greeting": "Karibu tena."})
    assert [finding.key for finding in inspect(Words.load(folder))] == ["home.greeting"]


@pytest.mark.feature("I6", "I8")
def test_the_workshop_begins_it_from_an_empty_file(tmp_path: Path) -> None:
    shelf(tmp_path)
    (tmp_path / "he").mkdir()
    (tmp_path / "he" / "texts.po").write_text(header("he"), "utf-8")
    update(tmp_path)
    assert [str(found) for found in coverage(tmp_path) if found.language == "he"] == [
        f"he    0 %  0 of {len(ENGLISH)}, {len(ENGLISH)} to translate"
    ]
    assert Words.load(tmp_path).direction("he") == "rtl"
    assert plural_forms("he") in (tmp_path / "he" / "texts.po").read_text("utf-8")


@pytest.mark.feature("I8")
def test_it_joins_the_real_catalogues_too(tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "locales", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    before = Words.load(tmp_path / "locales").languages
    write(tmp_path / "locales", "sw", {"home.title": "Michango yenu"}, domain="conversation")
    words = Words.load(tmp_path / "locales")
    assert words.languages == tuple(sorted((*before, "sw")))
    assert words.say(M("home.title"), "sw") == "Michango yenu"
    assert words.say(M("drafts.title"), "sw") == words.say(M("drafts.title"), "en")


@pytest.mark.feature("I6", "I8")
async def test_an_entry_is_written_in_it_from_the_welcome_to_the_receipt(database: Database, tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "locales", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    write(tmp_path / "locales", "sw", {"home.title": "Michango yenu"}, domain="conversation")
    stage = Stage(database)
    stage.words = Words.load(tmp_path / "locales")
    stage.turns = Turns(database, make_machine(stage.words), now=stage.clock.now, edition_of=str)
    asha = stage.person("asha", language="sw-KE")
    await asha.does("start")
    await asha.taps("Kiswahili")
    asha.sees("Michango yenu")
    await asha.does("new")
    await walk(asha, ANSWERS)
    await asha.taps(".send")
    asha.sees("WSIS-2027-000001", "Kiswahili")
    offered = {method.language_code for method in presentation(stage.words) if hasattr(method, "language_code")}
    assert "sw" in offered
