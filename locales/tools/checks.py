"""What can be wrong with one text, as a table of checks. Each yields what to do about it, in English."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from locales.direction import CONTROLS
from locales.tools import house_style
from locales.tools.text_width import width_of
from locales.words import pieces

__all__ = ["CHECKS", "STAYS", "Fault", "Text", "is_button", "names_in"]


class Fault(StrEnum):
    """Kinds of faults the inspection finds."""

    UNREADABLE = "unreadable"
    HEADER = "header"
    TWICE = "twice"
    MISSING = "missing"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    FUZZY = "fuzzy"
    PLURALS = "plurals"
    PLACEHOLDER = "placeholder"
    SYNTAX = "syntax"
    NUMBER = "number"
    COMMAND = "command"
    MARKUP = "markup"
    BIDI = "bidi"
    INVISIBLE = "invisible"
    SPACES = "spaces"
    PUNCTUATION = "punctuation"
    UNTRANSLATED = "untranslated"
    MIXED_SCRIPT = "mixed script"
    FAMILIAR = "familiar"
    TERM = "not the glossary's term"
    STYLE = "style"
    TOO_WIDE = "too wide"
    TOO_LONG = "too long"
    CLASH = "clash"
    REFUSED = "refused by its reader"
    AGREEMENT = "agrees with one screen only"


@dataclass(frozen=True, slots=True)
class Text:
    """One form of one message in a language, and all its forms in English.

    `counts`: for a plural form, how many counts below 200 it serves; 1 for "one day" in English, several
    for the same in Russian, which also says 21 that way.
    `stays`: it is English on purpose, as English's comment above it says.
    """

    language: str
    key: str
    text: str
    english: tuple[str, ...]
    counts: int = 0
    stays: bool = False

    @property
    def is_english(self) -> bool:
        return self.language == "en"

    @property
    def is_words(self) -> bool:
        """A list of words that people type, which follows no rules of style."""
        return self.key.startswith("intent.")


Check = Callable[[Text], Iterator[str]]

PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]*")
BRACES = re.compile(r"\{([^{}]*)\}")
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[a-z]+|#\d+);|\*\*|__|`|\[[^\]]+\]\(")
COMMANDS = re.compile(r"(?<![\w/])/[a-z]+\b|(?:https?://|\bwww\.)\S+|\b[\w.]+@[\w.]+\w")
IN_EXAMPLE = re.compile(r"[\w.]+(?=@example\.org$)|(?<=example\.org)/.+")
"""Whose address and which page it is, where nobody owns the domain (RFC 2606): words of the language belong there."""

STAYS = "stays in English"
"""In English's comment: no translation is wanted."""

DIGITS = re.compile(r"\d+")
NAMES = re.compile(r"\b(?:WSIS Stocktaking|Stocktaking|Telegram|WhatsApp|Excel|Word|iCalendar)\b")
"""Names that stay as they are in every language."""
INVISIBLE = re.compile("[\u0000-\u0009\u000b-\u001f\u007f\u00ad\u200b\u2028\u2029\u2060\ufeff\ufffd]")
BUTTONS = re.compile(r"(?:choice|option|region)\..+|action_line\..+\.short")
BUTTON_WIDTH = 40
"""Columns of a button that spans a narrow phone, at its common text size."""
VALUE_WIDTH = 8
"""Columns left for a value on a button: channels shorten values, never the words around them."""

PUNCTUATION: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "ar": ((re.compile(r"[\u0600-\u06ff]\s*[?,;]"), "Arabic marks are ؟ ، ؛"),),
    "zh": ((re.compile(r"[\u3400-\u9fff][,;:?!]|[\u3400-\u9fff]\.(?!\w)"), "Chinese marks are ，；：？！。"),),
    "fr": ((re.compile(r"[^\u00a0\u202f\s?!][?!;:](?=\s|$)| [?!;:](?=\s|$)"), "put a no-break space before ; : ? !"),),
    "es": (
        (re.compile(r"^[^¿]*\?"), "a question opens with ¿"),
        (re.compile(r"^[^¡]*!"), "an exclamation opens with ¡"),
    ),
}
"""What does not read as written in the language."""

FAMILIAR = {
    "fr": re.compile(r"\b(?:tu|te|toi|ton|ta|tes)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:tú|tu|tus|contigo|vosotros|vuestr[oa]s?)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:ты|тебя|тебе|тобой|тво[йяёеи]|твою|твоего|твоему|твоих)\b", re.IGNORECASE),
    "zh": re.compile("你"),
}
"""Words of familiar address: an international organization says vous, usted, Вы, 您."""

SCRIPTS = {"ar": "ARABIC", "ru": "CYRILLIC", "zh": "CJK"}
"""Scripts that a translation must have at least a letter of."""


def names_in(text: str) -> frozenset[str]:
    """The names of the placeholders of a text."""
    return frozenset(name for _, name in pieces(text) if name is not None)


def is_button(key: str) -> bool:
    """Whether a message stands on a button."""
    return BUTTONS.fullmatch(key) is not None


def _all_names(text: Text) -> frozenset[str]:
    return frozenset().union(*map(names_in, text.english))


def _syntax(text: Text) -> Iterator[str]:
    rest = BRACES.sub("", text.text)
    if "{" in rest or "}" in rest:
        yield "a brace stands alone: write placeholders as {name}"
    yield from (f"{{{n}}} is no plain name" for n in BRACES.findall(text.text) if not PLAIN_NAME.fullmatch(n))


def _placeholder(text: Text) -> Iterator[str]:
    """`{count}` may be left out only where it can be one number: English has "one day"."""
    wanted, found = _all_names(text), names_in(text.text)
    must = wanted - {"count"} if text.counts <= 1 and len(text.english) > 1 else wanted
    yield from (f"put back {{{name}}}" for name in sorted(must - found))
    yield from (f"take out {{{name}}}: English has no such value" for name in sorted(found - wanted))


def _number(text: Text) -> Iterator[str]:
    """Digits of English must be there. More may be: some languages write digits where English has words."""
    if not text.is_words and len(text.english) == 1:
        lost = Counter(_numbers(text.english[0])) - Counter(_numbers(text.text))
        yield from (f"put back the number {number}" for number in sorted(lost))


def _numbers(text: str) -> list[str]:
    bare = COMMANDS.sub(" ", BRACES.sub(" ", text))
    western = "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in bare)
    return sorted(DIGITS.findall(re.sub(r"(?<=\d)[\s.,\u00a0\u202f٬](?=\d{3}\b)", "", western)))


def _command(text: Text) -> Iterator[str]:
    """Apps make a link of a command only when no letter touches it, in Chinese and Arabic as well."""
    lost = _commands(text.english[-1]) - _commands(text.text)
    yield from (f"put back {name} as it is, between spaces" for name in sorted(lost))


def _commands(text: str) -> set[str]:
    found = (command.rstrip(".,;:!?。，、؟") for command in COMMANDS.findall(text))
    return {IN_EXAMPLE.sub("…", command) for command in found}


def _markup(text: Text) -> Iterator[str]:
    yield from (f"take out {found}: texts carry no mark-up" for found in MARKUP.findall(BRACES.sub("", text.text)))


def _bidi(text: Text) -> Iterator[str]:
    found = CONTROLS.intersection(text.text)
    if found:
        names = ", ".join(sorted(unicodedata.name(control).lower() for control in found))
        yield f"take out {names}: values are isolated when they are shown"


def _invisible(text: Text) -> Iterator[str]:
    found = sorted(set(INVISIBLE.findall(text.text)))
    yield from (f"take out the invisible character U+{ord(character):04X}" for character in found)


def _spaces(text: Text) -> Iterator[str]:
    if text.text != text.text.strip():
        yield "no space at the beginning or end"
    if "  " in text.text:
        yield "two spaces in a row"
    if not text.is_words:
        yield from house_style.spaces_beside_chinese(text.language, text.text)


def _punctuation(text: Text) -> Iterator[str]:
    if not text.is_words:
        sample = COMMANDS.sub("x", text.text)
        rules = PUNCTUATION.get(text.language, ())
        yield from (said for wrong, said in rules if wrong.search(sample))


def _untranslated(text: Text) -> Iterator[str]:
    if text.stays:
        return
    script = SCRIPTS.get(text.language)
    letters = [c for c in NAMES.sub("", COMMANDS.sub("", BRACES.sub("", text.text))) if c.isalpha()]
    if script is None:
        if len(text.text.split()) > 2 and text.text in text.english and any(c.islower() for c in letters):
            yield "this is the English text"
    elif any(c.islower() for c in letters) and not any(script in unicodedata.name(c, "") for c in letters):
        yield f"there is no {script.lower()} letter in it"


def _mixed_script(text: Text) -> Iterator[str]:
    """A Latin letter in a Cyrillic word looks right and reads wrong: aloud, in a search, in a typed answer."""
    for word in re.findall(r"[^\W\d_]+", BRACES.sub(" ", text.text)):
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
        if {"LATIN", "CYRILLIC"} <= scripts or {"LATIN", "GREEK"} <= scripts:
            yield f"«{word}» mixes letters of two scripts"


def _familiar(text: Text) -> Iterator[str]:
    found = None if text.is_words or text.language not in FAMILIAR else FAMILIAR[text.language].search(text.text)
    if found:
        yield f"«{found.group()}» is familiar: use the polite form"


def _term(text: Text) -> Iterator[str]:
    if not text.is_words:
        yield from house_style.terms(text.language, text.text)


def _style(text: Text) -> Iterator[str]:
    if not text.is_words:
        yield from house_style.style_of(text.language, text.text)
        yield from house_style.small_letter(text.key, text.text)


def _too_wide(text: Text) -> Iterator[str]:
    if is_button(text.key):
        columns = width_of(BRACES.sub("x" * VALUE_WIDTH, text.text))
        if columns > BUTTON_WIDTH:
            yield f"{columns} columns on a button, {BUTTON_WIDTH} fit: shorten it"


CHECKS: Mapping[Fault, Check] = {
    Fault.SYNTAX: _syntax,
    Fault.PLACEHOLDER: _placeholder,
    Fault.NUMBER: _number,
    Fault.COMMAND: _command,
    Fault.MARKUP: _markup,
    Fault.BIDI: _bidi,
    Fault.INVISIBLE: _invisible,
    Fault.SPACES: _spaces,
    Fault.PUNCTUATION: _punctuation,
    Fault.UNTRANSLATED: _untranslated,
    Fault.MIXED_SCRIPT: _mixed_script,
    Fault.FAMILIAR: _familiar,
    Fault.TERM: _term,
    Fault.STYLE: _style,
    Fault.TOO_WIDE: _too_wide,
}
"""Checks of one text against English. Those that do not need English hold for English as well."""
