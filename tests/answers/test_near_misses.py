"""Where guessing begins and ends: how many slips are forgiven, and what keeps a slip from being taken in silence."""

from __future__ import annotations

import pytest

from dialogs.matching.fuzzy import candidates
from dialogs.matching.option import Option
from dialogs.matching.option_names import names_of
from tests.answers.asking import accepted, offered, reading, vocabulary


def options(**labels: str) -> tuple[Option, ...]:
    """Options by code, with labels that are in no catalogue."""
    return tuple(Option(code, label) for code, label in labels.items())


def guessed(typed: str, name: str) -> bool:
    """Whether a name is offered for what was typed."""
    return candidates((typed,), names_of(options(ONE=name), vocabulary())) == ("ONE",)


@pytest.mark.feature("C9", "N2")
@pytest.mark.parametrize(
    ("typed", "name", "is_offered"),
    [
        ("жш", "жщ", False),  # two letters: no slip
        ("жшю", "жщю", True),  # three to five: one
        ("qxvbz", "qjvbz", True),
        ("qxvbz", "qjvwz", False),
        ("qxvbzk", "qjvwzk", True),  # six to eleven: two
        ("qxvbzkqxvbz", "qjvbzwqxvbz", True),
        ("qxvbzkqxvbz", "qjvbzwqxpbz", False),
        ("qxvbzkqxvbzk", "qjvbzwqxpbzk", True),  # twelve and more: three
        ("qxvbzkqxvbzk", "qjvbzwqjpwzk", False),
    ],
)
def test_as_many_slips_are_forgiven_as_a_text_is_long(typed: str, name: str, is_offered: bool) -> None:
    assert guessed(typed, name) is is_offered


@pytest.mark.feature("C9")
@pytest.mark.parametrize(
    ("typed", "name", "is_offered"),
    [
        ("rstu", "vwxrstuyz", False),
        ("rstuv", "vwxrstuvyz", True),
        ("abcrstudef", "rstu", False),
        ("abcrstuvdef", "rstuv", True),
    ],
)
def test_a_part_in_common_counts_from_five_letters(typed: str, name: str, is_offered: bool) -> None:
    assert guessed(typed, name) is is_offered


@pytest.mark.feature("C9", "N2")
def test_a_slip_is_taken_at_once_only_where_no_other_name_is_near() -> None:
    typed, meant = "abcdefghijkx", "abcdefghijkl"
    rival_at_three, stranger_at_four = "abcdefghiwyz", "abcdefghvwyz"
    assert accepted(reading("one", typed, options(ONE=meant, TWO=stranger_at_four))) == "ONE"
    assert set(offered(reading("one", typed, options(ONE=meant, TWO=rival_at_three)))) == {"ONE", "TWO"}


@pytest.mark.feature("C9", "N2")
def test_two_slips_are_asked_about_and_so_is_one_in_a_short_name() -> None:
    assert accepted(reading("one", "abcdefgx", options(ONE="abcdefgh"))) == "ONE"
    assert offered(reading("one", "abcdefx", options(ONE="abcdefg"))) == ("ONE",)
    assert offered(reading("one", "abcdefxy", options(ONE="abcdefgh"))) == ("ONE",)
