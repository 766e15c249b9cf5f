"""Every way to name the options of a question: labels in all languages, short forms and codes, folded.

A name is a tuple of folded words (`fold.words_of`), so that `C7-ehea`, `c7 ehea` and `C 7 EHEA` are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dialogs.knowledge import country_names
from dialogs.matching.name_prefixes import Beginnings, bare_of_connectives, joined, plain
from dialogs.matching.option import Option
from dialogs.matching.spellings import Spelling, Spelt, Words, spelling, spelt_by_numbers
from dialogs.matching.state_forms import distinctive, without_article, without_state_form
from dialogs.text.normalize import words_of
from dialogs.text.vocabulary import Vocabulary

__all__ = ["Names", "names_of"]


@dataclass(frozen=True, slots=True)
class Names:
    """`exact`: name to the codes it may mean. `family`: what is offered (`goal`, `country`, `option` ...).

    `spelt`: names by the numbers in them, for finding near misses; `order`: codes as they are offered.
    `beginnings`: what a name may begin with, for finding where names may end (`dialogs.matching.name_spans`).
    `bare`: of countries, names without what their States call themselves, to codes.
    `asked`: names that are never taken at once: of several countries, or of a capital; the likeliest code first.
    `unlisted`: places that are in no list of countries.
    `most_words` and `most_characters`: of a text that may name options. All of them by their longest names, each with
    its number and a word between, and some words around; what is longer is prose.
    """

    exact: Mapping[Words, frozenset[str]]
    spelt: Mapping[Words, Spelt]
    order: tuple[str, ...]
    family: str
    beginnings: Beginnings
    bare: Mapping[Words, frozenset[str]]
    asked: Mapping[Words, tuple[str, ...]]
    unlisted: frozenset[Words]
    most_words: int
    most_characters: int

    def meant(self, words: Words) -> frozenset[str]:
        """The codes a name stands for exactly; spaces and an "and" within it are forgiven (`well being`)."""
        for form in (words, plain(words), (joined(words),)):
            if form in self.exact:
                return self.exact[form]
        return frozenset()

    def formally(self, words: Words) -> str | None:
        """The country whose formal name this is: `Republic of Cuba`, `古巴共和国`. None when two may be meant."""
        if not self.bare:
            return None
        named = without_article(words)
        found = self.exact.get(named, frozenset()) if named != words else frozenset()
        rest = without_state_form(named)
        if not found and rest != words:
            found = self.bare.get(rest, frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def to_be_asked(self, words: Words) -> tuple[str, ...]:
        """The codes that a name may mean which is never taken at once; empty for others."""
        return self.asked.get(words) or self.asked.get(without_article(words), ()) if self.asked else ()

    def distinctive(self, words: Words) -> Words:
        """The words that tell one option from the others."""
        return distinctive(words) or words if self.bare else words

    def telling(self, words: Words) -> Words:
        """What is compared with the names: of countries, without what many States call themselves alike."""
        return without_state_form(without_article(words)) or words if self.bare else words

    def comparable(self, words: Words) -> int:
        """With how many names a text is compared when near misses are looked for; long pieces count several times."""
        known = self.spelt.get(spelling(words).numbers)
        return len(known.codes) * (1 + len(words) // 8) if known is not None else 0

    def sorted(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes in the order they are offered."""
        chosen = set(codes)
        if len(chosen) == 1:
            return tuple(chosen)
        return tuple(code for code in self.order if code in chosen)


class _Same:
    """A vocabulary as a key: two are the same when they are one object (its words need not be compared)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.vocabulary is self.vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)


def names_of(options: tuple[Option, ...], vocabulary: Vocabulary) -> Names:
    """All names of options: those of the vocabulary, and their codes. Kept, since the same lists come again."""
    return _ordered(options, _Same(vocabulary))


@lru_cache(maxsize=128)
def _ordered(options: tuple[Option, ...], same: _Same) -> Names:
    """The same options in another order have the same names: those of all countries are not made for each country."""
    known = _known(tuple(sorted(options, key=lambda option: option.code)), same)
    return replace(known, order=tuple(option.code for option in options))


@lru_cache(maxsize=128)
def _known(options: tuple[Option, ...], same: _Same) -> Names:
    vocabulary = same.vocabulary
    exact: dict[Words, set[str]] = defaultdict(set)
    spelt: dict[tuple[Spelling, str], None] = {}
    family = _family(options)
    for option in options:
        for form in _code_forms(option, family):
            exact[form].add(option.code)
        for words in _label_forms(option, family, vocabulary):
            exact[words].add(option.code)
            exact[plain(words)].add(option.code)
            exact[bare_of_connectives(words)].add(option.code)
            exact[(joined(words),)].add(option.code)
            if not _is_code_like(words):
                spelt[spelling(words), option.code] = None
    asked = _asked(exact, options, vocabulary)
    known = _frozen(exact)
    order = tuple(option.code for option in options)
    bare = _bare(exact) if family == "country" else {}
    unlisted = _unlisted(vocabulary, {*known, *asked}) if family == "country" else frozenset[Words]()
    beginnings = Beginnings.of([*known, *asked, *unlisted])
    return Names(known, spelt_by_numbers(spelt), order, family, beginnings, bare, asked, unlisted, *_most(spelt))


def _bare(exact: Mapping[Words, set[str]]) -> dict[Words, frozenset[str]]:
    bare: dict[Words, set[str]] = defaultdict(set)
    for words, codes in exact.items():
        bare[without_state_form(words)] |= codes
    return _frozen(bare)


WORDS_AROUND, WORDS_BETWEEN, CHARACTERS_A_WORD = 100, 3, 8
"""What is forgiven in a text that names options besides their names."""


def _most(spelt: Iterable[tuple[Spelling, str]]) -> tuple[int, int]:
    """The most words and characters of a text that names every option by its longest name."""
    words: dict[str, int] = defaultdict(int)
    characters: dict[str, int] = defaultdict(int)
    for name, code in spelt:
        words[code] = max(words[code], len(name.parts))
        characters[code] = max(characters[code], len(name.text))
    between = WORDS_AROUND + WORDS_BETWEEN * len(words)
    return sum(words.values()) + between, sum(characters.values()) + CHARACTERS_A_WORD * between


def _is_code_like(words: Words) -> bool:
    """Whether a name is so short that a slip in it makes another one: `KEN`, `KE`."""
    return len(words) == 1 and words[0].isascii() and len(words[0]) <= 3


def _frozen(mapping: Mapping[Words, set[str]]) -> dict[Words, frozenset[str]]:
    return {words: frozenset(codes) for words, codes in mapping.items() if words and words != ("",)}


def _family(options: tuple[Option, ...]) -> str:
    """What the options are (`action_line`, `goal`, `target`, `country`, `option` ...): how their label is keyed."""
    key = next((key for option in options for key in option.keys), "")
    return key.partition(".")[0]


def _code_forms(option: Option, family: str) -> Iterator[Words]:
    """A code as it may be typed: `C7-ehea` also as `ehea`. Those of countries are in the vocabulary."""
    whole = words_of(option.code)
    yield whole
    if family == "action_line" and len(whole) > 2:
        yield whole[2:]


def _label_forms(option: Option, family: str, vocabulary: Vocabulary) -> Iterator[Words]:
    """Labels in all languages, alone and after their number or code: `C7 e-health`, `C7-ehea e-health`."""
    code = words_of(option.code)
    number = NUMBERED.get(family, _no_number)(code)
    for label in _labels(option, vocabulary):
        words = words_of(label)
        if words:
            yield words
            if number:
                yield number + words
                yield code + words


def _no_number(code: Words) -> Words:
    return ()


NUMBERED = {
    "action_line": lambda code: code[:2],
    "goal": lambda code: code,
    "target": lambda code: code,
    "prize_category": lambda code: code,
}
"""Families whose labels are written after their number: what of the code is the number."""


def _labels(option: Option, vocabulary: Vocabulary) -> Iterator[str]:
    for label in (option.label, option.short):
        if isinstance(label, str):
            yield label
    for key in option.keys:
        yield from vocabulary.labels.get(key, ())
        if key.startswith("option.language."):
            yield from vocabulary.labels.get(key.removeprefix("option."), ())


def _asked(
    exact: dict[Words, set[str]], options: tuple[Option, ...], vocabulary: Vocabulary
) -> dict[Words, tuple[str, ...]]:
    """Names that are asked about; those that several countries share are no country's own any more."""
    offered = {key.removeprefix("country."): option.code for option in options for key in option.keys}
    found: dict[Words, tuple[str, ...]] = {}
    for name, codes in country_names.SHARED.items():
        if may_be := tuple(offered[code] for code in codes if code in offered):
            found[words_of(name)] = may_be
            exact.pop(words_of(name), None)
    for place, code in offered.items():
        for name in vocabulary.labels.get(f"place.{place}", ()):
            words = words_of(name)
            if words and words not in exact and code not in found.get(words, ()):
                found[words] = (*found.get(words, ()), code)
    return found


def _unlisted(vocabulary: Vocabulary, known: Collection[Words]) -> frozenset[Words]:
    places = map(words_of, vocabulary.labels.get("place.not_listed", ()))
    return frozenset(words for words in places if words and words not in known)
