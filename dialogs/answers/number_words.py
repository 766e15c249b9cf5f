"""Numbers in words: `five hundred`, `quatre-vingt-dix`, `двести пятьдесят`, `خمسة وعشرون`, `一万二千`.

One language at a time, the person's own first. A row of words that makes no number (`two three`) is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dialogs.knowledge.data_files import facts
from dialogs.text.normalize import normalize

__all__ = ["MAGNITUDES", "SHORT_SCALE", "read_words"]


def _folded(table: Mapping[int, Sequence[str]]) -> dict[str, int]:
    return {normalize(word): int(value) for value, words in table.items() for word in words}


MAGNITUDES: Mapping[str, int] = _folded(facts("numbers")["magnitudes"])
"""What words and letters after a number multiply it by, folded."""

SHORT_SCALE: Mapping[str, int] = _folded(facts("numbers")["short_scale"])
"""A thousand millions in English, a million millions in French and Spanish: read in English and Chinese only."""

WORDS: Mapping[str, Mapping[str, int]] = {
    language: {normalize(word): value for word, value in words.items()}
    for language, words in facts("numbers")["words"].items()
}
JOINING = frozenset(map(normalize, facts("numbers")["joining"]))

ALONE = frozenset(map(normalize, ("сто", "тысяча", "cien", "mil", "cent", "mille", "مئة", "مائة", "ألف")))
"""Magnitudes that are a number by themselves."""

MOST_WORDS = 20
"""Of a number in words; more is prose."""

BESIDE_TENS = (60, 80)
"""French counts on from these to 79 and 99: soixante-quinze, quatre-vingt-dix."""


def read_words(words: Sequence[str], language: str) -> int | None:
    """The value of folded words that are a number in one of the six languages; None when they are none."""
    if not 0 < len(words) <= MOST_WORDS:
        return None
    others = [known for known in WORDS if known != language and len(words) > 1]
    for known in (language, *others):  # one word alone is another one in another language (`once`)
        value = _read(words, known) if known in WORDS else None
        if value is not None:
            return value
    return None


def _read(words: Sequence[str], language: str) -> int | None:
    magnitudes = {**MAGNITUDES, **SHORT_SCALE} if language in ("en", "zh") else MAGNITUDES
    parts = list(_parts(words, WORDS[language], magnitudes))
    if not parts or None in parts or not _has_number(words, language):
        return None
    total = group = 0
    last = 10**15
    for is_magnitude, value in filter(None, parts):
        if is_magnitude and value < 1_000:
            if group >= 1_000 or (group % 100 == 0 and group):
                return None
            group = max(group, 1) * value
        elif is_magnitude:
            if value > last:  # mil millones: a thousand of them
                total, group = (total + group) * value, 0
            else:
                total, group = total + max(group, 1) * value, 0
            last = value
        elif (grown := _grown(group, value, language)) is not None:
            group = grown
        else:
            return None
    return total + group


def _has_number(words: Sequence[str], language: str) -> bool:
    """Whether a word counts; `million` alone says of nothing how many."""
    return any(word in WORDS[language] or word.removeprefix("و") in WORDS[language] or word in ALONE for word in words)


def _grown(group: int, value: int, language: str) -> int | None:
    """A number of up to three digits with another word; None when the two make none (`two three`)."""
    if value >= 1_000:
        return value if group == 0 else None
    if language == "fr" and value == 20 and group % 100 == 4:
        return group + 76
    if language == "zh" and value == 10:
        units = group % 10
        return group + (9 * units or 10) if group % 100 < 10 else None
    if value >= 100:
        return group + value if group == 0 else None
    tens, units = group % 100, group % 10
    if tens == 0 or (value < 10 and units == 0 and (tens >= 20 or language == "zh")):
        return group + value
    if language == "ar" and value >= 20 and tens < 10:
        return group + value
    if language == "ar" and value == 10 and tens < 10:
        return group + value
    if language == "fr" and 10 <= value < 20 and tens in BESIDE_TENS:
        return group + value
    return group + value if language == "fr" and value == 7 and tens == 10 else None


def _parts(
    words: Sequence[str], known: Mapping[str, int], magnitudes: Mapping[str, int]
) -> Iterator[tuple[bool, int] | None]:
    """Each word as (whether it multiplies, its value); None for one that is no number."""
    for at, word in enumerate(words):
        if word in JOINING and 0 < at < len(words) - 1:
            continue
        bare = word[1:] if word.startswith("و") and word not in known and word not in magnitudes else word
        if bare in known and known[bare] != 100:
            yield False, known[bare]
        elif bare in magnitudes and (len(bare) > 1 or bare > "⺀"):
            yield True, magnitudes[bare]
        else:
            yield (True, 100) if known.get(bare) == 100 else None
