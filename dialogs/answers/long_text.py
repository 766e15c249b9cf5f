"""Long texts: their paragraphs kept, their words counted as their script does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from math import ceil
from typing import Any

from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.answers.text import characters, clean
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question
from dialogs.text.normalize import IDEOGRAPH

__all__ = ["check_long_text", "read_long_text", "tidy", "words", "words_missed"]

CHARACTERS_A_WORD: Mapping[str, float] = {"zh": 2.0, "ja": 2.5}
"""Ideographs that make about one word of a text, by language; translators count Chinese so."""

UNSPACED = re.compile(rf"[{IDEOGRAPH}぀-ヿ]")


def tidy(text: str) -> str:
    """The text without control characters, trailing spaces and more than one empty line in a row."""
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def words(text: str, language: str) -> int:
    """How many words a text has: what stands between spaces, and two ideographs as one word.

    A lone dash or bullet is no word. Chinese counts the same whatever language its writer reads the bot in.
    """
    ideographs = len(UNSPACED.findall(text))
    spaced = UNSPACED.sub(" ", text).split()
    per_word = CHARACTERS_A_WORD.get(language, CHARACTERS_A_WORD["zh"])
    return sum(map(_is_word, spaced)) + ceil(ideographs / per_word)


def _is_word(token: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in token)


def read_long_text(question: Question, text: str, context: Context) -> Reading:
    """A text of several lines; refused when it is empty, too short or too long, with the count."""
    value = tidy(text)
    message = check_long_text(question, value, context)
    return Accepted(value) if message is None else Refusal(message)


def check_long_text(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with the length of a stored text: its count, the limit and the difference."""
    count, most = characters(value) if isinstance(value, str) else 0, question.limits.max_chars
    if not count:
        return M("reading.text.empty")
    if most is not None and count > most:
        return M("reading.text.too_long", count, max=most, over=count - most)
    return words_missed(question, value, context)


def words_missed(question: Question, text: str, context: Context) -> Message | None:
    """What is wrong with the number of words, or None."""
    limits, count = question.limits, words(text, context.language)
    if limits.min_words is not None and count < limits.min_words:
        return M("reading.words.too_few", count, min=limits.min_words, missing=limits.min_words - count)
    if limits.max_words is not None and count > limits.max_words:
        return M("reading.words.too_many", count, max=limits.max_words, over=count - limits.max_words)
    return None
