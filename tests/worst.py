"""The texts that are hardest to read: what made a reader slow, or might. For the tests and `benchmarks/reading.py`."""

from __future__ import annotations

__all__ = ["TEXTS", "long_text"]

# ruff: noqa: E501  Arabic is counted wider than it is

TEXTS = {
    "English prose": "In 2015 we trained 1,200 teachers in 14 districts of Kenya, and 30 % of them were women; the "
    "project (phase 2) goes on until 2027 with SDG 4 and line C7. ",
    "French prose": "En 2015, nous avons formé 1 200 enseignants dans 14 districts du Kenya, dont 30 % de femmes ; "
    "le projet se poursuit jusqu'en 2027. ",
    "Spanish prose": "En 2015 formamos a 1.200 docentes en 14 distritos de Kenia, y el 30 % eran mujeres; el proyecto "
    "sigue hasta 2027. ",
    "Arabic prose": "في عام ٢٠١٥ دربنا ١٢٠٠ معلم في ١٤ منطقة من كينيا، وكان ٣٠٪ منهم من النساء؛ ويستمر المشروع حتى ٢٠٢٧. ",
    "Russian prose": "В 2015 году мы обучили 1 200 учителей в 14 районах Кении, и 30 % из них были женщины; проект идёт "
    "до 2027 года. ",
    "Chinese prose": "2015年我们在肯尼亚14个地区培训了1,200名教师，其中30%为女性；项目持续到2027年。",
    "digits": "1 ",
    "digits with commas": "1,",
    "digits with slashes": "1/",
    "grouped digits": "1,234 ",
    "one number": "9",
    "a letter with commas": "a,",
    "one word": "a",
    "words": "ab ",
    "ideographs": "中",
    "ideographs and digits": "中1文2",
    "flags": "🇰🇪",
    "enumeration": "1. SDG 3\n",
    "lines": "x\n",
    "ranges": "1 - ",
    "a range that never ends": "1-" + " " * 598,
    "spaces": " ",
    "connectives": "and ",
    "attached Arabic": "وكينيا ",
    "attached Arabic of no country": "وكتاب ",
    "codes": "KE ",
    "prefixes": "action line C ",
    "beginnings of names": "Trinidad and ",
    "names": "Kenya, ",
    "misspelt names": "kenyya, ugannda, tanzanja, ",
    "a name that is nearly meant": "Tajikistann, ",
    "letters of a name": "k e n y a ",
    "Cyrillic that looks Latin": "СЕ 2 ",
    "expansions in folding": "\ufdfa",
    "combining marks": "\u0301\u0316",
    "letters with marks": "a\u0301\u0316",
    "emoji": "🤷🏽\u200d♀️",
    "right to left": "\u202eا\u200f",
    "Hangul": "\u1112\u1161\u11ab",
    "at signs": "a@",
    "e-mail addresses": "a@b.org ",
    "dots": "a.",
    "dots and a colon": "a.a.a.a.a.a.a.a:",
    "addresses": "https://itu.int/ ",
    "brackets": "((((",
    "months": "March of ",
    "misspelt months": "Marhc ",
    "marks of emphasis": "**a ",
    "underscores": "_a_",
    "question marks": "? ",
    "degrees": "1.1° ",
}
"""What is repeated, by what it is."""


def long_text(name: str, size: int) -> str:
    """A text of `size` characters."""
    unit = TEXTS[name]
    return (unit * (size // len(unit) + 1))[:size]
