"""Months as people write them: `March 2015`, `03/2015`, `mars 2015`, `٢٠١٥-٠٣`, `2015年3月`, `二〇一五年三月`.

Every way to miss has its own refusal: no year, no month, a short year, a day and month that could be swapped,
a year of another calendar, too early, still to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.domain.messages import Code, M, Message, Month
from dialogs.domain.questionnaire import Question
from dialogs.domain.values.dates import YEAR, last_month
from dialogs.knowledge.data_files import facts
from dialogs.text.chinese_dates import dates_in_digits
from dialogs.text.normalize import normalize, words_of

__all__ = ["check_date", "check_month", "read_date", "read_month"]

FILLERS = frozenset(
    word
    for text in (
        "in of the since from until year month and on st nd rd th st",
        "we it was our project service activity began begun started start launched launch founded about around",
        "en de du des le la el los depuis année mois desde año mes del l d er",
        "nous avons on a été il elle projet activité commencé commence débuté débute lancé lancée démarré vers",
        "empezamos empezó comenzamos comenzó iniciamos inició lanzamos proyecto actividad hacia fue",
        "в с г год года году месяц от мы проект начали начался началась началось запустили работает около примерно",
        "في من سنة عام شهر لعام م بدأنا بدأ بدأت المشروع منذ أطلقنا حوالي",
        "年 月 日 份 号 在 从 自 我 们 于 开 始 启 动 项 目 起",
    )
    for word in words_of(text)
)
"""Words that stand around a month without changing it."""

PARTS_OF_A_YEAR = frozenset(word for text in facts("dates")["parts_of_a_year"] for word in words_of(text)) - FILLERS
"""Words for seasons, quarters, beginnings and ends, each for itself."""

MOST_CHARACTERS, MOST_WORDS = 500, 60
"""Of a text that may be a date, in a sentence of its own; more is not read as one."""


EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Found:
    """What a text holds of a date.

    `guessed`: whether the name of a month was misspelt or cut; `vague`: whether a part of a year is named that is no
    month (`spring`, `Q2`).
    """

    numbers: tuple[str, ...]
    named: tuple[int, ...]
    unknown: tuple[str, ...]
    guessed: bool
    vague: bool


def read_month(question: Question, text: str, context: Context) -> Reading:
    """Understand a month of a year, in any of the six languages and any digits.

    Accepted values are `YYYY-MM`. The note says how a misspelt name, a full date, or a month that was given in two
    messages was understood.
    """
    outcome = _read(question, text, context)
    if isinstance(outcome, Refusal) and context.begun:
        year = next((word for word in words_of(context.begun) if len(word) == 4 and word.isdigit()), context.begun)
        whole = _read(question, f"{year} {text}", context)
        if isinstance(whole, Accepted):
            return Accepted(whole.value, M("reading.month.understood", month=Month.parse(whole.value)))
    return outcome


def _read(question: Question, text: str, context: Context) -> Accepted | Refusal:
    words = words_of(dates_in_digits(text)) if len(text) <= MOST_CHARACTERS else ()
    if not 1 <= len(words) <= MOST_WORDS:
        return Refusal(_not_understood(context))
    found = _find(words, context.vocabulary.months)
    outcome = _month(found, context)
    if isinstance(outcome, Message):
        return Refusal(outcome)
    message = check_month(question, str(outcome), context)
    if message is not None:
        return Refusal(message)
    plain = not (found.guessed or found.vague) and len(found.numbers) + len(found.named) == 2
    return Accepted(str(outcome), None if plain else M("reading.month.understood", month=outcome))


def read_date(question: Question, text: str, context: Context) -> Reading:
    """A month of a year as `read_month` understands it, or the year alone: `2019` is kept as `2019`."""
    words = words_of(dates_in_digits(text)) if len(text) <= MOST_CHARACTERS else ()
    found = _find(words, context.vocabulary.months) if 1 <= len(words) <= MOST_WORDS else None
    year = found.numbers[0] if found is not None and len(found.numbers) == 1 and not found.named else ""
    if found is None or found.unknown or len(year) != 4 or not _is_ours(int(year)):
        return read_month(question, text, context)
    message = check_date(question, str(int(year)), context)
    if message is not None:
        return Refusal(message)
    return Accepted(str(int(year)), M("reading.month.understood", month=Code(year)) if found.vague else None)


def check_date(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a stored date, `YYYY` or `YYYY-MM`: too early, or still to come."""
    if not isinstance(value, str) or not YEAR.fullmatch(value):
        return check_month(question, value, context)
    earliest, latest = context.not_before, context.this_month
    if earliest is not None and last_month(value) < earliest:
        return M("reading.month.too_early", month=Code(value), earliest=earliest)
    if int(value) > latest.year and not context.ahead:
        return M("reading.month.to_come", month=Code(value), latest=latest)
    if int(value) > latest.year + 30:
        return M("reading.month.too_far", month=Code(value))
    return None


def _find(words: tuple[str, ...], months: Mapping[str, int]) -> Found:
    numbers: list[str] = []
    named: list[int] = []
    unknown: list[str] = []
    guessed = vague = False
    names = _names(tuple(months.items()))
    for word in _phrases(words, names):
        if word.isdigit():
            numbers.append(word)
        elif word in names:
            named.append(names[word])
        elif word in PARTS_OF_A_YEAR:
            vague = True
        elif word not in FILLERS:
            close = _misspelt(word, names)
            guessed = guessed or close is not None
            (named.append(close) if close else unknown.append(word))
    return Found(tuple(numbers), tuple(dict.fromkeys(named)), tuple(unknown), guessed, vague)


@lru_cache(maxsize=8)
def _names(months: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """Month names by their words, so that `3月` and `كانون الثاني` are found however they are spaced."""
    return {" ".join(words_of(name)): number for name, number in months if not normalize(name).isdigit()}


def _phrases(words: tuple[str, ...], names: Mapping[str, int]) -> Iterator[str]:
    """The words, with those that make a name together joined: the longest name first."""
    longest = max((name.count(" ") + 1 for name in names), default=1)
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if length == 1 or phrase in names:
                yield phrase
                at += length
                break


def _misspelt(word: str, names: Mapping[str, int]) -> int | None:
    """The one month whose name a word begins, or is a slip away from; three and five letters at least."""
    begun = {number for name, number in names.items() if name.startswith(word)} if len(word) >= 3 else set()
    if len(begun) == 1:
        return begun.pop()
    if len(word) < 5:
        return None
    near = {n for name, n in names.items() if len(name) >= 5 and OSA.distance(word, name, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else None


def _month(found: Found, context: Context) -> Month | Message:
    """The month that numbers and names make together, or what is missing."""
    if found.unknown or len(found.named) > 1 or len(found.numbers) > 3:
        return _not_understood(context)
    years = [number for number in found.numbers if len(number) == 4 and _is_ours(int(number))]
    if len(set(years)) > 1:
        return M("reading.month.two_years", example=_example(context))
    if found.vague and years and not found.named:
        return M("reading.month.no_month", year=Code(years[0]), example=Month(int(years[0]), context.this_month.month))
    if found.vague and not found.named:
        return _not_understood(context)
    if found.named:
        return _with_name(found.named[0], found.numbers, context)
    return BY_COUNT[len(found.numbers)](found.numbers, context)


def _with_name(month: int, numbers: tuple[str, ...], context: Context) -> Month | Message:
    if len(numbers) == 2 and sorted(map(len, numbers))[0] <= 2:  # 15 March 2015
        numbers = tuple(number for number in numbers if len(number) > 2)
    if len(numbers) > 1:
        return _not_understood(context)
    if not numbers:
        return M("reading.month.no_year", example=_example(context, month))
    return _made(numbers[0], month, context)


def _none(numbers: tuple[str, ...], context: Context) -> Month | Message:
    return _not_understood(context)


def _alone(numbers: tuple[str, ...], context: Context) -> Month | Message:
    """A year alone asks for its month; six digits may be a year and a month in one."""
    number = numbers[0]
    if len(number) == 6 and 1 <= int(number[4:]) <= 12 and _is_ours(int(number[:4])):
        return Month(int(number[:4]), int(number[4:]))
    if len(number) != 4:
        return _not_understood(context)
    year = int(number)
    if not _is_ours(year):
        return M("reading.month.calendar", year=Code(number), example=_example(context))
    return M("reading.month.no_month", year=Code(number), example=Month(year, context.this_month.month))


def _pair(numbers: tuple[str, ...], context: Context) -> Month | Message:
    years = [number for number in numbers if len(number) == 4]
    if not years:
        return M("reading.month.short_year", example=_example(context))
    month = numbers[1] if numbers[0] == years[0] else numbers[0]
    if len(month) > 2 or not 1 <= int(month) <= 12:
        return M("reading.month.no_such_month", number=Code(month[:8]), example=_example(context))
    return _made(years[0], int(month), context)


def _triple(numbers: tuple[str, ...], context: Context) -> Month | Message:
    """A full date: the year tells the order, except between day and month."""
    first, second, third = numbers
    if len(first) == 4 and len(second) <= 2 and len(third) <= 2:
        return _pair((first, second), context)
    if len(third) != 4 or len(first) > 2 or len(second) > 2:
        return M("reading.month.short_year", example=_example(context))
    day, month = int(first), int(second)
    if day <= 12 and month <= 12 and day != month and context.language == "en":
        return M("reading.month.day_or_month", date=Code("/".join(numbers)), example=_example(context))
    return _pair((third, first if month > 12 else second), context)


BY_COUNT = {0: _none, 1: _alone, 2: _pair, 3: _triple}


def _made(year: str, month: int, context: Context) -> Month | Message:
    if len(year) != 4:
        return M("reading.month.short_year", example=_example(context, month))
    if not _is_ours(int(year)):
        return M("reading.month.calendar", year=Code(year), example=_example(context, month))
    return Month(int(year), month)


def _is_ours(year: int) -> bool:
    """Years outside are of another calendar (1436 AH, 1394 SH, 2558 BE), or slips."""
    return EARLIEST_YEAR <= year <= LATEST_YEAR


def _example(context: Context, month: int | None = None) -> Month:
    """A month like the one meant, last year, to show how it is written."""
    return Month(context.this_month.year - 1, month or context.this_month.month)


def _not_understood(context: Context) -> Message:
    example = _example(context)
    return M("reading.month.not_understood", example=example, digits=Code(f"{example.month:02d}/{example.year}"))


def check_month(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a stored month `YYYY-MM`: too early, or still to come."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value, re.ASCII):
        return _not_understood(context)
    month, earliest = Month.parse(value), context.not_before
    if earliest is not None and month < earliest:
        return M("reading.month.too_early", month=month, earliest=earliest)
    if context.this_month < month and not context.ahead:
        return M("reading.month.to_come", month=month, latest=context.this_month)
    if month.year > context.this_month.year + 30:
        return M("reading.month.too_far", month=month)
    return None
