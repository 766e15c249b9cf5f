"""The translators' road: keys from code into English, English into every language, and how far each is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dialogs.domain.messages import M
from locales.tools.inspection import inspect
from locales.tools.po_files import read_shelf
from locales.tools.sync_catalogues import coverage, main, missing_in_english, unused_in_english, update
from locales.tools.used_keys import used_in
from locales.words import HERE, Words
from tests.locales.shelves import ENGLISH, SHELVES, Texts, header, shelf, write

CODE = """
from dialogs.domain.messages import M, Message

TABLE = {"a": "home.saved"}

def say(state, number):
    M("home.title")
    M("call.soon" if number else "home.greeting", name="x")
    return Message(f"drafts.{state}")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "saying.py").write_text(CODE, "utf-8")
    (tmp_path / "locales").mkdir()
    shelf(tmp_path / "locales")
    return tmp_path


def test_keys_that_code_says_and_english_lacks_are_named_with_their_place(project: Path) -> None:
    usage = used_in(project)
    assert list(missing_in_english(project / "locales", usage)) == ["call.soon (bot/saying.py:8)"]


def test_keys_that_nothing_says_are_named(project: Path) -> None:
    unused = list(unused_in_english(project / "locales", used_in(project)))
    assert "home.help" in unused
    assert not {"home.title", "home.greeting", "home.saved", "drafts.count"} & set(unused)


@pytest.mark.feature("I6")
def test_a_new_text_comes_into_every_language_untranslated(tmp_path: Path) -> None:
    write(shelf(tmp_path), "en", {"home.title": "Your entries", "home.new": "New here?", **ENGLISH})
    update(tmp_path)
    for language in ("ar", "fr", "ru"):
        entries = read_shelf(tmp_path, language).entries
        assert list(entries)[:2] == ["home.title", "home.new"]
        assert entries["home.new"].forms == ("",)
        assert "English: New here?" in entries["home.new"].comments


def test_translations_survive_the_workshop(tmp_path: Path) -> None:
    shelf(tmp_path)
    update(tmp_path)
    for language, texts in SHELVES.items():
        entries = read_shelf(tmp_path, language).entries
        assert {key: (e.forms if e.plural else e.forms[0]) for key, e in entries.items()} == dict(texts)
    assert inspect(Words.load(tmp_path)) == []


def test_the_workshop_changes_nothing_the_second_time(tmp_path: Path) -> None:
    shelf(tmp_path)
    update(tmp_path)
    once = (tmp_path / "ar" / "texts.po").read_text("utf-8")
    update(tmp_path)
    assert (tmp_path / "ar" / "texts.po").read_text("utf-8") == once


@pytest.mark.feature("I6")
def test_plural_forms_that_english_says_alike_are_not_marked_as_changed(tmp_path: Path) -> None:
    alike: Texts = {"drafts.sent": ("Sent: {count}", "Sent: {count}")}
    french: Texts = {"drafts.sent": ("Envoyé : {count}", "Envoyés : {count}")}
    write(shelf(tmp_path), "en", alike, domain="more")
    write(tmp_path, "fr", french, domain="more")
    for _ in range(3):
        update(tmp_path)
        assert not read_shelf(tmp_path, "fr").entries["drafts.sent"].fuzzy


@pytest.mark.feature("I6")
def test_the_workshop_finds_nothing_to_change_in_the_catalogues_we_ship(tmp_path: Path) -> None:
    folder = tmp_path / "locales"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    update(folder)
    for shipped in HERE.rglob("*.po"):
        assert (folder / shipped.relative_to(HERE)).read_text("utf-8") == shipped.read_text("utf-8"), shipped.name


def test_a_text_whose_english_changed_is_marked_to_be_looked_at(tmp_path: Path) -> None:
    shelf(tmp_path)
    update(tmp_path)
    write(tmp_path, "en", {**ENGLISH, "home.saved": "Nothing is ever lost."})
    update(tmp_path)
    saved = read_shelf(tmp_path, "fr").entries["home.saved"]
    assert saved.fuzzy
    assert saved.forms == ("Chaque réponse est enregistrée aussitôt.",)
    assert Words.load(tmp_path).say(M("home.saved"), "fr") == "Nothing is ever lost."


def test_a_text_that_english_lost_is_removed(tmp_path: Path) -> None:
    write(shelf(tmp_path), "en", {key: text for key, text in ENGLISH.items() if key != "home.saved"})
    update(tmp_path)
    assert "home.saved" not in read_shelf(tmp_path, "ru").entries


def test_a_text_that_moved_to_another_file_moves_in_every_language(tmp_path: Path) -> None:
    write(shelf(tmp_path), "en", {key: text for key, text in ENGLISH.items() if key != "home.saved"})
    write(tmp_path, "en", {"home.saved": "Every answer is saved at once."}, domain="news")
    update(tmp_path)
    (news,) = (file for file in read_shelf(tmp_path, "fr").files if file.domain == "news")
    assert news.entries["home.saved"].forms == ("Chaque réponse est enregistrée aussitôt.",)


def test_a_text_that_becomes_a_plural_is_asked_for_anew(tmp_path: Path) -> None:
    write(shelf(tmp_path), "en", {**ENGLISH, "choice.back": ("Back", "Back {count} steps")})
    update(tmp_path)
    assert read_shelf(tmp_path, "ar").entries["choice.back"].forms == ("",) * 6


def test_comments_of_translators_stay(tmp_path: Path) -> None:
    path = shelf(tmp_path) / "fr" / "texts.po"
    path.write_text(
        path.read_text("utf-8").replace('msgid "home.title"', '# Voir glossaire\nmsgid "home.title"'), "utf-8"
    )
    update(tmp_path)
    assert read_shelf(tmp_path, "fr").entries["home.title"].own_comments == ("Voir glossaire",)


def test_quotes_and_line_breaks_survive(tmp_path: Path) -> None:
    texts = {**ENGLISH, "home.saved": 'Say "yes" \\ or\nno.'}
    write(shelf(tmp_path), "en", ENGLISH)
    (tmp_path / "fr" / "texts.po").write_text(
        header("fr") + '\nmsgid "home.saved"\nmsgstr "Dites \\"oui\\" \\\\ ou\\nnon."\n', "utf-8"
    )
    update(tmp_path)
    assert texts
    assert read_shelf(tmp_path, "fr").entries["home.saved"].forms == ('Dites "oui" \\ ou\nnon.',)


def test_a_file_that_cannot_be_read_stops_the_workshop_before_anything_is_lost(tmp_path: Path) -> None:
    path = shelf(tmp_path) / "fr" / "texts.po"
    path.write_text(path.read_text("utf-8").rstrip()[:-1], "utf-8")
    with pytest.raises(ValueError, match="mend texts first"):
        update(tmp_path)


@pytest.mark.feature("I6")
def test_coverage_counts_what_people_would_see(tmp_path: Path) -> None:
    shelf(tmp_path, fr={"home.saved": "", "home.title": ""})
    total = len(ENGLISH)
    assert {str(found) for found in coverage(tmp_path)} >= {
        f"fr   {100 * (total - 2) // total} %  {total - 2} of {total}, 2 to translate",
        f"ru  100 %  {total} of {total}, complete",
    }


def test_the_command_reports_and_changes_nothing_when_it_only_checks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf(tmp_path, fr={"home.title": ""})
    before = (tmp_path / "fr" / "texts.po").read_text("utf-8")
    assert main(["--check", "--folder", str(tmp_path)]) == 1
    assert "fr home.title: empty: translate: Your entries" in capsys.readouterr().out
    assert (tmp_path / "fr" / "texts.po").read_text("utf-8") == before
