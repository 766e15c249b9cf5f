"""Whatever is wrong with a catalogue is found, named, and said how to mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from locales.tools import house_style
from locales.tools.checks import Fault
from locales.tools.inspection import Finding, inspect
from locales.words import Words
from tests.locales.shelves import ENGLISH, FRENCH, SHELVES, Texts, make_words, shelf, write

Seed = Callable[[Path], object]


def changed(language: str, key: str, text: str | tuple[str, ...]) -> Seed:
    """A fault in one text."""
    return lambda folder: write(folder, language, {**SHELVES[language], key: text})


def without(language: str, key: str) -> Seed:
    return lambda folder: write(folder, language, {k: t for k, t in SHELVES[language].items() if k != key})


def marked_fuzzy(folder: Path) -> None:
    path = folder / "fr" / "texts.po"
    path.write_text(path.read_text("utf-8").replace('msgid "home.title"', '#, fuzzy\nmsgid "home.title"'), "utf-8")


def cut_off(folder: Path) -> None:
    path = folder / "fr" / "texts.po"
    path.write_text(path.read_text("utf-8").rstrip()[:-1], "utf-8")


SEEDED: dict[str, tuple[Seed, str, str, Fault]] = {
    "a text is missing": (without("fr", "home.saved"), "fr", "home.saved", Fault.MISSING),
    "a text is empty": (changed("ru", "home.saved", ""), "ru", "home.saved", Fault.EMPTY),
    "a text waits for a check": (marked_fuzzy, "fr", "home.title", Fault.FUZZY),
    "a placeholder is lost": (changed("fr", "home.greeting", "Bonjour."), "fr", "home.greeting", Fault.PLACEHOLDER),
    "a placeholder is renamed": (
        changed("ru", "home.greeting", "С возвращением к «{nom}»."),
        *("ru", "home.greeting", Fault.PLACEHOLDER),
    ),
    "a count is lost where it is needed": (
        changed("ru", "drafts.count", ("черновик", "{count} черновика", "{count} черновиков")),
        *("ru", "drafts.count", Fault.PLACEHOLDER),
    ),
    "a placeholder is broken": (
        changed("fr", "home.greeting", "Heureux de vous retrouver, {name."),
        *("fr", "home.greeting", Fault.SYNTAX),
    ),
    "a placeholder is no plain name": (
        changed("fr", "home.greeting", "Bonjour {name.upper}."),
        *("fr", "home.greeting", Fault.SYNTAX),
    ),
    "a plural form is missing": (
        changed("ar", "drafts.count", ("لا مسودات", "مسودة واحدة")),
        *("ar", "drafts.count", Fault.PLURALS),
    ),
    "the plural rule is another language's": (
        lambda folder: write(folder, "ru", SHELVES["ru"], plurals="nplurals=3; plural=(n > 1 ? 2 : n);"),
        *("ru", "", Fault.HEADER),
    ),
    "a plural became a single text": (
        changed("fr", "drafts.count", "{count} brouillons"),
        *("fr", "drafts.count", Fault.PLURALS),
    ),
    "a text carries mark-up": (changed("ru", "home.title", "<b>Ваши заявки</b>"), "ru", "home.title", Fault.MARKUP),
    "a text turns the direction": (
        changed("ar", "home.title", "\u202eمشاركاتكم"),
        *("ar", "home.title", Fault.BIDI),
    ),
    "a text has a character nobody sees": (
        changed("fr", "home.title", "Vos\u200b fiches"),
        *("fr", "home.title", Fault.INVISIBLE),
    ),
    "a text is still English": (
        changed("fr", "home.saved", "Every answer is saved at once."),
        *("fr", "home.saved", Fault.UNTRANSLATED),
    ),
    "a text is not in its script": (changed("ar", "home.title", "Musharakat"), "ar", "home.title", Fault.UNTRANSLATED),
    "a number is another one": (
        changed("fr", "home.help", "Écrivez à info@example.org ou envoyez /help sous 60 jours."),
        *("fr", "home.help", Fault.NUMBER),
    ),
    "a command is translated": (
        changed("fr", "home.help", "Écrivez à info@example.org ou envoyez /aide sous 30 jours."),
        *("fr", "home.help", Fault.COMMAND),
    ),
    "a button is too wide": (
        changed("fr", "choice.back", "Revenir à la question qui précède celle-ci"),
        *("fr", "choice.back", Fault.TOO_WIDE),
    ),
    "a message is too long for Telegram": (
        changed("ru", "home.saved", "Каждый ответ сохраняется сразу. " * 130 + "Всё."),
        *("ru", "home.saved", Fault.TOO_LONG),
    ),
    "a Latin letter hides in a Russian word": (
        changed("ru", "home.title", "Ваши зaявки"),
        *("ru", "home.title", Fault.MIXED_SCRIPT),
    ),
    "the address is familiar": (
        changed("fr", "home.saved", "Chacune de tes réponses est enregistrée."),
        *("fr", "home.saved", Fault.FAMILIAR),
    ),
    "a mark is of another script": (
        changed("ar", "home.saved", "هل حُفظت الإجابات?"),
        *("ar", "home.saved", Fault.PUNCTUATION),
    ),
    "a term is not the glossary's": (
        changed("ru", "home.saved", "Ваша деятельность сохранена."),
        *("ru", "home.saved", Fault.TERM),
    ),
    "a pronoun of address is small": (
        changed("ru", "home.saved", "Все ваши ответы сохранены."),
        *("ru", "home.saved", Fault.STYLE),
    ),
    "a letter has dots that it needs not": (
        changed("ru", "home.title", "Ваш отчёт"),
        *("ru", "home.title", Fault.STYLE),
    ),
    "a dash is too short": (
        changed("ru", "home.saved", "Файл – это копия."),
        *("ru", "home.saved", Fault.STYLE),
    ),
    "two options have one name": (
        changed("ru", "option.size.M", "Малый"),
        *("ru", "option.size.M", Fault.CLASH),
    ),
    "a word wants two things": (
        changed("fr", "intent.yes", "oui | retour"),
        *("fr", "intent.back", Fault.CLASH),
    ),
    "a key is written twice": (
        lambda folder: write(folder, "fr", {"home.title": "Fiches"}, domain="other"),
        *("fr", "home.title", Fault.TWICE),
    ),
    "a key is unknown": (
        lambda folder: write(folder, "fr", {"home.titel": "Fiches"}, domain="other"),
        *("fr", "home.titel", Fault.UNKNOWN),
    ),
    "a file is cut off": (cut_off, "fr", "", Fault.UNREADABLE),
    "a space is left over": (changed("fr", "choice.back", "Retour "), "fr", "choice.back", Fault.SPACES),
    "the language is another": (
        lambda folder: (folder / "fr" / "texts.po").write_text(
            (folder / "fr" / "texts.po").read_text("utf-8").replace("Language: fr", "Language: it"), "utf-8"
        ),
        *("fr", "", Fault.HEADER),
    ),
}


def test_flawless_catalogues_have_no_findings(tmp_path: Path) -> None:
    assert inspect(make_words(tmp_path)) == []


@pytest.mark.feature("N21", "I6")
@pytest.mark.parametrize("name", SEEDED)
def test_a_seeded_fault_is_found_where_it_is(tmp_path: Path, name: str) -> None:
    seed, language, key, fault = SEEDED[name]
    seed(shelf(tmp_path))
    found = {(finding.language, finding.key, finding.fault) for finding in inspect(Words.load(tmp_path))}
    assert (language, key, fault) in found


@pytest.mark.feature("N21")
def test_of_twenty_faults_in_one_place_twenty_are_found(tmp_path: Path) -> None:
    """Texts of one language, each broken in its own way, all at once."""
    texts = {f"home.text{number}": text for number, text in enumerate(ENGLISH_LINES)}
    write(shelf(tmp_path), "en", {**ENGLISH, **texts})
    write(tmp_path, "fr", {**FRENCH, **dict(zip(texts, BROKEN, strict=True))})
    found = {finding.key for finding in inspect(Words.load(tmp_path)) if finding.language == "fr"}
    assert len(texts) == 20
    assert found == texts.keys()


ENGLISH_LINES = ("You have 5 days to send {what} with /send.",) * 20
BROKEN = (
    "",
    "You have 5 days to send {what} with /send.",
    "Vous avez 5 jours pour envoyer avec /send.",
    "Vous avez 5 jours pour envoyer {quoi} avec /send.",
    "Vous avez 5 jours pour envoyer {what avec /send.",
    "Vous avez 5 jours pour envoyer {what} {what!r} avec /send.",
    "Vous avez 5 jours pour envoyer {what} {} avec /send.",
    "Vous avez 6 jours pour envoyer {what} avec /send.",
    "Vous avez quelques jours pour envoyer {what} avec /send.",
    "Vous avez 5 jours pour envoyer {what} avec /envoi.",
    "Vous avez 5 jours pour envoyer {what}.",
    "Vous avez <b>5 jours</b> pour envoyer {what} avec /send.",
    "Vous avez **5 jours** pour envoyer {what} avec /send.",
    "Vous avez 5 jours pour envoyer {what} &amp; avec /send.",
    "Vous avez 5 jours pour envoyer \u2067{what} avec /send.",
    "Vous avez 5 jours pour envoyer\u00ad {what} avec /send.",
    "Vous avez  5 jours pour envoyer {what} avec /send.",
    "Tu as 5 jours pour envoyer {what} avec /send.",
    "Vous avez 5 jours pour envoyer {what} avec /send!",
    "Vous avez 5 jоurs pour envoyer {what} avec /send.",
)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("最多3份草稿，由WSIS团队保存，共20 MB。", True),
        ("请用 /help 查看，或访问 https://www.itu.int 了解。", True),
        ("请写“C7 肯尼亚 SDG 4”。", True),
        ("最多 3 份草稿", False),
        ("由 WSIS 团队保存", False),
        ("您有{count} 份草稿", False),
    ],
)
def test_chinese_has_spaces_only_beside_what_apps_make_a_link_of(text: str, is_right: bool) -> None:
    said = [*house_style.spaces_beside_chinese("zh", text)]
    assert (not said) is is_right, said


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("fr", "Les organisateurs vous répondent.", "L’équipe organisatrice vous répond."),
        ("fr", "Touchez un bouton.", "Appuyez sur un bouton."),
        ("fr", "{title} · section {section}", "{title} · partie {section}, /sections"),
        ("es", "Escriba a los organizadores.", "Escriba al equipo organizador."),
        ("ar", "اكتبوا إلى المنظمين.", "اكتبوا إلى الجهة المنظِّمة."),
        ("ar", "قيد المراجعة.", "قيد الاستعراض."),
    ],
)
def test_terms_of_the_glossary_are_kept(language: str, wrong: str, right: str) -> None:
    assert [*house_style.terms(language, wrong)]
    assert not [*house_style.terms(language, right)]


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("fr", "Vous n'avez pas de fiche.", "Vous n’avez pas de fiche."),
        ("fr", "Vous serez informé de la suite.", "La suite vous sera signalée."),
        ("ar", "النص بـ{language}:", "النص باللغة {language}:"),
    ],
)
def test_slips_of_a_language_are_found(language: str, wrong: str, right: str) -> None:
    assert [*house_style.style_of(language, wrong)]
    assert not [*house_style.style_of(language, right)]


def test_commands_in_a_menu_begin_with_a_capital_letter() -> None:
    assert [*house_style.small_letter("command.verify", "check a receipt")]
    assert not [*house_style.small_letter("command.verify", "Check a receipt")]
    assert not [*house_style.small_letter("command.verify", "核实回执")]
    assert not [*house_style.small_letter("log.empty", "nothing yet")]


@pytest.mark.parametrize(
    ("language", "english", "text"),
    [
        ("ar", "www.example.org", "www.example.org"),
        ("zh", "Write to amina@example.org.", "请写信至 huimin@example.org 。"),
        ("fr", "Such as example.org/project", "Par exemple example.org/projet"),
    ],
)
def test_addresses_of_nobody_may_have_names_of_the_language(
    tmp_path: Path, language: str, english: str, text: str
) -> None:
    write(shelf(tmp_path), "en", {"home.where": english}, domain="more")
    for other in ("ar", "fr", "ru"):
        write(tmp_path, other, {"home.where": SHELVES[other]["home.help"]}, domain="more")
    write(tmp_path, language, {"home.where": text}, domain="more")
    assert [f for f in inspect(Words.load(tmp_path)) if f.key == "home.where" and f.language == language] == []


@pytest.mark.parametrize("text", ["Écrivez à info@itu.int.", "Écrivez à amina@exemple.fr."])
def test_real_addresses_stay_and_so_does_the_domain_of_examples(tmp_path: Path, text: str) -> None:
    write(shelf(tmp_path), "en", {"home.where": "Write to amina@example.org or stocktaking@itu.int."}, domain="more")
    write(tmp_path, "fr", {"home.where": text}, domain="more")
    assert ("fr", "home.where", Fault.COMMAND) in {(f.language, f.key, f.fault) for f in inspect(Words.load(tmp_path))}


def test_a_text_may_stay_in_english_when_its_comment_says_so(tmp_path: Path) -> None:
    told = "This example stays in English: the answer is wanted in English."
    english: Texts = {"home.example": "A mother walked four hours."}
    for language in ("ar", "en", "fr", "ru"):
        path = write(shelf(tmp_path) if language == "ar" else tmp_path, language, english, domain="more")
    path = tmp_path / "en" / "more.po"
    assert {f.fault for f in inspect(Words.load(tmp_path))} == {Fault.UNTRANSLATED}
    path.write_text(path.read_text("utf-8").replace('\nmsgid "home', f'\n#. {told}\nmsgid "home'), "utf-8")
    assert inspect(Words.load(tmp_path)) == []


def test_a_finding_says_what_to_do(tmp_path: Path) -> None:
    words = make_words(tmp_path, fr={"choice.back": ""})
    assert [str(finding) for finding in inspect(words)] == ["fr choice.back: empty: translate: Back"]


def test_findings_are_sorted_by_language_and_key(tmp_path: Path) -> None:
    words = make_words(tmp_path, ru={"home.title": ""}, fr={"home.title": "", "choice.back": ""})
    found: list[Finding] = inspect(words)
    assert [(finding.language, finding.key) for finding in found] == [
        *(("fr", "choice.back"), ("fr", "home.title"), ("ru", "home.title")),
    ]
