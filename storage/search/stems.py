"""The forms of a word under which it is found: as written, its stem in a language, and what spelling habits exchange.

A stem is no word: it is what the forms of a word have in common, so two words with the same stem are taken for one.
English, French, Spanish and Russian have Snowball's stemmers (https://snowballstem.org). Arabic has a light one of
ours, for Snowball's takes the article off الكترونية, but not off الإلكترونية.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from dialogs.text.normalize import normalize
from storage.search.irregular import IRREGULAR

__all__ = ["ALPHABETS", "forms_of", "stemmed_in"]

ALPHABETS: Mapping[str, tuple[str, ...]] = {"latin": ("en", "fr", "es"), "cyrillic": ("ru",), "arabic": ("ar",)}
"""The languages of ours that are written in an alphabet, the most likely first."""

SNOWBALL = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian"}

PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و")
SUFFIXES = ("يات", "ات", "ان", "ون", "ين", "تها", "يه", "ها", "هم", "نا", "ه", "ي", "ا")
"""What stands before and after an Arabic word: the article, prepositions, plurals, possession; folded."""
ARTICLE = "ال"
ARABIC_LEAST = 3
"""Letters that are left of an Arabic word at least."""

BRITISH = (
    (re.compile(r"(?<=\w{4})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=(?:s|ed|ing|al|able|hood)?$)"), "or"),
    (re.compile(r"(?<=\w{3})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=gr)amme(?=s?$)"), "am"),
    (re.compile(r"ll(?=(?:ing|ed|er)$)"), "l"),
    (re.compile(r"(?<=lic|def|off)ence(?=s?$)"), "ense"),
)
"""Where English spells a word in two ways: the form that both are taken for."""


def stemmed_in(word: str, language: str) -> tuple[str, ...]:
    """The languages whose stemmer a word is given: the text's own if it has this alphabet, else the likeliest."""
    languages = ALPHABETS.get(_alphabet(word), ())
    return (language,) if language in languages else languages[:1]


@lru_cache(maxsize=200_000)
def forms_of(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """A word, folded, and its stems in these languages, each once. `word`: in lower case, with its accents.

    A stemmer wants the accents, and people leave them out: the word is stemmed both with and without them.
    """
    plain = normalize(word).replace(" ", "")
    found = (plain, *(form for language in languages for form in _stems(word, plain, language)))
    return tuple(dict.fromkeys(form for form in found if form))


def all_languages(word: str) -> tuple[str, ...]:
    """All languages that a word may be in, by its letters."""
    return ALPHABETS.get(_alphabet(word), ())


def _stems(word: str, plain: str, language: str) -> Iterator[str]:
    if language == "ar":
        bare = _light(plain)
        yield bare
        if bare.startswith(ARTICLE) and len(bare) > len(ARTICLE) + ARABIC_LEAST:
            yield bare.removeprefix(ARTICLE)  # الإلكترونية is taken for الكترونية, which has no article
        for one in (plain, plain.removeprefix(ARTICLE), bare):
            if (singular := IRREGULAR["ar"].get(one)) is not None:
                yield _light(singular)
        return
    regular = IRREGULAR[language].get(plain)
    for each in (word, plain, *((regular,) if regular else ())):
        yield normalize(_stem(language, _american(each) if language == "en" else each))


def _american(word: str) -> str:
    for pattern, instead in BRITISH:
        word = pattern.sub(instead, word)
    return word


def _light(word: str) -> str:
    """An Arabic word without what stands before and after it."""
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= ARABIC_LEAST:
            word = word[len(prefix) :]
            break
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= ARABIC_LEAST:
            return word[: -len(suffix)]
    return word


def _stem(language: str, word: str) -> str:
    stem: str = _stemmer(language)(word)
    return stem


@cache
def _stemmer(language: str) -> Callable[[str], Any]:
    import snowballstemmer  # only where texts are indexed or searched

    stemmer: Callable[[str], Any] = snowballstemmer.stemmer(SNOWBALL[language]).stemWord
    return stemmer


def _alphabet(word: str) -> str:
    first = word[0]
    if first < "\u0250" or "\u1e00" <= first < "\u1f00":
        return "latin" if first.isalpha() else ""
    if "\u0400" <= first < "\u0530":
        return "cyrillic"
    return "arabic" if "\u0600" <= first < "\u0780" else ""
