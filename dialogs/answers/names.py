"""Every way to name the options of a question: labels in all languages, short forms and codes, folded.

A name is a tuple of folded words (`fold.words_of`), so that `C7-ehea`, `c7 ehea` and `C 7 EHEA` are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dialogs.answers.also import ALSO
from dialogs.answers.fold import words_of
from dialogs.answers.option import Option
from dialogs.vocabulary import Vocabulary

__all__ = ["CONNECTIVES", "Names", "Spelling", "Words", "names_of", "spelling"]

Words = tuple[str, ...]

MOST_WORDS_KEPT = 40
"""Words of a text whose spelling is remembered: longer ones come once."""

CONNECTIVES = frozenset(
    (
        *("and", "or", "y", "o", "u", "et", "ou", "plus"),
        *("и", "или", "و", "او", "和", "与", "與", "及", "或", "跟"),
    )
)
"""Words between two choices; within a name they may be left out or written as a sign (`Trinidad & Tobago`)."""

ALWAYS_ASKED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("congo", "конго", "الكونغو", "刚果"), ("country.CG", "country.CD")),
    **dict.fromkeys(("korea", "corea", "corée", "корея", "كوريا"), ("country.KR", "country.KP")),
}
"""Names that two countries share in daily use; one language's official name for one of them at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """A name in the forms that near misses are measured in; `numbers` are the numbers in it."""

    text: str
    joined: str
    parts: Words
    numbers: Words


def spelling(words: Words) -> Spelling:
    """The spelling of a name, or of what was typed. Those of names and short answers are remembered."""
    return _kept(words) if len(words) <= MOST_WORDS_KEPT else _spelling(words)


@lru_cache(maxsize=16_384)
def _kept(words: Words) -> Spelling:
    return _spelling(words)


def _spelling(words: Words) -> Spelling:
    numbers = tuple(word for word in words if word.isdigit())
    return Spelling(" ".join(words), "".join(words), words, numbers)


@dataclass(frozen=True, slots=True)
class Names:
    """`exact`: name to the codes it may mean. `family`: what is offered (`goal`, `country`, `option` ...).

    `spelt`: names with their code, for finding near misses; `order`: codes as they are offered.
    """

    exact: Mapping[Words, frozenset[str]]
    spelt: tuple[tuple[Spelling, str], ...]
    order: tuple[str, ...]
    family: str

    def meant(self, words: Words) -> frozenset[str]:
        """The codes a name stands for exactly; spaces and an "and" within it are forgiven (`well being`)."""
        for form in (words, _plain(words), (_joined(words),)):
            if form in self.exact:
                return self.exact[form]
        return frozenset()

    def sorted(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes in the order they are offered."""
        chosen = set(codes)
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
    return _names(options, _Same(vocabulary))


@lru_cache(maxsize=128)
def _names(options: tuple[Option, ...], same: _Same) -> Names:
    vocabulary = same.vocabulary
    exact: dict[Words, set[str]] = defaultdict(set)
    spelt: dict[tuple[Spelling, str], None] = {}
    family = _family(options)
    for option in options:
        for form in _code_forms(option, family):
            exact[form].add(option.code)
        for words in _label_forms(option, family, vocabulary):
            exact[words].add(option.code)
            exact[_plain(words)].add(option.code)
            exact[(_joined(words),)].add(option.code)
            if not _is_code_like(words):
                spelt[spelling(words), option.code] = None
    _put_always_asked(exact, options)
    return Names(_frozen(exact), tuple(spelt), tuple(o.code for o in options), family)


def _is_code_like(words: Words) -> bool:
    """Whether a name is so short that a slip in it makes another one: `KEN`, `KE`."""
    return len(words) == 1 and words[0].isascii() and len(words[0]) <= 3


def _frozen(mapping: Mapping[Words, set[str]]) -> dict[Words, frozenset[str]]:
    return {words: frozenset(codes) for words, codes in mapping.items() if words and words != ("",)}


def _plain(words: Words) -> Words:
    """Without "and", whatever its language; nothing changes where no such word stands between others."""
    inner = tuple(word for word in words if word not in CONNECTIVES)
    return inner if len(inner) > 1 else words


def _joined(words: Words) -> str:
    """Written in one word; never for names with digits, where `C1 1` would become `C11`."""
    return "" if any(word.isdigit() for word in words) else "".join(words)


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
        yield from ALSO.get(key, ())
        if key.startswith("option.language."):
            yield from vocabulary.labels.get(key.removeprefix("option."), ())


def _put_always_asked(exact: dict[Words, set[str]], options: tuple[Option, ...]) -> None:
    offered = {key: option.code for option in options for key in option.keys}
    for name, keys in ALWAYS_ASKED.items():
        found = {offered[key] for key in keys if key in offered}
        if found:
            exact[words_of(name)] |= found
