"""However long a text is, and whatever it repeats: reading it takes bounded work, and an answer comes back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from dialogs.answers.option import Option
from dialogs.answers.reading import Accepted, Refusal, Uncertain
from tests.answers.asking import (
    COUNTRIES,
    GOALS,
    LINES,
    ORGANISATIONS,
    YES_NO,
    accepted,
    names,
    reading,
    refused,
    targets,
)
from tests.worst import TEXTS, long_text

LISTS: dict[str, tuple[str, tuple[Option, ...]]] = {
    "yes or no": ("yes_no", YES_NO),
    "one of six": ("one", ORGANISATIONS),
    "one line": ("one", LINES),
    "several lines": ("several", LINES),
    "several goals": ("several", GOALS),
    "several targets": ("several", targets(17)),
    "a country": ("country", COUNTRIES),
    "several countries": ("countries", COUNTRIES),
}

MOST_CALLS = 400_000
"""Calls of functions, Python's and C's, in reading one text: a hundredth of a second without the counting."""

SECONDS = 2.0
"""Of this thread's own time: twenty times what the longest takes on a slow machine, a thousandth of what it took."""


def calls_of(act: Callable[[], Any]) -> int:
    """How many functions are called in doing something."""
    count = 0

    def counting(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.feature("S1", "S2")
@pytest.mark.parametrize("which", LISTS)
def test_a_text_is_read_in_bounded_work_at_every_choice(which: str) -> None:
    kind, options = LISTS[which]
    reading(kind, "Kenya", options)  # names are made once
    for name in TEXTS:
        for size in (600, 4_096, 20_000):
            text = long_text(name, size)
            began = time.thread_time()
            outcome = reading(kind, text, options)
            assert time.thread_time() - began < SECONDS, (name, size)
            assert isinstance(outcome, Accepted | Refusal | Uncertain), (name, size)
            assert calls_of(lambda text=text: reading(kind, text, options)) < MOST_CALLS, (name, size)


@pytest.mark.feature("S1", "C9")
def test_prose_where_a_choice_is_asked_is_refused_with_a_few_of_its_words() -> None:
    for kind, options in (("one", ORGANISATIONS), ("countries", COUNTRIES)):
        outcome = reading(kind, long_text("English prose", 4_096), options)
        assert isinstance(outcome, Refusal)
        assert len(str(outcome.message.values["text"])) <= 60


@pytest.mark.feature("C8")
def test_dashes_before_lines_make_no_range() -> None:
    assert accepted(reading("several", "- 4\n- 5", GOALS)) == ["4", "5"]
    assert refused(reading("several", "4 - 6", GOALS)).key == "reading.several.range"


@pytest.mark.feature("C8")
def test_a_list_of_all_that_is_offered_is_read_whole() -> None:
    for options in (LINES, GOALS, COUNTRIES, targets(17)):
        labels = [max(names().get(option.keys[0], (option.code,)), key=len) for option in options]
        listed = "\n".join(f"- {label}" for label in labels)
        outcome = reading("several", listed, options)
        if not isinstance(outcome, Uncertain):  # two countries share a name in one language
            assert accepted(outcome) == [option.code for option in options]
        else:
            assert len(outcome.understood) > len(options) - 4
