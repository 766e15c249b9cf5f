"""Every word the conversation understands, in all languages at once: from the catalogues and CLDR."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from babel import Locale

from dialogs.text.normalize import normalize
from dialogs.text.vocabulary import Vocabulary
from locales.countries import ALIASES, ALPHA3
from locales.rendering import locale_of
from locales.words import Words

__all__ = ["build", "intent_words"]

FAMILIES = (
    *("option.", "action_line.", "goal.", "target.", "region.", "prize_category."),
    *("choice.", "section.", "country."),
)
"""Keys whose texts people may type: names of options, and what stands on buttons."""

SAME_WORDS = {"option.entry_mode.new": "intent.new", "option.entry_mode.update": "intent.update"}
"""Options that people name with the words for a wish: "nouvelle", "обновить"."""

LABEL = re.compile(r"question\.\w+\.label")
"""Names of questions stand on buttons too."""

VALUE = re.compile(r"\([^()]*\{\w+\}[^()]*\)|（[^（）]*\{\w+\}[^（）]*）|[«“\"]?\{\w+\}[»”\"]?")
EXPLAINED = re.compile(r"[\s\u00a0]*(?:\([^()]*\)|（[^（）]*）)$")
"""An explanation in brackets at the end of a name: nobody types it."""

EDGES = " \u00a0\u202f:：,，،.-–—/"

UNITED_NATIONS = ("ar", "en", "es", "fr", "ru", "zh")
"""Names that come from CLDR are understood in these languages whether or not the bot speaks them."""

REGIONAL_MONTHS = ("ar_DZ", "ar_MA", "ar_MR", "ar_SY")
"""Arabic names its months in four ways; CLDR's `ar` has one of them."""


def build(words: Words) -> Vocabulary:
    """The vocabulary of every language `words` offers."""
    return Vocabulary(
        labels=MappingProxyType({**_labels(words), **_countries(words), **_tongues(words)}),
        months=MappingProxyType(_months(_understood(words))),
        intents=MappingProxyType(_intents(words)),
        languages=words.languages,
        speaking=words,
    )


def _understood(words: Words) -> tuple[str, ...]:
    return _unique(*words.languages, *UNITED_NATIONS)


def _labels(words: Words) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for language in words.languages:
        for key, forms in words.catalogue(language).texts.items():
            if key.startswith(FAMILIES) or LABEL.fullmatch(key):
                found[key].update(dict.fromkeys(_typeable(forms)))
        for key, intent in SAME_WORDS.items():
            found[key].update(dict.fromkeys(_listed("".join(words.forms(language, intent)[-1:]))))
    return {key: tuple(labels) for key, labels in found.items() if labels}


def _typeable(forms: Iterable[str]) -> Iterator[str]:
    """A button's text as people type it: `More (2 of 7)` is "More", `Regional (several countries)` also "Regional"."""
    for form in forms:
        label = VALUE.sub(" ", form).strip(EDGES) if "{" in form else form
        if normalize(label):
            yield label
        if normalize(brief := EXPLAINED.sub("", label)):
            yield brief


def _countries(words: Words) -> dict[str, tuple[str, ...]]:
    """Names of countries: ours where we have them, CLDR's in every language, other names, ISO codes."""
    named = [locale_of(language).territories for language in _understood(words)]
    return {
        f"country.{code}": _unique(
            *(form for language in words.languages for form in words.forms(language, f"country.{code}")),
            *(names[code] for names in named if code in names),
            *ALIASES.get(code, ()),
            code,
            alpha3,
        )
        for code, alpha3 in ALPHA3.items()
    }


def _tongues(words: Words) -> dict[str, tuple[str, ...]]:
    """Names of the offered languages, in themselves and in each other."""
    understood = _understood(words)
    named = [locale_of(language).languages for language in understood]
    return {f"language.{code}": _unique(*(names[code] for names in named if code in names)) for code in understood}


def _months(languages: Iterable[str]) -> dict[str, int]:
    """Folded names of months. When two months share a name somewhere, neither is understood by it."""
    found: dict[str, set[int]] = defaultdict(set)
    locales = [*map(locale_of, languages), *map(Locale.parse, REGIONAL_MONTHS)]
    for locale in locales:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    found[normalize(name)].add(number)
    return {name: numbers.pop() for name, numbers in found.items() if name and len(numbers) == 1}


def _intents(words: Words) -> dict[str, str]:
    """Folded words to what they want. Who uses a word first decides; the inspection reports others."""
    found: dict[str, str] = {}
    for language in words.languages:
        for word, intent in intent_words(words, language):
            found.setdefault(word, intent)
    return found


def intent_words(words: Words, language: str) -> Iterator[tuple[str, str]]:
    """The words of one language that want something: (folded word, name of the intent)."""
    for key, forms in words.catalogue(language).texts.items():
        if key.startswith("intent."):
            for word in _listed(forms[-1]):
                if folded := normalize(word):
                    yield folded, key.removeprefix("intent.")


def _listed(text: str) -> Iterator[str]:
    return (word for part in text.split("|") if (word := part.strip()))


def _unique(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
