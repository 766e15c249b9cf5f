"""Every word the conversation understands, in all languages at once: from the catalogues and CLDR."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

from dialogs.knowledge import country_names
from dialogs.knowledge.countries import MEMBERS
from dialogs.knowledge.languages import SPOKEN
from dialogs.knowledge.other_names import ALSO
from dialogs.text.normalize import normalize
from dialogs.text.vocabulary import Vocabulary
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


NO_POSITION = frozenset({"Europe/Simferopol", "Asia/Jerusalem"})
"""Cities that are offered for no country: their status is not for us to say."""

UNKNOWN = frozenset({"ZZ", "XA", "XB"})
"""CLDR's codes for no territory."""


def build(words: Words) -> Vocabulary:
    """The vocabulary of every language `words` offers."""
    understood = _understood(words)
    named = {**_labels(words), **_countries(words), **_tongues(words)}
    also = {key: _unique(*named.get(key, ()), *names) for key, names in ALSO.items()}
    return Vocabulary(
        labels=MappingProxyType({**named, **also, **_places(understood), **_not_listed(understood)}),
        months=MappingProxyType(_months(understood)),
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
    """Names of countries: ours where we have them, CLDR's in every language, ISO and M49 codes."""
    named = [locale_of(language).territories for language in _understood(words)]
    codes = _other_codes()
    return {
        f"country.{code}": _unique(
            *(form for language in words.languages for form in words.forms(language, f"country.{code}")),
            *(names[code] for names in named if code in names),
            code,
            *codes[code],
        )
        for code in MEMBERS
    }


def _other_codes() -> dict[str, list[str]]:
    """The alpha-3 and the numeric codes (those of M49) of countries, as CLDR maps them to alpha-2."""
    found: dict[str, list[str]] = defaultdict(list)
    for other, codes in get_global("territory_aliases").items():
        if len(other) == 3 and len(codes) == 1:
            found[codes[0]].append(other)
    return found


def _places(languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Capitals and large cities of countries: ours, and those that CLDR names its time zones after."""
    zones: Mapping[str, list[str]] = get_global("territory_zones")
    locales = [locale_of(language) for language in languages]
    return {
        f"place.{code}": _unique(
            *country_names.PLACES.get(code, ()),
            *(_city(locale, zone) for locale in locales for zone in zones.get(code, ()) if zone not in NO_POSITION),
        )
        for code in MEMBERS
    }


def _city(locale: Locale, zone: str) -> str:
    city = locale.time_zones.get(zone, {}).get("city")
    return str(city or zone.rpartition("/")[2].replace("_", " "))


def _not_listed(languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Places that are no Member State: territories, regions and continents, by CLDR's names and ours."""
    named = [locale_of(language).territories for language in languages]
    others = (name for names in named for code, name in names.items() if code not in MEMBERS and code not in UNKNOWN)
    return {"place.not_listed": _unique(*country_names.NOT_LISTED, *others)}


def _tongues(words: Words) -> dict[str, tuple[str, ...]]:
    """Names of the offered languages, in themselves and in each other."""
    understood = _understood(words)
    named = [locale_of(language).languages for language in understood]
    return {
        f"language.{code}": _unique(*(names[code] for names in named if code in names))
        for code in (*understood, *SPOKEN)
    }


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
