"""Whole numbers as people write them: any digits, any grouping, `2 million`, `3k`, `5 млн`, `3万`.

A point or a comma before three digits groups thousands in one language and begins the decimals in another.
The person's language decides; where that leaves a fraction, they are asked, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dialogs.answers.number_words import MAGNITUDES, SHORT_SCALE, read_words
from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.answers.text import clean
from dialogs.domain.messages import Code, M, Message
from dialogs.domain.questionnaire import Question
from dialogs.knowledge.data_files import facts
from dialogs.text.normalize import normalize, western_digits, words_of

__all__ = ["check_number", "read_number"]

GROUPS_WITH: Mapping[str, str] = {"en": ",", "zh": ",", "ar": ",", "es": ".", "fr": ".", "ru": "."}
"""The mark that groups thousands in a language besides a space; the other of `.` and `,` begins decimals."""

MOST_CHARACTERS = 300
"""Of a number with the words around it; more is prose."""

MARKS = str.maketrans({"٫": "²", "٬": "'", "،": ",", "．": ".", "，": ",", "’": "'", "´": "'", "_": "'"})
"""Marks of other scripts as ours; the Arabic decimal separator is kept apart, it is never ambiguous."""

DIGITS = re.compile(r"(?<![\d.,'])[-−–]?\d(?:[\d.,'²]|(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d)))*")
GROUPED = re.compile(r"\d{1,3}(?:[ ']\d{3})+|\d{1,2}(?:[ ']\d{2})+[ ']\d{3}")


def _words(kind: str) -> frozenset[str]:
    return frozenset(map(normalize, facts("numbers")[kind]))


HEDGES = _words("about") | _words("over")
PERCENT = _words("percent")
COUNTED = _words("counted") | HEDGES
LONGEST_PHRASE = 3
"""Words of what is counted, or of a hedge."""

BELOW = re.compile(r"[<≤]")
"""Fewer than so many is no number of people."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number found in a text, with the words before and after it, folded."""

    text: str
    before: str
    after: str


def read_number(question: Question, text: str, context: Context) -> Reading:
    """A whole number of zero or more digits' grouping, or in words; the note says what was understood, if that isn't
    plain."""
    tidied = " ".join(western_digits(clean(text)).translate(MARKS).split())
    if len(tidied) <= MOST_CHARACTERS and _is_share(tidied):
        return Refusal(M("reading.number.percent"))
    figures = _figures(tidied)
    if len(figures) > 1:
        return Refusal(M("reading.number.several"))
    if not figures:
        return _in_words(question, tidied, context)
    if BELOW.search(tidied) or not _is_hedge(figures[0].before):
        return Refusal(M("reading.number.none"))
    return _judge(question, figures[0], tidied, context)


def _is_share(text: str) -> bool:
    """Whether a share is meant: `50 %`, `50 percent`, `百分之五十`."""
    if any(sign in text for sign in ("%", "٪", "％", "﹪", "百分")):
        return True
    words = normalize(text).split()
    phrases = (" ".join(words[at : at + length]) for at in range(len(words)) for length in (1, 2))
    return any(phrase in PERCENT for phrase in phrases)


def _is_hedge(before: str) -> bool:
    """Whether the words before a number say no more than that it is not exact: `over`, `environ`, `不少于`."""
    return not before or before in HEDGES


def _in_words(question: Question, text: str, context: Context) -> Reading:
    """A number without a digit: what is left between a hedge and what is counted."""
    words = words_of(text) if len(text) <= MOST_CHARACTERS else ()
    for start in range(min(LONGEST_PHRASE, len(words)) + 1):
        if not _is_phrase(words[:start], HEDGES):
            continue
        for end in range(len(words), max(start, len(words) - 2 * LONGEST_PHRASE), -1):
            value = read_words(words[start:end], context.language) if _is_phrase(words[end:], COUNTED) else None
            if value is not None:
                return _within_bounds(question, value, context)
    return Refusal(M("reading.number.none"))


def _is_phrase(words: Sequence[str], known: frozenset[str]) -> bool:
    return not words or " ".join(words) in known or "".join(words) in known


def _within_bounds(question: Question, value: int, context: Context, *, is_plain: bool = False) -> Reading:
    message = check_number(question, value, context)
    if message is not None:
        return Refusal(message)
    return Accepted(value, None if is_plain else M("reading.number.understood", number=value))


def _figures(text: str) -> list[Figure]:
    found = list(DIGITS.finditer(text))
    if len(found) != 1:
        return [Figure(match.group(), "", "") for match in found]
    start, end = found[0].span()
    return [Figure(found[0].group().rstrip(".,'²"), normalize(text[:start]), text[end:])]


def _judge(question: Question, figure: Figure, text: str, context: Context) -> Reading:
    value = _value(figure.text, context.language)
    factor = _magnitude(normalize(figure.after), context.language)
    if value is None or factor is None:
        return Refusal(M("reading.number.unclear", text=text[:80]))
    whole = value * factor
    if whole != whole.to_integral_value():
        return Refusal(_fraction(figure.text))
    return _within_bounds(question, int(whole), context, is_plain=text.isdigit())


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
    """What the words after a number multiply it by: 1 for what is counted (`250 people`); None when unclear.

    A word that is not known may be a magnitude of another language, or say that something else was counted.
    """
    known = {**MAGNITUDES, **SHORT_SCALE} if language in ("en", "zh") else MAGNITUDES
    words = after.split()
    for length in (2, 1):
        factor = known.get(" ".join(words[:length])) if words else None
        if factor is not None:
            return factor if _is_counted(" ".join(words[length:])) else None
    if _is_counted(after):
        return 1
    return _of_ideographs(after)


def _is_counted(text: str) -> bool:
    """Whether words say what was counted and nothing else; "of the villagers" is somebody, too."""
    words = text.split()
    while words:
        length = next((n for n in range(min(LONGEST_PHRASE, len(words)), 0, -1) if " ".join(words[:n]) in COUNTED), 0)
        if not length and words[0] not in AROUND:
            return False
        words = words[length or 1 :]
    return True


AROUND = frozenset(("de", "d", "of", "the", "our", "in", "des", "les", "nos", "el", "los", "las", "من", "在"))


def _of_ideographs(after: str) -> int | None:
    """Chinese writes the magnitude and the counted thing without a space: `3万人`."""
    for length in (2, 1):
        if (factor := MAGNITUDES.get(after[:length])) is not None and after[0] > "⺀":
            rest = after[length:].strip()
            return factor if not rest or _is_counted(rest) or _are_counted_ideographs(rest) else None
    return 1 if _are_counted_ideographs(after) else None


def _are_counted_ideographs(text: str) -> bool:
    """Whether a run without spaces is made of what is counted: `多名学生`."""
    bare = text.replace(" ", "")
    if not bare:
        return True
    return any(
        bare.startswith(bare[:n]) and bare[:n] in COUNTED and _are_counted_ideographs(bare[n:]) for n in (4, 3, 2, 1)
    )


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
