"""Whole numbers as people write them: any digits, any grouping, `2 million`, `3k`, `5 млн`, `3万`.

A point or a comma before three digits groups thousands in one language and begins the decimals in another.
The person's language decides; where that leaves a fraction, they are asked, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.answers.text import clean
from dialogs.messages import Code, M, Message
from dialogs.questionnaire.model import Question
from dialogs.text.normalize import normalize, western_digits

__all__ = ["check_number", "read_number"]

GROUPS_WITH: Mapping[str, str] = {"en": ",", "zh": ",", "ar": ",", "es": ".", "fr": ".", "ru": "."}
"""The mark that groups thousands in a language besides a space; the other of `.` and `,` begins decimals."""

MARKS = str.maketrans({"٫": "²", "٬": "'", "،": ",", "．": ".", "，": ",", "’": "'", "´": "'", "_": "'"})
"""Marks of other scripts as ours; the Arabic decimal separator is kept apart, it is never ambiguous."""

DIGITS = re.compile(r"(?<![\d.,'])[-−–]?\d(?:[\d.,'²]|(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d)))*")
GROUPED = re.compile(r"\d{1,3}(?:[ ']\d{3})+|\d{1,2}(?:[ ']\d{2})+[ ']\d{3}")

MAGNITUDES: Mapping[str, int] = {
    **dict.fromkeys(("hundred", "cent", "cien", "сто", "مئه", "مائه", "百"), 100),
    **dict.fromkeys(("k", "thousand", "thousands", "mille", "milles", "mil", "миль", "к", "千"), 1_000),
    **dict.fromkeys(("тыс", "тысяча", "тысячи", "тысяч", "الف", "الاف", "الفا"), 1_000),
    **dict.fromkeys(("万", "萬"), 10_000),
    **dict.fromkeys(("m", "mn", "mln", "mio", "million", "millions", "millon", "millones"), 1_000_000),
    **dict.fromkeys(("млн", "миллион", "миллиона", "миллионов", "مليون", "ملايين", "百万"), 1_000_000),
    **dict.fromkeys(("亿", "億"), 100_000_000),
    **dict.fromkeys(("bn", "md", "mrd", "milliard", "milliards", "mil millones"), 1_000_000_000),
    **dict.fromkeys(("млрд", "миллиард", "миллиарда", "миллиардов", "مليار", "مليارات", "十亿"), 1_000_000_000),
}
"""What words and letters after a number multiply it by, folded, in the six languages."""

OF_ENGLISH: Mapping[str, int] = {"billion": 1_000_000_000, "billions": 1_000_000_000, "b": 1_000_000_000}
"""A thousand millions in English, a million millions in French and Spanish: read in English and Chinese only."""

HEDGES = frozenset(
    normalize(word)
    for word in (
        *("about", "approximately", "approx", "around", "circa", "ca", "some", "roughly", "nearly", "almost"),
        *("environ", "près de", "à peu près", "autour de", "unos", "unas", "aproximadamente", "cerca de"),
        *("около", "примерно", "приблизительно", "حوالي", "نحو", "تقريبا", "约", "大约", "大概", "近"),
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number found in a text, with the words before and after it, folded."""

    text: str
    before: str
    after: str


def read_number(question: Question, text: str, context: Context) -> Reading:
    """A whole number of zero or more digits' grouping; the note says what was understood, if that isn't plain."""
    tidied = " ".join(western_digits(clean(text)).translate(MARKS).split())
    figures = _figures(tidied)
    if len(figures) != 1 or (figures[0].before and figures[0].before not in HEDGES):
        return Refusal(M("reading.number.several") if len(figures) > 1 else M("reading.number.none"))
    return _judge(question, figures[0], tidied, context)


def _figures(text: str) -> list[Figure]:
    found = list(DIGITS.finditer(text))
    if len(found) != 1:
        return [Figure(match.group(), "", "") for match in found]
    start, end = found[0].span()
    return [Figure(found[0].group().rstrip(".,'²"), normalize(text[:start]), text[end:])]


def _judge(question: Question, figure: Figure, text: str, context: Context) -> Reading:
    if "%" in figure.after or "٪" in figure.after:
        return Refusal(M("reading.number.percent"))
    value = _value(figure.text, context.language)
    factor = _magnitude(normalize(figure.after), context.language)
    if value is None or factor is None:
        return Refusal(M("reading.number.unclear", text=text[:80]))
    whole = value * factor
    if whole != whole.to_integral_value():
        return Refusal(_fraction(figure.text))
    message = check_number(question, int(whole), context)
    if message is not None:
        return Refusal(message)
    return Accepted(int(whole), None if text.isdigit() else M("reading.number.understood", number=int(whole)))


def _fraction(text: str) -> Message:
    """A fraction of a person is rare: `1.234` may be meant as a thousand, so the thousand is asked about."""
    plain = re.sub(r"\D", "", text)
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", text):
        return M("reading.number.thousand", number=int(plain), plain=Code(plain))
    return M("reading.number.whole")


def _value(text: str, language: str) -> Decimal | None:
    """The value of digits with separators; None when the separators make no sense."""
    sign = -1 if text[0] in "-−–" else 1
    text = text.lstrip("-−–")
    if GROUPED.fullmatch(text.partition("²")[0].partition(",")[0].partition(".")[0]):
        text = text.replace(" ", "").replace("'", "")
    group = GROUPS_WITH.get(language, ",")
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0:
        mark = text[last]
        other = "," if mark == "." else "."
        repeated = text.count(mark) > 1
        if repeated or (mark == group and other not in text):
            text = _ungroup(text, mark)
        else:
            whole, _, decimals = text.rpartition(mark)
            text = f"{_ungroup(whole, other)}²{decimals}"
    plain = text.replace("²", ".", 1)
    return sign * Decimal(plain) if re.fullmatch(r"\d{1,30}(?:\.\d{1,30})?", plain, re.ASCII) else None


def _ungroup(text: str, mark: str) -> str:
    """Without the marks between groups of three (or of two, as in India: 12,34,567); else as it stands."""
    groups = text.split(mark)
    sound = len(groups[0]) in (1, 2, 3) and len(groups[-1]) == 3 and {len(g) for g in groups[1:-1]} <= {2, 3}
    return "".join(groups) if len(groups) == 1 or sound else text


def _magnitude(after: str, language: str) -> int | None:
    """What the words after a number multiply it by: 1 for other words (`250 people`); None when unclear."""
    known = {**MAGNITUDES, **OF_ENGLISH} if language in ("en", "zh") else MAGNITUDES
    words = after.split()
    for length in (2, 1):
        if (factor := known.get(" ".join(words[:length]))) is not None:
            rest = words[length:]
            return None if any(word in known for word in rest) else factor
    if not words:
        return 1
    if words[0] in OF_ENGLISH or len(words[0]) == 1:
        return _of_ideographs(after)
    return _of_ideographs(after) if after[0] in "百千万萬亿億十" else 1


def _of_ideographs(after: str) -> int | None:
    """Chinese writes the magnitude and the counted thing without a space: `3万人`."""
    for length in (2, 1):
        if (factor := MAGNITUDES.get(after[:length])) is not None:
            return factor if not set(after[length:]) & set("十百千万萬亿億") else None
    return 1 if len(after) == 1 and after > "⺀" else None


def check_number(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a stored number: the bounds it misses."""
    limits = question.limits
    if not isinstance(value, int) or isinstance(value, bool):
        return M("reading.number.none")
    if limits.min is not None and value < limits.min:
        return M("reading.number.too_small", number=value, min=limits.min)
    if limits.max is not None and value > limits.max:
        return M("reading.number.too_large", number=value, max=limits.max)
    return None
