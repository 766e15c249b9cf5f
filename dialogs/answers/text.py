"""One-line texts: tidied, and their length counted as people see it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from dialogs.answers.person_name import name_in
from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.domain.messages import M, Message
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Question
from dialogs.text.unicode_forms import ByCharacter, normalized

__all__ = ["characters", "check_text", "clean", "is_blank", "read_text", "too_long"]

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
"""Overrides and embeddings can turn the text around them on every screen it is shown on (UAX 9)."""

FILLERS = frozenset("\u2800\u3164\u115f\u1160\uffa0")
"""Letters and signs by name that are drawn as nothing."""

BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Composed (NFC), without control characters, bidi overrides or lone surrogates; line breaks as `\\n`."""
    return normalized("NFC", BREAKS.sub("\n", text).translate(KEPT))


def _kept(character: str) -> str:
    """The character, or nothing in place of one that is not wanted."""
    unwanted = character in BIDI_CONTROLS or unicodedata.category(character) in ("Cc", "Cs")
    return "" if unwanted and character not in "\n\t" else character


KEPT = ByCharacter(_kept)


def is_blank(text: str) -> bool:
    """Whether nobody would see anything: apps send empty fields as joiners, fillers and empty Braille cells."""
    return all(c in FILLERS or unicodedata.category(c) in ("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn") for c in text)


def characters(text: str) -> int:
    """How many characters a person sees: accents, skin tones and joined emoji count with their base."""
    if text.isascii():
        return len(text)
    count, joined, flag = 0, False, False
    for character in text:
        if _extends(character):
            joined = character == "\u200d"
            continue
        second_of_flag = flag and _is_flag_letter(character)
        count += not (joined or second_of_flag)
        flag, joined = _is_flag_letter(character) and not second_of_flag, False
    return count


def _extends(character: str) -> bool:
    """Whether a character is drawn onto the one before it (combining marks, joiners, skin tones, tags)."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def read_text(question: Question, text: str, context: Context) -> Reading:
    """A short text on one line; refused when empty or longer than the question allows."""
    value = " ".join(clean(text).split())
    if question.role is QuestionRole.CONTACT_NAME:
        value = name_in(value)
    message = check_text(question, value, context)
    return Accepted(value) if message is None else Refusal(message)


def check_text(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a stored short text: nothing in it but signs, or its length, with the limit."""
    if not isinstance(value, str) or not any(character.isalnum() for character in value):
        return M("reading.text.empty")
    most, digits = question.limits.max_chars, question.limits.min_digits
    if digits is not None and sum(character.isdigit() for character in value) < digits:
        return M("reading.text.no_figure")
    return too_long(value, most) if most is not None else None


def too_long(text: str, most: int) -> Message | None:
    """That a text is longer than this many characters, and by how many; None: it is not."""
    count = characters(text)
    return M("reading.text.too_long", count, max=most, over=count - most) if count > most else None
