"""Words find their other forms in the six languages: endings, accents, articles, hyphens, ideographs without spaces."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from storage.search.tokens import sought, tokens

LINES = (Path(__file__).parent / "word_pairs.txt").read_text(encoding="utf-8").splitlines()
PAIRS = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if line and not line.startswith("#")]
PROMISED = 0.9
"""Of the pairs, in each language."""


def is_found(query: str, text: str, language: str) -> bool:
    known = set(tokens(text, language))
    return all(any(known.issuperset(way) for way in word.ways) for word in sought(query))


@pytest.mark.feature("G1")
def test_nine_of_ten_pairs_are_found_in_each_of_the_six_languages() -> None:
    asked, missed = Counter(language for language, _, _ in PAIRS), list[tuple[str, ...]]()
    missed = [pair for pair in PAIRS if not is_found(pair[1], pair[2], pair[0])]
    assert len(PAIRS) >= 200
    assert set(asked) == {"ar", "en", "es", "fr", "ru", "zh"}
    wrong = Counter(language for language, _, _ in missed)
    assert all(1 - wrong[language] / asked[language] >= PROMISED for language in asked), missed


@pytest.mark.feature("G1")
def test_words_that_only_look_alike_are_told_apart() -> None:
    for language, query, text in (
        ("en", "universe", "a unit of villages"),
        ("fr", "poisson", "un poison"),
        ("ru", "село", "солнце"),
        ("ar", "علم", "عمل"),
        ("zh", "教师", "教育和师资"),
    ):
        assert not is_found(query, text, language), query


def test_a_text_without_words_has_no_tokens_and_a_search_for_nothing_wants_nothing() -> None:
    assert tokens("…!? — 🙂", "en") == []
    assert sought("  \u200f ") == ()


def test_a_text_of_any_length_has_a_bounded_number_of_tokens() -> None:
    assert len(tokens(" ".join(map(str, range(20_000))), "en")) <= 3_000
    assert max(map(len, tokens("a" * 100_000, "en"))) <= 40
