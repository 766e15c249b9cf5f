"""What the glossaries and a language's style ask for, where a machine can see it: terms, spaces, letters, dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

__all__ = ["small_letter", "spaces_beside_chinese", "style_of", "terms"]

TERMS: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "fr": (
        (re.compile(r"\b[Oo]rganisateurs?\b"), "équipe organisatrice"),
        (re.compile(r"(?<![{/])\b[Ss]ections?\b"), "partie"),
        (re.compile(r"\b[Tt]ouche[zr]\b"), "appuyer sur"),
        (re.compile(r"\b[Ll]ignes? d’action\b"), "grande orientation"),
    ),
    "es": (
        (re.compile(r"\b[Oo]rganizador(?:es)?\b(?<![Ee]quipo organizador)"), "equipo organizador"),
        (re.compile(r"\b[Cc]onfiguración de (?:su|sus)\b|^Configuración$"), "ajustes"),
    ),
    "ar": (
        (re.compile("(?:إلى|من|راسلوا|يطلب|لمراسلة) ال(?:منظمين|منظمون)"), "الجهة المنظِّمة"),
        (re.compile("(?:قيد|انتظار) المراجعة"), "استعراض"),
    ),
    "ru": (
        (re.compile(r"\bфиналист\w*", re.IGNORECASE), "чемпион"),
        (re.compile(r"\b[Цц]ел\w+ устойчивого развития"), "Цели в области устойчивого развития"),
        (re.compile(r"\bпреми\w+ ВВУИО"), "Премии ВВУИО"),
        (re.compile(r"\bкатегори\w+"), "номинация"),
        (re.compile(r"\bВаш\w* деятельност\w+"), "проект"),
    ),
    "zh": (
        (re.compile("组织者"), "组织方"),
        (re.compile("登记库|登记簿|注册库"), "登记册"),
        (re.compile("(?:成果|项目)(?:评估|盘点)"), "成果清点"),
        (re.compile("[本一这]次征集"), "…期征集"),
        (re.compile("帐户|账号|帐号"), "账户"),
        (re.compile("WSIS奖项"), "WSIS奖"),
        (re.compile("优胜"), "冠军项目"),
        (re.compile("发布的?条目|条目(?:\\{reference\\})?已发布"), "公布"),
        (re.compile("社会组织"), "民间团体"),
    ),
}
"""Words that were met in place of a term of docs/glossary, with the term."""

STYLE: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "fr": (
        (re.compile(r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ«{])"), "the apostrophe is ’"),
        (
            re.compile(r"\b(?:[Vv]ous (?:êtes|serez|avez été)|[Êê]tes-vous) \w+(?:é|venu)\b"),
            "say it without a gender, as the glossary asks",
        ),
    ),
    "ar": ((re.compile(r"بـ\{"), "a value stands apart: «باللغة {language}»"),),
    "ru": (
        (re.compile(r"\b(?:вы|вас|вам|вами|ваш\w*)\b"), "Вы and Ваш have a capital letter"),
        (re.compile(r"\b(?!всё\b|Всё\b|узнаёте\b)\w*ё\w*"), "ё stands only where е would be misread: всё, узнаёте"),
        (
            re.compile(r"\b[Вв]се(?=, (?:что|на что) | (?:будет|верно|готово|изменено|остальное|отсюда|снова)\b)"),
            "«всё» is meant: with е it reads as «все»",
        ),
        (re.compile(r"(?<=[\w»)}]) – (?=[а-яё])|(?<=[а-яё»]) – "), "a dash between words is —"),
    ),
}
"""What reads as a slip in the language, beyond its marks."""

TOUCHABLE = re.compile(
    r"\{(?:command|address|link|url)\}|(?<![\w/])/[a-z]+\b|@[a-z]+\b"
    r"|(?:https?://|\bwww\.)[!-~]+|\b[\w.]+@[\w.]+[a-z]|“[^”]*”",
    re.ASCII,
)
"""What needs its spaces: apps make a link of a command, an address or a name only when no letter touches it. What is
quoted is typed as it stands."""

BESIDE_CHINESE = re.compile(
    r"[\u3400-\u9fff，。：；？！）”] (?=[A-Za-z0-9{])|(?<=[A-Za-z0-9}]) [\u3400-\u9fff，。：；？！（“]"
)


def terms(language: str, text: str) -> Iterator[str]:
    """Words that the glossary of the language has another term for."""
    for wrong, term in TERMS.get(language, ()):
        if found := wrong.search(text):
            yield f"«{found.group()}»: the glossary says {term}"


def style_of(language: str, text: str) -> Iterator[str]:
    """Slips of the language's own style."""
    for wrong, said in STYLE.get(language, ()):
        if found := wrong.search(text):
            yield f"«{found.group().strip()}»: {said}"


def spaces_beside_chinese(language: str, text: str) -> Iterator[str]:
    """Chinese has no space beside Latin letters, digits and values, but for what must stand apart to be a link."""
    if language == "zh" and (found := BESIDE_CHINESE.search(TOUCHABLE.sub("\x00", text))):
        yield f"no space between Chinese and «{found.group().strip()}»"


def small_letter(key: str, text: str) -> Iterator[str]:
    """Descriptions of commands stand one below the other in a menu: each begins with a capital letter."""
    if key.startswith("command.") and text[:1].islower():
        yield "begin with a capital letter, as the other commands in the menu"
