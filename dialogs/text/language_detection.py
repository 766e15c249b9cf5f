"""Which language a text is written in: whoever reads French may well answer in English, and readers must know.

The script decides where it can. Between languages in Latin letters, the small words that no text of a language does
without decide; a text too short to have any is in the language its author reads, if that is written so.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

from dialogs.text.normalize import words_of

__all__ = ["UNDETERMINED", "language_of"]

UNDETERMINED = "und"
"""BCP 47's code for a language that is not known."""

SCRIPTS: Mapping[str, str] = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh"}
"""Scripts in which one of the United Nations' languages is written, by the beginning of Unicode's names."""

OTHERS = frozenset("پچژگڈٹںےہھіїєґўљњћђџјқғңұөәһぁあいうえおかきくけこさしすせそたちつてとなにのはをん")
"""Letters of these scripts that Arabic, Russian and Chinese do not have."""

LATIN = ("en", "es", "fr")

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words_of(words))
    for language, words in {
        "en": "the and of to in is are for with that from by this we our has have been their was",
        "es": "el los las y del para con que por una se su nuestra nuestro son han como mas al en",
        "fr": "le les des et du pour avec que qui par une dans sur nous notre est sont aux ont en",
    }.items()
}
"""The commonest words of each, folded; a word may serve two."""

ENOUGH = 2
"""Small words from which a text is taken to be in a language, when no other has as many."""


def language_of(text: str, reader: str) -> str:
    """The language of a text as a BCP 47 code; `reader` is the language its author reads.

    What is in none of the six languages, or could be in several, is `und`.
    """
    script = _script(text)
    own = reader.split("-")[0]
    if script == "LATIN":
        return _latin(text) or (reader if own not in SCRIPTS.values() else UNDETERMINED)
    if script not in SCRIPTS or OTHERS.intersection(text):
        return UNDETERMINED
    return reader if own == SCRIPTS[script] else SCRIPTS[script]


def _script(text: str) -> str:
    """The script most of the letters are in; nothing when there are none."""
    scripts: Counter[str] = Counter()
    for character, times in Counter(text).items():
        if character.isalpha():
            scripts[unicodedata.name(character, "").partition(" ")[0]] += times
    return scripts.most_common(1)[0][0] if scripts else ""


def _latin(text: str) -> str | None:
    typed = words_of(text)
    counts = {language: sum(word in SMALL_WORDS[language] for word in typed) for language in LATIN}
    first, second = sorted(counts.values(), reverse=True)[:2]
    return max(LATIN, key=lambda language: counts[language]) if first >= ENOUGH and first > second else None
