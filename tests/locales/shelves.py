"""Small catalogues in a folder of their own, for tests that break or add languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from locales.plurals import plural_forms
from locales.words import Words

__all__ = ["ENGLISH", "Texts", "header", "make_words", "shelf", "write"]

Texts = Mapping[str, str | tuple[str, ...]]

ENGLISH: Texts = {
    "home.title": "Your entries",
    "home.saved": "Every answer is saved at once.",
    "home.greeting": "Welcome back to {name}.",
    "home.help": "Write to info@example.org, or send /help within 30 days.",
    "drafts.count": ("One draft", "{count} drafts"),
    "moment.in_geneva": "{moment} (Geneva time)",
    "moment.yours": "{moment} your time ({geneva} Geneva time)",
    "moment.beside": "{moment} ({geneva} Geneva time)",
    "choice.back": "Back",
    "option.size.S": "Small",
    "option.size.M": "Middle",
    "intent.yes": "yes | ok",
    "intent.back": "back | return",
}

FRENCH: Texts = {
    "home.title": "Vos fiches",
    "home.saved": "Chaque réponse est enregistrée aussitôt.",
    "home.greeting": "Heureux de vous retrouver\u00a0: {name}.",
    "home.help": "Écrivez à info@example.org ou envoyez /help sous 30 jours.",
    "drafts.count": ("{count} brouillon", "{count} brouillons"),
    "moment.in_geneva": "{moment} (heure de Genève)",
    "moment.yours": "{moment} chez vous ({geneva} à Genève)",
    "moment.beside": "{moment} ({geneva} à Genève)",
    "choice.back": "Retour",
    "option.size.S": "Petit",
    "option.size.M": "Moyen",
    "intent.yes": "oui | d'accord",
    "intent.back": "retour | revenir",
}

ARABIC: Texts = {
    "home.title": "مشاركاتكم",
    "home.saved": "تُحفظ كل إجابة فورًا.",
    "home.greeting": "مرحبًا بعودتكم إلى {name}.",
    "home.help": "راسلونا على info@example.org أو أرسلوا /help خلال 30 يومًا.",
    "drafts.count": (
        "لا مسودات",
        "مسودة واحدة",
        "مسودتان",
        "{count} مسودات",
        "{count} مسودة",
        "{count} مسودة في المجموع",
    ),
    "moment.in_geneva": "{moment} (بتوقيت جنيف)",
    "moment.yours": "{moment} بتوقيتكم ({geneva} بتوقيت جنيف)",
    "moment.beside": "{moment} ({geneva} بتوقيت جنيف)",
    "choice.back": "رجوع",
    "option.size.S": "صغير",
    "option.size.M": "متوسط",
    "intent.yes": "نعم | موافق",
    "intent.back": "رجوع | عودة",
}

RUSSIAN: Texts = {
    "home.title": "Ваши заявки",
    "home.saved": "Каждый ответ сохраняется сразу.",
    "home.greeting": "С возвращением к «{name}».",
    "home.help": "Пишите на info@example.org или отправьте /help в течение 30 дней.",
    "drafts.count": ("{count} черновик", "{count} черновика", "{count} черновиков"),
    "moment.in_geneva": "{moment} (по Женеве)",
    "moment.yours": "{moment} по Вашему времени ({geneva} по Женеве)",
    "moment.beside": "{moment} ({geneva} по Женеве)",
    "choice.back": "Назад",
    "option.size.S": "Малый",
    "option.size.M": "Средний",
    "intent.yes": "да | хорошо",
    "intent.back": "назад | вернуться",
}

SHELVES: Mapping[str, Texts] = {"ar": ARABIC, "en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN}


def header(language: str, plurals: str | None = None) -> str:
    rule = plurals if plurals is not None else plural_forms(language)
    return (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {rule}\\n"\n'
    )


def entry(key: str, text: str | tuple[str, ...], flags: str = "") -> str:
    head = f'\n{flags}msgid "{key}"\n'
    if isinstance(text, str):
        return f'{head}msgstr "{_escaped(text)}"\n'
    forms = "".join(f'msgstr[{number}] "{_escaped(form)}"\n' for number, form in enumerate(text))
    return f'{head}msgid_plural "{key}"\n{forms}'


def _escaped(text: str) -> str:
    return text.replace('"', '\\"').replace("\n", "\\n")


def write(folder: Path, language: str, texts: Texts, *, domain: str = "texts", plurals: str | None = None) -> Path:
    """Write one `.po` file of a language."""
    path = folder / language / f"{domain}.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text(header(language, plurals) + "".join(entry(k, t) for k, t in texts.items()), "utf-8")
    return path


def shelf(folder: Path, **changes: Texts) -> Path:
    """Flawless small catalogues in Arabic, English, French and Russian, but for the `changes` by language."""
    for language, texts in SHELVES.items():
        write(folder, language, {**texts, **changes.get(language, {})})
    return folder


def make_words(folder: Path, **changes: Texts) -> Words:
    return Words.load(shelf(folder, **changes))
